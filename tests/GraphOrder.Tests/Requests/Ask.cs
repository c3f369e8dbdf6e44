using System.Buffers;
using System.Text;
using System.Text.Json;
using GraphOrder.Tests.Documents;

namespace GraphOrder.Tests.Requests;

/// <summary>Asks an engine, in the words of a client.</summary>
internal static class Ask
{
    public static (RequestStatus Status, string Document) Of(RequestEngine engine, string request)
    {
        (RequestStatus status, byte[] document) = Bytes(engine, Encoding.UTF8.GetBytes(request));
        return (status, Encoding.UTF8.GetString(document));
    }

    public static (RequestStatus Status, byte[] Document) Bytes(
        RequestEngine engine, byte[] request, CancellationToken cancellation = default)
    {
        ArrayBufferWriter<byte> answer = new();
        RequestStatus status = engine.Answer(request, answer, cancellation);
        return (status, answer.WrittenSpan.ToArray());
    }

    public static string Sample(string name) =>
        File.ReadAllText(RepositoryFiles.In("tests", "samples", name));

    public static string Text(SessionSet set)
    {
        using MemoryStream written = new();
        SessionSetWriter.Write(written, set);
        return Encoding.UTF8.GetString(written.ToArray());
    }

    public static string Written(Action<Stream> write)
    {
        using MemoryStream written = new();
        write(written);
        return Encoding.UTF8.GetString(written.ToArray());
    }

    public static string MessageOf(string document)
    {
        using JsonDocument parsed = JsonDocument.Parse(document);
        return parsed.RootElement.GetProperty("message").GetString()!;
    }
}
