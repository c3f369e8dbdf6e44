namespace GraphOrder;

/// <summary>
/// A number in decimal digits that counts up: of most numbers but the last digit is that of the one before.
/// </summary>
internal ref struct DecimalCounter
{
    private const int DigitsMax = 10;

    private readonly Span<byte> _digits;
    private int _first;

    /// <summary>Begins.</summary>
    /// <param name="first">The first number; not negative.</param>
    /// <param name="room">Where the digits are kept: at least 10 bytes.</param>
    public DecimalCounter(int first, Span<byte> room)
    {
        _digits = room[..DigitsMax];
        _digits.Fill((byte)'0');
        _first = DigitsMax - 1;
        for (int at = DigitsMax - 1; first > 0; at--)
        {
            _digits[at] = (byte)('0' + (first % 10));
            _first = at;
            first /= 10;
        }
    }

    /// <summary>The digits of the number.</summary>
    public readonly ReadOnlySpan<byte> Digits => _digits[_first..];

    /// <summary>Goes to the next number.</summary>
    public void Advance()
    {
        int at = DigitsMax - 1;
        while (_digits[at] == (byte)'9')
        {
            _digits[at--] = (byte)'0';
        }

        _digits[at]++;
        _first = Math.Min(_first, at);
    }
}
