using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>Times for people: in the largest unit that leaves at least one of it.</summary>
internal static class Durations
{
    private static readonly (long Microseconds, string Unit)[] Units =
        [(60_000_000, "min"), (1_000_000, "s"), (1_000, "ms"), (1, "us")];

    /// <summary><c>12 ms</c>; with one decimal below ten where the count is not whole.</summary>
    public static string Of(long microseconds)
    {
        foreach ((long each, string unit) in Units)
        {
            if (microseconds >= each || each == 1)
            {
                double value = (double)microseconds / each;
                string digits = value < 10 ? "0.#" : "0";
                return value.ToString(digits, CultureInfo.InvariantCulture) + " " + unit;
            }
        }

        return "0 us";
    }
}
