using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>Steps and places of a difference in words.</summary>
internal static class StepWords
{
    /// <summary>What a step moves.</summary>
    public static string Of(StepName step) => step.Kind switch
    {
        StepKind.Session => SessionSet.SessionPrefix + PlainText.Id(step.Name),
        StepKind.Everything => "everything",
        _ => PlainText.Id(step.Name),
    };

    /// <summary>The places of a step in both plans, from 1 up: <c>4 -&gt; 6</c>.</summary>
    public static string Places(MovedStep step) =>
        string.Create(CultureInfo.InvariantCulture, $"{step.First + 1L} -> {step.Second + 1L}");

    /// <summary>
    /// By how much it moved: <c>2 later</c>; in place where as many went past it one way as the other.
    /// </summary>
    public static string By(MovedStep step) => step.By == 0
        ? "in place"
        : string.Create(
            CultureInfo.InvariantCulture, $"{Math.Abs(step.By)} {(step.By > 0 ? "later" : "earlier")}");

    /// <summary>A count without grouping, as everywhere in reports.</summary>
    public static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>The first of some steps, and how many more there are.</summary>
    public static string List(IReadOnlyList<StepName> steps, long count, int shownMax)
    {
        string names = string.Join(", ", steps.Take(shownMax).Select(Of));
        long left = count - Math.Min(steps.Count, shownMax);
        return left > 0 ? $"{names} and {Number(left)} more" : names;
    }
}
