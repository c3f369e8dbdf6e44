namespace GraphOrder.Reports;

/// <summary>The report on an update: how far it came, what not to do, and what to do next.</summary>
internal static class StatusText
{
    private const string Green = "\e[32m";
    private const string Red = "\e[31m";
    private const int LabelColumn = 2;
    private const int TextColumn = 11;

    /// <summary>Writes it.</summary>
    /// <param name="lines">Where to.</param>
    /// <param name="status">What is said of the update.</param>
    /// <param name="graph">The set; null where it is not known.</param>
    /// <param name="recovery">What can still be done; null where nothing is asked.</param>
    /// <param name="options">What the report is told beside that.</param>
    public static void Write(
        ReportLines lines,
        StatusReport status,
        DependencyGraph? graph,
        Recovery? recovery,
        RecoveryTextOptions options)
    {
        lines.Verdict(status.Word, options.Colour ? status.IsGood ? Green : Red : null, status.Rest);
        if (!status.Facts.IsEmpty)
        {
            lines.Blank();
        }

        foreach ((string label, string text) in status.Facts)
        {
            lines.Labelled(LabelColumn, label, TextColumn, text);
        }

        foreach (Diagnostic against in status.Against)
        {
            lines.Blank();
            string message = PlainText.Sentence(DiagnosticSentences.Message(against));
            lines.Labelled(LabelColumn, against.Code.Text(), TextColumn, message);
        }

        if (graph is not null && recovery is not null)
        {
            new RecoveryText(lines, graph, recovery, options).WriteBlocks();
        }

        if (!status.Next.IsEmpty)
        {
            lines.Blank();
            string label = "NEXT";
            foreach (System.Collections.Immutable.ImmutableArray<string> words in status.Next)
            {
                lines.Command(label, TextColumn, [.. words]);
                label = "";
            }
        }
    }
}
