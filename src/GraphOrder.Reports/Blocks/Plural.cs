using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>Counts with their nouns.</summary>
internal static class Plural
{
    /// <summary><c>1 file</c>, <c>2 files</c>.</summary>
    public static string Of(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    /// <summary><c>1 file</c>, <c>2 files</c>.</summary>
    public static string Of(long count, string one) => Of(count, one, one + "s");
}
