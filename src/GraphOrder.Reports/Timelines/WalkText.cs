namespace GraphOrder.Reports;

/// <summary>What a closed walk rests on, in words: the rules, the dangers, and a way out.</summary>
internal static class WalkText
{
    private const int TextColumn = 11;

    /// <summary>Writes the lines under the walk.</summary>
    public static void Write(
        ReportLines lines, DependencyGraph graph, ReportNames names, Diagnostic diagnostic, bool hasRepairs)
    {
        DependencyCycle cycle = diagnostic.Cycle!;
        HashSet<string> told = [];
        foreach (CycleStep step in cycle.Steps)
        {
            string rule = CycleRuleSentences.Of(cycle.Rules, step);
            if (told.Add(rule))
            {
                lines.Labelled(2, told.Count == 1 ? "rule" : "", TextColumn, PlainText.Sentence(rule) + ".");
            }
        }

        string label = "danger";
        foreach (string danger in CycleDangers.Of(graph, cycle, new CycleMovers(graph, names, diagnostic)))
        {
            lines.Labelled(2, label, TextColumn, danger);
            label = "";
        }

        PhaseSet others = cycle.Phases;
        foreach (CycleStep step in cycle.Steps)
        {
            others = others.Without(step.Phase);
        }

        if (!others.IsEmpty)
        {
            lines.Labelled(2, "also", TextColumn, $"{others}: the same dependencies are a cycle there too.");
        }

        string wayOut = PlainText.Sentence(DiagnosticSentences.WayOut(diagnostic));
        if (wayOut.Length > 0 && !hasRepairs)
        {
            lines.Labelled(2, "way out", TextColumn, wayOut);
        }
    }
}
