using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>
/// Byte counts for people: in the largest unit that leaves at least one of it, rounded to whole ones.
/// Thread-safe.
/// </summary>
public static class Bytes
{
    private const int UnitLg2 = 10;

    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary><c>512 MiB</c>; with one decimal below ten where the count is not whole.</summary>
    /// <param name="bytes">The count, not negative.</param>
    public static string Of(long bytes)
    {
        int unit = 0;
        double value = bytes;
        while (value >= 1L << UnitLg2 && unit + 1 < Units.Length)
        {
            value /= 1L << UnitLg2;
            unit++;
        }

        return value.ToString(value < 10 ? "0.#" : "0", CultureInfo.InvariantCulture) + " " + Units[unit];
    }
}
