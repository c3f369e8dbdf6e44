namespace GraphOrder.Reports;

/// <summary>One line for each phase: how many steps there are, and how many moved, are new or gone.</summary>
internal static class PhaseTable
{
    private const int StepsColumn = 12;
    private const int MovedColumn = 28;
    private const int TurnedColumn = 40;
    private const int NewColumn = 56;
    private const int GoneColumn = 68;

    public static void Write(ReportLines lines, PlanDifference difference)
    {
        if (difference.Phases.IsEmpty || difference.Phases.All(static phase => phase.IsSame))
        {
            return;
        }

        lines.Blank();
        if (lines.Width < TextReportOptions.WidthUsual)
        {
            WriteNarrow(lines, difference);
            return;
        }

        Line(lines, ["PHASE", "STEPS", "MOVED", "INVERSIONS", "NEW", "GONE"]);
        foreach (PhaseDifference phase in difference.Phases)
        {
            string steps = Steps(phase);
            Line(lines, phase.IsComparable
                ?
                [
                    phase.Phase.Name(),
                    steps,
                    StepWords.Number(phase.MovedCount),
                    StepWords.Number(phase.TurnedPairs),
                    StepWords.Number(phase.OnlySecondCount),
                    StepWords.Number(phase.OnlyFirstCount),
                ]
                : [phase.Phase.Name(), steps, "-", "-", "-", "-"]);
        }
    }

    // A sentence a phase, where six columns have no room.
    private static void WriteNarrow(ReportLines lines, PlanDifference difference)
    {
        foreach (PhaseDifference phase in difference.Phases)
        {
            lines.Labelled(0, phase.Phase.Name(), StepsColumn, phase.IsComparable
                ? $"{Steps(phase)} steps, {StepWords.Number(phase.MovedCount)} moved, "
                    + $"{StepWords.Number(phase.TurnedPairs)} inversions, "
                    + $"{StepWords.Number(phase.OnlySecondCount)} new, "
                    + $"{StepWords.Number(phase.OnlyFirstCount)} gone"
                : $"{Steps(phase)} steps");
        }
    }

    private static string Steps(PhaseDifference phase) =>
        StepWords.Number(phase.FirstCount) + (phase.FirstCount == phase.SecondCount
            ? ""
            : $" -> {StepWords.Number(phase.SecondCount)}");

    private static void Line(ReportLines lines, ReadOnlySpan<string> texts) => lines.Cells(
    [
        new Cell(0, texts[0]),
        new Cell(StepsColumn, texts[1]),
        new Cell(MovedColumn, texts[2]),
        new Cell(TurnedColumn, texts[3]),
        new Cell(NewColumn, texts[4]),
        new Cell(GoneColumn, texts[5]),
    ]);
}
