using System.Collections.Immutable;

namespace GraphOrder.Reports;

/// <summary>
/// What a person reads: the verdict first, then what it rests on. Printable ASCII, lines of at most
/// <see cref="TextReportOptions.Width"/> columns that end with a line feed. Thread-safe.
/// </summary>
public static class TextReport
{
    private const int WidthOfModels = 80;

    /// <summary>Writes what planning gave: a plan, or why there is none.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="set">The set that was planned.</param>
    /// <param name="kernels">The kernels that it was planned for.</param>
    /// <param name="result">What planning gave.</param>
    /// <param name="options">What the report is told beside that.</param>
    /// <exception cref="ArgumentException">The plan has steps or sessions that the set does not
    /// have.</exception>
    /// <remarks>O(V + E log E) time; a folded list is short, however many sessions are alike.</remarks>
    public static void WritePlan(
        TextWriter output, SessionSet set, KernelPair kernels, PlanResult result, TextReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(kernels);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(options);
        ReportLines lines = new(output, options.Width);
        DependencyGraph graph = DependencyGraph.Of(set);
        if (result.TryGetPlan(out Plan? plan))
        {
            new PlanText(lines, graph, kernels, plan, options).Write();
        }
        else
        {
            new RefusalText(lines, graph, kernels, result, options).Write();
        }
    }

    /// <summary>Writes that a document holds no plan that could be checked.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="verdict">What checking gave.</param>
    /// <param name="options">What the report is told beside that.</param>
    public static void WriteNoPlan(TextWriter output, VerifyResult verdict, TextReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(options);
        ReportLines lines = new(output, options.Width);
        Diagnostic first = verdict.Diagnostics[0];
        VerdictLine.Refused(lines, [first], VerdictSentence.Of(first), options);
        lines.Blank();
        lines.Labelled(2, "plan", 10, PlainText.Id(options.PlanName ?? "-"));
        lines.Blank();
        lines.Labelled(0, "WAY OUT", ErrorBlocks.TextColumn, DiagnosticSentences.WayOut(first));
        lines.Command(
            "PLAN",
            ErrorBlocks.TextColumn,
            ["graph-order", "plan", ShellWord.Path(options.SetName), .. options.RepeatedWords]);
    }

    /// <summary>Writes what tells models apart.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="differences">One for each ordered pair.</param>
    /// <param name="folder">Where the sets were written; null where they were not.</param>
    public static void WriteModels(
        TextWriter output, ImmutableArray<ModelDifference> differences, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ReportLines lines = new(output, WidthOfModels);
        new ModelsText(lines, differences, folder).Write();
    }

    /// <summary>Writes what checking a plan gave.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="set">The set.</param>
    /// <param name="plan">The plan that was checked, made by anybody.</param>
    /// <param name="verdict">What checking gave.</param>
    /// <param name="options">What the report is told beside that.</param>
    public static void WriteVerify(
        TextWriter output, SessionSet set, Plan plan, VerifyResult verdict, TextReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(options);
        ReportLines lines = new(output, options.Width);
        new VerifyText(lines, DependencyGraph.Of(set), plan, verdict, options).Write();
    }
}
