using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GraphOrder;

/// <content>Numbers, and strings that hold one.</content>
internal ref partial struct DocumentReader
{
    private static readonly SearchValues<byte> HexadecimalBytes = SearchValues.Create(
        "0123456789abcdefABCDEF"u8);

    // Digits of either base of which every number fits.
    private const int PlainDigitsMax = 15;

    private static readonly SearchValues<char> HexadecimalDigits = SearchValues.Create(
        "0123456789abcdefABCDEF");

    /// <summary>Reads an integer of a range.</summary>
    public long? Integer(long min = 0, long max = IntegerMax)
    {
        if (!Expect(JsonTokenType.Number, "an integer"))
        {
            return null;
        }

        ReadOnlySpan<byte> utf8 = _cursor.Text;
        if (utf8.Length <= PlainDigitsMax && utf8.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
            && long.Parse(utf8, NumberStyles.None, CultureInfo.InvariantCulture) is var plain
            && plain >= min && plain <= max)
        {
            return plain;
        }

        string digits = Encoding.UTF8.GetString(utf8);
        if (digits.AsSpan().IndexOfAny('.', 'e', 'E') >= 0)
        {
            WrongValue(digits, "an integer without a fraction or an exponent");
            return null;
        }

        if (long.TryParse(
            digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            && number >= min && number <= max)
        {
            return number;
        }

        Report(
            DiagnosticCode.NumberOutOfRange,
            new DiagnosticFact("member", _member),
            new DiagnosticFact("found", Shorten(digits)),
            new DiagnosticFact("min", min),
            new DiagnosticFact("max", max));
        return null;
    }

    /// <summary>Reads a 64-bit number written as a string: <c>"0x…"</c>, or decimal digits.</summary>
    public ulong? NumberText()
    {
        if (!Expect(JsonTokenType.String, "a string that holds a number, such as \"0x1f\" or \"31\""))
        {
            return null;
        }

        ReadOnlySpan<byte> utf8 = _cursor.Text;
        if (utf8.Length is > 2 and <= 2 + PlainDigitsMax
            && utf8.StartsWith("0x"u8)
            && utf8[2..].IndexOfAnyExcept(HexadecimalBytes) < 0)
        {
            return ulong.Parse(utf8[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        string text = Encoding.UTF8.GetString(utf8);
        bool isHexadecimal = text.StartsWith("0x", StringComparison.Ordinal);
        ReadOnlySpan<char> digits = isHexadecimal ? text.AsSpan(2) : text;
        NumberStyles style = isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        if (ulong.TryParse(digits, style, CultureInfo.InvariantCulture, out ulong number))
        {
            return number;
        }

        bool areDigits = digits.Length > 0 && (isHexadecimal
            ? digits.IndexOfAnyExcept(HexadecimalDigits) < 0
            : digits.IndexOfAnyExceptInRange('0', '9') < 0);
        if (areDigits)
        {
            Report(
                DiagnosticCode.NumberOutOfRange,
                new DiagnosticFact("member", _member),
                new DiagnosticFact("found", Shorten(text)),
                new DiagnosticFact("min", "0x0"),
                new DiagnosticFact("max", "0xffffffffffffffff"));
        }
        else
        {
            WrongValue(text, "\"0x\" and hexadecimal digits, or decimal digits");
        }

        return null;
    }
}
