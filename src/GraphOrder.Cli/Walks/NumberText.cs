using System.Globalization;

namespace GraphOrder.Cli;

/// <summary>Addresses, sizes and ranges as people write them, and back.</summary>
internal static class NumberText
{
    private const string Units = "KMGTPE";
    private const int UnitLg2 = 10;

    /// <summary>An address: <c>0x</c> and hexadecimal digits, or decimal.</summary>
    /// <exception cref="ToolException">It is none.</exception>
    public static ulong Address(string option, string text) => TryAddress(text, out ulong address)
        ? address
        : throw ToolException.Usage(
            $"{option} cannot be '{Printable.Of(text)}'. Write an address as 0x1f000, or decimal.");

    /// <summary>A closed range: <c>0x1000-0x1fff</c>.</summary>
    /// <exception cref="ToolException">It is none.</exception>
    public static (ulong First, ulong Last) Range(string option, string text)
    {
        string[] ends = text.Split('-');
        return ends.Length == 2 && TryAddress(ends[0], out ulong first) && TryAddress(ends[1], out ulong last)
            && first <= last
            ? (first, last)
            : throw ToolException.Usage(
                $"{option} cannot be '{Printable.Of(text)}'. Write first and last byte, as 0x1000-0x1fff.");
    }

    /// <summary>Bytes: <c>4096</c>, <c>4K</c>, <c>1T</c>; K is 1024 bytes.</summary>
    /// <exception cref="ToolException">It is none.</exception>
    public static ulong Size(string option, string text)
    {
        int unit = text.Length == 0 ? -1 : Units.IndexOf(text[^1], StringComparison.Ordinal);
        string digits = unit < 0 ? text : text[..^1];
        int shift = (unit + 1) * UnitLg2;
        bool isSize = ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ulong count)
            && count <= ulong.MaxValue >> shift;
        return isSize
            ? count << shift
            : throw ToolException.Usage(
                $"{option} cannot be '{Printable.Of(text)}'. Write bytes, or as 4K, 2M, 1G or 1T.");
    }

    /// <summary>A power of two as people write it: <c>2M</c>.</summary>
    public static string PowerOfTwo(int lg2)
    {
        int unit = lg2 / UnitLg2;
        string count = (1 << (lg2 % UnitLg2)).ToString(CultureInfo.InvariantCulture);
        return unit == 0 ? count : count + Units[unit - 1];
    }

    /// <summary>An address as documents and reports show it.</summary>
    public static string Hex(ulong value) => $"0x{value:x}";

    private static bool TryAddress(string text, out ulong address)
    {
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return ulong.TryParse(
            isHex ? text.AsSpan(2) : text,
            isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture,
            out address);
    }
}
