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

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[1 << 15];
    private readonly string?[] _lastNames = new string?[DepthMax];
    private int _filled;
    private int _depth;
    private bool _needsComma;

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
        Invariant.Require(
            string.CompareOrdinal(_lastNames[_depth], name) < 0, $"members in canonical order: {name}");
        _lastNames[_depth] = name;
        Text(name);
        Write(":"u8);
        _needsComma = false;
    }

    /// <summary>Writes a string.</summary>
    public void Text(string value) => Text(Encoding.UTF8.GetBytes(value));

    /// <summary>Writes a string given in valid UTF-8.</summary>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        Separate();
        Write("\""u8);
        while (!utf8.IsEmpty)
        {
            int plain = 0;
            while (plain < utf8.Length && utf8[plain] >= 0x20 && utf8[plain] != '"' && utf8[plain] != '\\')
            {
                plain++;
            }

            Write(utf8[..plain]);
            if (plain < utf8.Length)
            {
                Escape(utf8[plain]);
                plain++;
            }

            utf8 = utf8[plain..];
        }

        Write("\""u8);
        _needsComma = true;
    }

    /// <summary>Writes an integer that every reader of JSON takes exactly.</summary>
    public void Number(long value)
    {
        Separate();
        Write(Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)));
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
    public void NumberText(ulong value) => Text($"0x{value:x}");

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
        _hash.GetHashAndReset(digest);
        _needsComma = false;
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

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
        _hash.AppendData(_buffer.AsSpan(0, _filled));
        _filled = 0;
    }
}
