using System.Buffers.Text;
using System.Diagnostics;
using System.Numerics;
using System.Security.Cryptography;

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

    private const int SmallBytes = 1 << 11;
    private const int LargeBytes = 1 << 14;

    private readonly IncrementalHash? _large;
    private readonly Sha256 _small = new();
    private readonly byte[] _buffer;
    private readonly QuotedTexts _quoted = new();
    private readonly string?[] _lastNames = new string?[DepthMax];
    private int _filled;
    private int _depth;
    private bool _needsComma;

    /// <summary>A writer.</summary>
    /// <param name="isLarge">Whether so much comes that loading the system's library pays.</param>
    public CanonicalJson(bool isLarge = false)
    {
        _large = isLarge && SystemLibrary.IsThere
            ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256)
            : null;
        _buffer = new byte[isLarge ? LargeBytes : SmallBytes];
    }

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
        ref QuotedTexts.QuotedText quoted = ref _quoted.Of(name);
        string? last = _lastNames[_depth];
        if (last is not null && !ReferenceEquals(last, quoted.Last))
        {
            if (string.CompareOrdinal(last, name) >= 0)
            {
                throw new UnreachableException(
                    $"Members come in canonical order; this one does not: {name}");
            }

            quoted.Last = last;
        }

        _lastNames[_depth] = name;
        PutQuoted(quoted.Utf8);
        Write(":"u8);
        _needsComma = false;
    }

    /// <summary>Writes a string that is written again and again.</summary>
    public void Text(string value) => PutQuoted(_quoted.Of(value).Utf8);

    /// <summary>Writes a string given in valid UTF-8.</summary>
    public void Text(ReadOnlySpan<byte> utf8) => Text(utf8, isPlain: !QuotedTexts.NeedsEscape(utf8));

    /// <summary>Writes a string given in valid UTF-8.</summary>
    /// <param name="utf8">The string.</param>
    /// <param name="isPlain">Whether it is known to have nothing to escape.</param>
    public void Text(ReadOnlySpan<byte> utf8, bool isPlain)
    {
        if (!isPlain)
        {
            PutQuoted(QuotedTexts.Quote(utf8));
            return;
        }

        if (utf8.Length > ShortBytes)
        {
            Separate();
            Write("\""u8);
            Write(utf8);
            Write("\""u8);
            _needsComma = true;
            return;
        }

        Span<byte> room = Room(utf8.Length + 3);
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
        int digitCount = Math.Max(1, (67 - BitOperations.LeadingZeroCount(value)) / 4);
        Span<byte> text = stackalloc byte[NumberBytesMax];
        "0x"u8.CopyTo(text);
        for (int i = digitCount + 1; i > 1; i--)
        {
            text[i] = "0123456789abcdef"u8[(int)(value & 0xf)];
            value >>= 4;
        }

        Text(text[..(digitCount + 2)], isPlain: true);
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

    private void Separate()
    {
        if (_needsComma)
        {
            Write(","u8);
        }

        _needsComma = false;
    }

    private void PutQuoted(ReadOnlySpan<byte> quoted)
    {
        Separate();
        Write(quoted);
        _needsComma = true;
    }

    private Span<byte> Room(int length)
    {
        if (_buffer.Length - _filled < length)
        {
            Flush();
        }

        return _buffer.AsSpan(_filled);
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
