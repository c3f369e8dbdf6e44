namespace GraphOrder.Reports;

/// <summary>
/// One block for each thing that is wrong: the proof of a cycle or the sentence, and one way out.
/// </summary>
internal static class ErrorBlocks
{
    private const int LabelColumn = 2;

    /// <summary>Where ways out and commands begin.</summary>
    public const int TextColumn = 10;

    /// <summary>Whether all cycles among what is wrong are of one kind.</summary>
    public static bool HasOneKindOfCycle(IEnumerable<Diagnostic> errors)
    {
        HashSet<DiagnosticCode> cycles = [];
        foreach (Diagnostic error in errors)
        {
            _ = error.Cycle is not null && cycles.Add(error.Code);
        }

        return cycles.Count == 1;
    }

    /// <summary>Writes the blocks.</summary>
    /// <param name="lines">Where to.</param>
    /// <param name="graph">The set.</param>
    /// <param name="names">Its names.</param>
    /// <param name="errors">What is wrong, or some of it.</param>
    /// <param name="setName">How the user named the set.</param>
    /// <param name="hasRepairs">Whether repairs are told below.</param>
    /// <param name="isAlone">
    /// Whether no other kind of cycle was found; null where <paramref name="errors"/> are all there are.
    /// </param>
    public static void Write(
        ReportLines lines,
        DependencyGraph graph,
        ReportNames names,
        IReadOnlyList<Diagnostic> errors,
        string setName,
        bool hasRepairs = false,
        bool? isAlone = null)
    {
        bool isOnlyKind = isAlone ?? HasOneKindOfCycle(errors);
        for (int i = 0; i < errors.Count; i++)
        {
            Diagnostic error = errors[i];
            lines.Blank();
            if (error.Cycle is not null)
            {
                new CycleText(lines, graph, names, error, setName).Write(isOnlyKind);
                if (!hasRepairs)
                {
                    lines.Blank();
                }
            }
            else if (i > 0 || error.Location.IsKnown)
            {
                // The first line has said it already where there is no place to add.
                bool isKnown = error.Location.IsKnown;
                string place = isKnown ? $" ({PlainText.Whole(setName)}:{error.Location.Line})" : "";
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
