using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GraphOrder;

/// <summary>
/// Writes canonical JSON (RFC 8785) into a hash: members in the order of their names' UTF-16 code units, no
/// white space, shortest escapes. The caller gives members in that order, which is checked. Not
/// thread-safe.
/// </summary>
internal sealed class CanonicalJson : IDisposable
{
    private const int DepthMax = 16;

    private const int NumberBytesMax = 32;

    // What is shorter is written with its quotes and separators at once.
    private const int ShortBytes = 1 << 10;

    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
    [
        .. "\"\\"u8,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
    ]);

    private readonly IncrementalHash? _large;
    private readonly Sha256 _small = new();
    private readonly byte[] _buffer = new byte[1 << 14];
    private byte[] _encoded = new byte[256];
    private readonly string?[] _lastNames = new string?[DepthMax];
    private int _filled;
    private int _depth;
    private bool _needsComma;

    /// <summary>A writer.</summary>
    /// <param name="isLarge">Whether so much comes that loading the system's library pays.</param>
    public CanonicalJson(bool isLarge = false) =>
        _large = isLarge ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;

    /// <summary>Begins an object.</summary>
    public void BeginObject()
    {
        Separate();
        Write("{"u8);
        _lastNames[++_depth] = null;
        _needsComma = false;
    }

    /// <summary>Ends an object.</summary>
    public void EndObject()
    {
        Write("}"u8);
        _depth--;
        _needsComma = true;
    }

    /// <summary>Begins a list.</summary>
    public void BeginList()
    {
        Separate();
        Write("["u8);
        _lastNames[++_depth] = null;
        _needsComma = false;
    }

    /// <summary>Ends a list.</summary>
    public void EndList()
    {
        Write("]"u8);
        _depth--;
        _needsComma = true;
    }

    /// <summary>Begins a member; its value follows.</summary>
    public void Name(string name)
    {
        if (string.CompareOrdinal(_lastNames[_depth], name) >= 0)
        {
            throw new UnreachableException($"Members come in canonical order; this one does not: {name}");
        }

        _lastNames[_depth] = name;
        Text(name);
        Write(":"u8);
        _needsComma = false;
    }

    /// <summary>Writes a string.</summary>
    public void Text(string value)
    {
        if (_encoded.Length < 3L * value.Length)
        {
            _encoded = new byte[3L * value.Length];
        }

        bool isAscii = Ascii.FromUtf16(value, _encoded, out int length) == OperationStatus.Done;
        Text(_encoded.AsSpan(0, isAscii ? length : Encoding.UTF8.GetBytes(value, _encoded)));
    }

    /// <summary>Writes a string given in valid UTF-8.</summary>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        int escaped = utf8.IndexOfAny(Escaped);
        if (escaped < 0 && utf8.Length <= ShortBytes)
        {
            ShortText(utf8);
            return;
        }

        Separate();
        Write("\""u8);
        for (; escaped >= 0; escaped = utf8.IndexOfAny(Escaped))
        {
            Write(utf8[..escaped]);
            Escape(utf8[escaped]);
            utf8 = utf8[(escaped + 1)..];
        }

        Write(utf8);
        Write("\""u8);
        _needsComma = true;
    }

    private void ShortText(ReadOnlySpan<byte> utf8)
    {
        if (_buffer.Length - _filled < utf8.Length + 3)
        {
            Flush();
        }

        Span<byte> room = _buffer.AsSpan(_filled);
        int at = 0;
        if (_needsComma)
        {
            room[at++] = (byte)',';
        }

        room[at++] = (byte)'"';
        utf8.CopyTo(room[at..]);
        at += utf8.Length;
        room[at++] = (byte)'"';
        _filled += at;
        _needsComma = true;
    }

    /// <summary>Writes an integer that every reader of JSON takes exactly.</summary>
    public void Number(long value)
    {
        Separate();
        Span<byte> digits = stackalloc byte[NumberBytesMax];
        Utf8Formatter.TryFormat(value, digits, out int length);
        Write(digits[..length]);
        _needsComma = true;
    }

    /// <summary>Writes <c>true</c> or <c>false</c>.</summary>
    public void Truth(bool value)
    {
        Separate();
        Write(value ? "true"u8 : "false"u8);
        _needsComma = true;
    }

    /// <summary>
    /// Writes a number that documents hold as a string: lower-case hexadecimal, no leading zeros.
    /// </summary>
    public void NumberText(ulong value)
    {
        Span<byte> text = stackalloc byte[NumberBytesMax];
        "0x"u8.CopyTo(text);
        value.TryFormat(text[2..], out int length, "x", CultureInfo.InvariantCulture);
        Text(text[..(length + 2)]);
    }

    /// <summary>Adds bytes that are no JSON.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        Write(bytes);
        _needsComma = false;
    }

    /// <summary>Ends a value that stands by itself, so that the next one follows without a comma.</summary>
    public void EndValue() => _needsComma = false;

    /// <summary>The hash of all that was written; writing begins anew.</summary>
    public void Finish(Span<byte> digest)
    {
        Flush();
        if (_large is null)
        {
            _small.Finish(digest);
        }
        else
        {
            _large.GetHashAndReset(digest);
        }

        _needsComma = false;
    }

    /// <summary>As <see cref="Finish"/>, as a row of a list.</summary>
    public DigestRow FinishRow()
    {
        Span<byte> digest = stackalloc byte[Digest.ByteCount];
        Finish(digest);
        return new DigestRow(digest);
    }

    /// <inheritdoc/>
    public void Dispose() => _large?.Dispose();

    private void Escape(byte value)
    {
        ReadOnlySpan<byte> shortEscape = value switch
        {
            (byte)'"' => "\\\""u8,
            (byte)'\\' => "\\\\"u8,
            (byte)'\b' => "\\b"u8,
            (byte)'\t' => "\\t"u8,
            (byte)'\n' => "\\n"u8,
            (byte)'\f' => "\\f"u8,
            (byte)'\r' => "\\r"u8,
            _ => default,
        };
        if (shortEscape.IsEmpty)
        {
            Write(Encoding.ASCII.GetBytes($"\\u{value:x4}"));
        }
        else
        {
            Write(shortEscape);
        }
    }

    private void Separate()
    {
        if (_needsComma)
        {
            Write(","u8);
        }

        _needsComma = false;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > _buffer.Length - _filled)
        {
            int part = _buffer.Length - _filled;
            bytes[..part].CopyTo(_buffer.AsSpan(_filled));
            _filled += part;
            bytes = bytes[part..];
            Flush();
        }

        bytes.CopyTo(_buffer.AsSpan(_filled));
        _filled += bytes.Length;
    }

    private void Flush()
    {
        ReadOnlySpan<byte> written = _buffer.AsSpan(0, _filled);
        if (_large is null)
        {
            _small.Append(written);
        }
        else
        {
            _large.AppendData(written);
        }

        _filled = 0;
    }
}
