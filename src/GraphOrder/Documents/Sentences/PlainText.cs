using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GraphOrder;

/// <summary>
/// Takes tokens of JSON from bytes as long as they are of the usual form: strings of printable ASCII without
/// escapes. Whatever else there may be is left to <see cref="JsonCursor"/>, which knows all of JSON and
/// where it is wrong; so each method may say no and be right.
/// </summary>
internal ref struct PlainText
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _tokenBytesMax;
    private int _at;
    private int _line;
    private int _lineStart;

    /// <summary>Begins.</summary>
    /// <param name="bytes">What is there; it may end anywhere.</param>
    /// <param name="place">Where the first byte stands.</param>
    /// <param name="tokenBytesMax">The longest string that is taken.</param>
    public PlainText(ReadOnlySpan<byte> bytes, SourceLocation place, int tokenBytesMax)
    {
        _bytes = bytes;
        _tokenBytesMax = tokenBytesMax;
        _line = place.Line;
        _lineStart = 1 - place.Column;
    }

    /// <summary>How many bytes were taken.</summary>
    public readonly int Position => _at;

    /// <summary>Where the next byte stands.</summary>
    public readonly SourceLocation Location => new(_line, _at - _lineStart + 1);

    /// <summary>Goes past white space, and past a byte that must follow it.</summary>
    public bool TryTake(byte expected)
    {
        if (!TrySkipSpace() || _bytes[_at] != expected)
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>Goes past white space; false where nothing follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TrySkipSpace() => (_at < _bytes.Length && _bytes[_at] > (byte)' ') || TryPassSpace();

    /// <summary>Takes the byte that stands here.</summary>
    public byte Take() => _bytes[_at++];

    /// <summary>Takes a comma where one stands here.</summary>
    public bool TryTakeComma()
    {
        bool isComma = _bytes[_at] == (byte)',';
        _at += isComma ? 1 : 0;
        return isComma;
    }

    /// <summary>Takes a string that begins here, without its quotes.</summary>
    public bool TryString(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (_at >= _bytes.Length || _bytes[_at] != (byte)'"')
        {
            return false;
        }

        int first = _at + 1;
        int length = PlainLength(_bytes[first..]);
        int behind = first + length;
        if (behind >= _bytes.Length || _bytes[behind] != (byte)'"' || length > _tokenBytesMax)
        {
            return false;
        }

        text = _bytes.Slice(first, length);
        _at = behind + 1;
        return true;
    }

    private bool TryPassSpace()
    {
        ReadOnlySpan<byte> bytes = _bytes;
        for (int at = _at; at < bytes.Length; at++)
        {
            switch (bytes[at])
            {
                case (byte)'\n':
                    _line++;
                    _lineStart = at + 1;
                    break;
                case (byte)' ' or (byte)'\t' or (byte)'\r':
                    break;
                default:
                    _at = at;
                    return true;
            }
        }

        return false;
    }

    // How many bytes are neither a quote, nor the sign of an escape, nor a control byte, nor beyond ASCII.
    // Most strings end in the first vector.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PlainLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= Vector256<byte>.Count)
        {
            uint ends = Ends(bytes);
            if (ends != 0)
            {
                return BitOperations.TrailingZeroCount(ends);
            }
        }

        return LongPlainLength(bytes);
    }

    private static int LongPlainLength(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        for (; bytes.Length - at >= Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            uint ends = Ends(bytes[at..]);
            if (ends != 0)
            {
                return at + BitOperations.TrailingZeroCount(ends);
            }
        }

        while (at < bytes.Length && bytes[at] is >= 0x20 and < 0x80 and not (byte)'"' and not (byte)'\\')
        {
            at++;
        }

        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Ends(ReadOnlySpan<byte> bytes)
    {
        Vector256<byte> part = Vector256.Create(bytes);
        return (Vector256.Equals(part, Vector256.Create((byte)'"'))
            | Vector256.Equals(part, Vector256.Create((byte)'\\'))
            | Vector256.LessThan(part.AsSByte(), Vector256.Create((sbyte)0x20)).AsByte())
            .ExtractMostSignificantBits();
    }
}
