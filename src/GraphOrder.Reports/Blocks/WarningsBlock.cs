namespace GraphOrder.Reports;

/// <summary>
/// What speaks against running a plan though an order exists, and what else is worth knowing.
/// </summary>
internal static class WarningsBlock
{
    private const int CodeColumn = 2;
    private const int TextColumn = 10;
    private const int NumbersMax = 12;
    private const int PerCodeMax = 3;

    /// <summary>Writes warnings and notes; nothing where there are none.</summary>
    /// <param name="lines">Where to.</param>
    /// <param name="diagnostics">Everything known; errors are passed over.</param>
    /// <param name="once">Codes whose diagnostics one sentence tells, with step numbers.</param>
    /// <param name="isWhole">Whether all are told, with a way out; else the first few of each code.</param>
    public static void Write(
        ReportLines lines,
        IReadOnlyList<Diagnostic> diagnostics,
        IReadOnlyDictionary<DiagnosticCode, string> once,
        bool isWhole)
    {
        WriteSection(lines, "WARNINGS", DiagnosticSeverity.Warning, diagnostics, once, isWhole);
        WriteSection(lines, "NOTES", DiagnosticSeverity.Info, diagnostics, once, isWhole);
    }

    /// <summary>The sentences that are told once for a code.</summary>
    /// <param name="graph">The set.</param>
    /// <param name="kernels">The kernels.</param>
    /// <param name="refused">What they refuse.</param>
    /// <param name="diagnostics">Everything known.</param>
    /// <param name="run">The steps; null where the report does not show them.</param>
    public static Dictionary<DiagnosticCode, string> ToldOnce(
        DependencyGraph graph,
        KernelPair kernels,
        RefusedFiles refused,
        IReadOnlyList<Diagnostic> diagnostics,
        RunSteps? run)
    {
        Dictionary<DiagnosticCode, string> once = [];
        if (WithoutHandler(graph, kernels, refused, run) is { } withoutHandler)
        {
            once.Add(DiagnosticCode.NoHandler, withoutHandler);
        }

        foreach (Diagnostic diagnostic in diagnostics)
        {
            if (diagnostic.Code == DiagnosticCode.OnlySeals && run is not null)
            {
                once.TryAdd(diagnostic.Code, OnlySeals.Sentence(graph, run, diagnostic));
            }
        }

        return once;
    }

    // The sentence on kinds without a handler; null where the kernels handle all or differ in it.
    private static string? WithoutHandler(
        DependencyGraph graph, KernelPair kernels, RefusedFiles refused, RunSteps? run)
    {
        List<string> told = [];
        if (refused.OldKindsWithoutHandler.Count > 0)
        {
            told.Add(NotPreserved(graph, kernels.Old, refused.OldKindsWithoutHandler, run));
        }

        if (refused.NextKindsWithoutHandler.Count > 0)
        {
            told.Add($"{kernels.Next.Release} does not know the {NamesOf(refused.NextKindsWithoutHandler)} "
                + "that is handed over to it: every open of a session returns EIO.");
        }

        return told.Count == 0 ? null : string.Join(' ', told);
    }

    private static string NotPreserved(
        DependencyGraph graph, KernelProfile kernel, HashSet<ObjectKind> kinds, RunSteps? run)
    {
        List<int> steps = [];
        int count = 0;
        for (int i = 0; i < graph.ObjectCount; i++)
        {
            ObjectId file = new(i);
            if (graph[file].IsFile && kinds.Contains(graph[file].Kind))
            {
                count++;
                steps.Add(run?.Of(Phase.Preserve, file) ?? 0);
            }
        }

        steps.Sort();
        string verb = count == 1 ? "returns" : "return";
        string what = run is null
            ? $"preserving {Plural.Of(count, "file")} returns ENOENT"
            : $"{NumberRuns.Of([.. steps], ", ", NumbersMax)} {verb} ENOENT";
        return $"{kernel.Release} has no handler for {NamesOf(kinds)}: {what}.";
    }

    private static string NamesOf(IEnumerable<ObjectKind> kinds) =>
        string.Join(", ", kinds.Select(static kind => PlainText.Id(kind.Name)));

    // What is not known and what is waived have blocks of their own.
    private static bool IsToldElsewhere(Diagnostic diagnostic) =>
        diagnostic.Code is DiagnosticCode.Waived or DiagnosticCode.PageTablesNotWalked;

    private static void WriteSection(
        ReportLines lines,
        string title,
        DiagnosticSeverity severity,
        IReadOnlyList<Diagnostic> diagnostics,
        IReadOnlyDictionary<DiagnosticCode, string> once,
        bool isWhole)
    {
        Dictionary<DiagnosticCode, int> counts = [];
        for (int i = 0; i < diagnostics.Count; i++)
        {
            Diagnostic diagnostic = diagnostics[i];
            if (diagnostic.Severity != severity || IsToldElsewhere(diagnostic))
            {
                continue;
            }

            if (counts.Count == 0)
            {
                lines.Blank();
                lines.Wrapped(0, title);
            }

            int count = counts.GetValueOrDefault(diagnostic.Code) + 1;
            counts[diagnostic.Code] = count;
            bool isMerged = once.TryGetValue(diagnostic.Code, out string? sentence);
            if (isMerged ? count == 1 : isWhole || count <= PerCodeMax)
            {
                string told = sentence ?? DiagnosticSentences.Sentence(diagnostic);
                string wayOut = isWhole ? DiagnosticSentences.WayOut(diagnostic) : "";
                string sentences = $"{told} {wayOut}".TrimEnd();
                lines.Labelled(CodeColumn, diagnostic.Code.Text(), TextColumn, PlainText.Sentence(sentences));
            }

            bool isLast = i + 1 == diagnostics.Count || diagnostics[i + 1].Code != diagnostic.Code;
            if (isLast && !isMerged && !isWhole && count > PerCodeMax)
            {
                lines.Wrapped(TextColumn, $"and {count - PerCodeMax} more; \"graph-order check\" lists them");
            }
        }
    }
}
