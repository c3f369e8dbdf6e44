using System.Collections.Immutable;

namespace GraphOrder.Reports;

/// <summary>The steps that moved, phase by phase, and those that only one plan has.</summary>
internal static class MovedBlock
{
    private const int StepsShownMax = 10;
    private const int NamesShownMax = 6;
    private const int NarrowColumn = 4;
    private const int PlaceColumn = 34;
    private const int ByColumn = 48;
    private const int TurnedColumn = 62;
    private const int CauseColumn = 74;

    public static void Write(ReportLines lines, PlanDifference difference)
    {
        foreach (PhaseDifference phase in difference.Phases)
        {
            if (phase.MovedCount > 0)
            {
                WriteMoved(lines, phase, difference.Causes);
            }
        }

        WriteOnly(lines, "NEW", difference.Phases, static phase => (phase.OnlySecond, phase.OnlySecondCount));
        WriteOnly(lines, "GONE", difference.Phases, static phase => (phase.OnlyFirst, phase.OnlyFirstCount));
    }

    private static void WriteMoved(
        ReportLines lines, PhaseDifference phase, ImmutableArray<OrderCause> causes)
    {
        string title = $"MOVED in {phase.Phase.Name()}";
        lines.Blank();
        MovedStep[] told = [.. phase.Moved.Where(static step => step.Cause >= 0)];
        if (told.Length > 0 && told.All(step => causes[step.Cause].Kind == OrderCauseKind.Preserve))
        {
            string some = told.Length == phase.MovedCount
                ? ""
                : $", of which {StepWords.Number(told.Length)} were looked at";
            int column = IsNarrow(lines) ? NarrowColumn : PlaceColumn;
            lines.Labelled(0, title, column, $"{Plural.Of(phase.MovedCount, "step")}{some}, as preserve "
                + $"has it: cause {StepWords.Number(told[0].Cause + 1L)}");
            return;
        }

        if (IsNarrow(lines))
        {
            lines.Wrapped(0, title);
        }
        else
        {
            WriteHead(lines, title, phase);
        }

        foreach (MovedStep step in phase.Moved.Take(StepsShownMax))
        {
            WriteStep(lines, step);
        }

        if (phase.MovedCount > StepsShownMax)
        {
            lines.Wrapped(2, $"... {StepWords.Number(phase.MovedCount - StepsShownMax)} more; --format json "
                + $"has {StepWords.Number(phase.Moved.Length)} ...");
        }
    }

    private static bool IsNarrow(ReportLines lines) => lines.Width < TextReportOptions.WidthUsual;

    private static void WriteHead(ReportLines lines, string title, PhaseDifference phase) => lines.Cells(
        [
            new Cell(0, title),
            new Cell(PlaceColumn, "PLACE"),
            new Cell(ByColumn, "BY"),
            new Cell(TurnedColumn, "INVERSIONS"),
            new Cell(CauseColumn, phase.Moved.Any(static step => step.Cause >= 0) ? "CAUSE" : ""),
        ]);

    // A sentence a step, where its columns have no room.
    private static void WriteStep(ReportLines lines, MovedStep step)
    {
        string turned = StepWords.Number(step.TurnedCount);
        string cause = step.Cause < 0 ? "" : StepWords.Number(step.Cause + 1L);
        if (IsNarrow(lines))
        {
            lines.Wrapped(2, $"{StepWords.Of(step.Step)}: {StepWords.Places(step)}, {StepWords.By(step)}, "
                + $"{turned} inversions{(cause.Length == 0 ? "" : $", cause {cause}")}");
            return;
        }

        lines.Cells(
        [
            new Cell(2, StepWords.Of(step.Step)),
            new Cell(PlaceColumn, StepWords.Places(step)),
            new Cell(ByColumn, StepWords.By(step)),
            new Cell(TurnedColumn, turned),
            new Cell(CauseColumn, cause),
        ]);
    }

    // Most phases lose and gain the same.
    private static void WriteOnly(
        ReportLines lines,
        string title,
        ImmutableArray<PhaseDifference> phases,
        Func<PhaseDifference, (ImmutableArray<StepName> Steps, int Count)> only)
    {
        PhaseDifference[] some = [.. phases.Where(phase => only(phase).Count > 0)];
        if (some.Length == 0)
        {
            return;
        }

        lines.Blank();
        IEnumerable<IGrouping<string, PhaseDifference>> groups = some.GroupBy(phase => string.Join(
            '\n',
            only(phase).Steps
                .Select(static step => $"{step.Kind} {step.Name}")
                .Order(StringComparer.Ordinal)));
        string label = title;
        foreach (IGrouping<string, PhaseDifference> group in groups)
        {
            (ImmutableArray<StepName> steps, int count) = only(group.First());
            string names = group.Count() == Phases.Count
                ? "all six phases"
                : string.Join(", ", group.Select(static phase => phase.Phase.Name()));
            lines.Labelled(0, label, 6, $"in {names}: {StepWords.List(steps, count, NamesShownMax)}");
            label = "";
        }
    }
}
