using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace GraphOrder.Extensions;

/// <summary>Writes lines of answers: <c>{"id":…,"status":…,"answer":{…}}</c>. Thread-safe.</summary>
internal static class AnswerLine
{
    /// <summary>What asks to be told of changes.</summary>
    public const string Watch = "watch";

    private static readonly byte[] AskVersion = "{\"request\":\"watch\"}"u8.ToArray();

    /// <summary>Asks the engine, and writes its answer as one line.</summary>
    public static RequestStatus Write(
        DocumentLine line,
        RequestEngine engine,
        ReadOnlyMemory<byte> request,
        out RequestEcho echo,
        CancellationToken cancellation)
    {
        using DocumentLine document = new();
        RequestStatus status = engine.Answer(request, document, out echo, cancellation);
        Write(line, echo.Id.Span, status, 0, document.Written.Span);
        return status;
    }

    /// <summary>Writes what prevented that a request was read at all.</summary>
    public static void WriteError(DocumentLine line, RequestStatus status, string message)
    {
        using MemoryStream document = new();
        ErrorWriter.Write(document, (int)status, message);
        Write(line, default, status, 0, document.GetBuffer().AsSpan(0, (int)document.Length));
    }

    /// <summary>Writes a change for one who watches.</summary>
    public static void WriteChange(DocumentLine line, ReadOnlySpan<byte> id, ReadOnlySpan<byte> change) =>
        Write(line, id, RequestStatus.Done, 0, change);

    /// <summary>Says how many changes a watcher lost, and which version is the present one.</summary>
    public static void WriteLost(DocumentLine line, ReadOnlySpan<byte> id, long lost, RequestEngine engine)
    {
        using DocumentLine document = new();
        engine.Answer(AskVersion, document, CancellationToken.None);
        Write(line, id, RequestStatus.Done, lost, document.Written.Span);
    }

    /// <summary>The version that an answer tells.</summary>
    public static long VersionOf(ReadOnlySpan<byte> line)
    {
        Utf8JsonReader reader = new(line);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("version"u8))
            {
                reader.Read();
                return reader.GetInt64();
            }
        }

        return 0;
    }

    private static void Write(
        DocumentLine line,
        ReadOnlySpan<byte> id,
        RequestStatus status,
        long lost,
        ReadOnlySpan<byte> document)
    {
        line.Write("{\"id\":"u8);
        line.Write(id.IsEmpty ? "null"u8 : id);
        line.Write(",\"status\":"u8);
        WriteNumber(line, (int)status);
        if (lost > 0)
        {
            line.Write(",\"lost\":"u8);
            WriteNumber(line, lost);
        }

        line.Write(",\"answer\":"u8);
        line.WriteJoined(document);
        line.Write("}\n"u8);
    }

    private static void WriteNumber(DocumentLine line, long number)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(number, digits, out int length);
        line.Write(digits[..length]);
    }
}
