using System.Collections.Immutable;

namespace GraphOrder.Reports;

/// <summary>The orders of sessions that changed.</summary>
internal static class SessionBlock
{
    private const int TextColumn = 12;
    private const int NamesShownMax = 6;

    public static void Write(ReportLines lines, ImmutableArray<SessionOrderDifference> orders)
    {
        if (orders.All(static order => order.IsSame))
        {
            return;
        }

        lines.Blank();
        lines.Wrapped(0, "SESSIONS");
        foreach (SessionOrderDifference order in orders)
        {
            if (!order.IsSame)
            {
                lines.Labelled(2, PlainText.Id(order.Name), TextColumn, Describe(order));
            }
        }
    }

    private static string Describe(SessionOrderDifference order)
    {
        if (order.IsInFirst != order.IsInSecond)
        {
            return $"only the {(order.IsInFirst ? "first" : "second")} has this order";
        }

        List<string> parts = [];
        if (order.MovedCount > 0)
        {
            string moved = string.Join(", ", order.Moved.Take(NamesShownMax).Select(static step =>
                $"{PlainText.Id(step.Step.Name)} {StepWords.Places(step)}"));
            int left = order.MovedCount - Math.Min(order.Moved.Length, NamesShownMax);
            moved += left > 0 ? $" and {StepWords.Number(left)} more" : "";
            parts.Add($"{StepWords.Number(order.MovedCount)} of {StepWords.Number(order.CommonCount)} moved, "
                + $"{Plural.Of(order.TurnedPairs, "inversion")}: {moved}");
        }

        Add(parts, "new", order.OnlySecond, order.OnlySecondCount);
        Add(parts, "gone", order.OnlyFirst, order.OnlyFirstCount);
        return string.Join("; ", parts);
    }

    private static void Add(List<string> parts, string word, ImmutableArray<StepName> sessions, int count)
    {
        if (count > 0)
        {
            StepName[] names = [.. sessions.Select(static one => one with { Kind = StepKind.Object })];
            parts.Add($"{word}: {StepWords.List(names, count, NamesShownMax)}");
        }
    }
}
