using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>Counts with their nouns. Thread-safe.</summary>
public static class Plural
{
    /// <summary><c>1 file</c>, <c>2 files</c>.</summary>
    /// <param name="count">The count.</param>
    /// <param name="one">The noun for one.</param>
    /// <param name="many">The noun for other counts.</param>
    public static string Of(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    /// <summary><c>1 file</c>, <c>2 files</c>.</summary>
    /// <param name="count">The count.</param>
    /// <param name="one">The noun for one; others get an s.</param>
    public static string Of(long count, string one) => Of(count, one, one + "s");
}
