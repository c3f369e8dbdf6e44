namespace GraphOrder.Reports;

/// <summary>
/// One block for each thing that is wrong: the proof of a cycle or the sentence, and one way out.
/// </summary>
internal static class ErrorBlocks
{
    private const int LabelColumn = 2;

    /// <summary>Where ways out and commands begin.</summary>
    public const int TextColumn = 10;

    /// <summary>Writes the blocks.</summary>
    public static void Write(
        ReportLines lines,
        DependencyGraph graph,
        ReportNames names,
        IReadOnlyList<Diagnostic> errors,
        string setName,
        bool hasRepairs = false)
    {
        HashSet<DiagnosticCode> cycles = [];
        foreach (Diagnostic error in errors)
        {
            _ = error.Cycle is not null && cycles.Add(error.Code);
        }

        for (int i = 0; i < errors.Count; i++)
        {
            Diagnostic error = errors[i];
            lines.Blank();
            if (error.Cycle is not null)
            {
                new CycleText(lines, graph, names, error, setName).Write(isAlone: cycles.Count == 1);
                if (!hasRepairs)
                {
                    lines.Blank();
                }
            }
            else if (i > 0 || error.Location.IsKnown)
            {
                // The first line has said it already where there is no place to add.
                bool isKnown = error.Location.IsKnown;
                string place = isKnown ? $" ({PlainText.Id(setName)}:{error.Location.Line})" : "";
                string sentence = PlainText.Sentence(DiagnosticSentences.Sentence(error));
                string code = error.Code.Text();
                lines.Labelled(0, code, code.Length + 2, sentence + place);
            }

            if (error.Fact("rule") is { Length: > 0 } rule)
            {
                string told = PlainText.Sentence($"{error.Fact("kernel")} follows the {rule}");
                lines.Labelled(LabelColumn, "rule", TextColumn, told + ".");
            }

            // Repairs say better how to get out of a cycle.
            string wayOut = PlainText.Sentence(DiagnosticSentences.WayOut(error));
            if (wayOut.Length > 0 && !(hasRepairs && error.Cycle is not null))
            {
                lines.Labelled(0, "WAY OUT", TextColumn, wayOut);
            }
        }
    }

    /// <summary>Writes the command that explains each code, once.</summary>
    public static void Explain(ReportLines lines, IReadOnlyList<Diagnostic> errors)
    {
        HashSet<DiagnosticCode> told = [];
        foreach (Diagnostic error in errors)
        {
            if (told.Add(error.Code))
            {
                string label = told.Count == 1 ? "EXPLAIN" : "";
                lines.Command(label, TextColumn, ["graph-order", "explain", error.Code.Text()]);
            }
        }
    }
}
