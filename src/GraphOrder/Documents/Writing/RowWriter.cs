using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GraphOrder;

/// <summary>
/// Writes a document with a layout that people can read and tools can compare: one entry of a list a line.
/// Each entry goes through <see cref="Utf8JsonWriter"/>; what stands between them is written as it is. Not
/// thread-safe.
/// </summary>
internal sealed class RowWriter : IDisposable
{
    // Fresh memory is what a small answer waits for, calls what a large one does.
    private const int FirstBytes = 1 << 12;
    private const int FlushBytes = 1 << 13;

    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = false,
    };

    private readonly Stream _stream;
    private readonly ArrayBufferWriter<byte> _buffer = new(FirstBytes);
    private bool _needsComma;

    public RowWriter(Stream stream)
    {
        _stream = stream;
        Json = new Utf8JsonWriter(_buffer, Options);
    }

    /// <summary>Writes the entry that was begun.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>Writes what is no JSON value of its own: braces, names, line ends.</summary>
    public void Layout(ReadOnlySpan<byte> utf8)
    {
        _buffer.Write(utf8);
        _needsComma = false;
    }

    /// <summary>Begins an entry on a line of its own.</summary>
    public void BeginEntry(ReadOnlySpan<byte> indent)
    {
        _buffer.Write(_needsComma ? ",\n"u8 : "\n"u8);
        _buffer.Write(indent);
    }

    /// <summary>Begins a value on this line.</summary>
    public void BeginInline()
    {
        if (_needsComma)
        {
            _buffer.Write(", "u8);
        }
    }

    /// <summary>Says that what comes next on its own line follows an entry.</summary>
    public void NeedComma() => _needsComma = true;

    /// <summary>Ends the entry or value.</summary>
    public void End()
    {
        Json.Flush();
        Json.Reset();
        _needsComma = true;
        if (_buffer.WrittenCount >= FlushBytes)
        {
            Flush();
        }
    }

    /// <summary>Writes bytes of JSON that somebody else has made; many go to the stream at once.</summary>
    public void Put(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length < FlushBytes)
        {
            _buffer.Write(utf8);
            return;
        }

        Flush();
        _stream.Write(utf8);
    }

    /// <summary>Hands everything to the stream.</summary>
    public void Flush()
    {
        _stream.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }

    /// <inheritdoc/>
    public void Dispose() => Json.Dispose();
}
