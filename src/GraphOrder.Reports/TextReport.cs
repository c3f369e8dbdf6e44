namespace GraphOrder.Reports;

/// <summary>
/// What a person reads: the verdict first, then what it rests on. Printable ASCII, lines of at most
/// <see cref="TextReportOptions.Width"/> columns that end with a line feed. Thread-safe.
/// </summary>
public static class TextReport
{
    /// <summary>Writes what planning gave: a plan, or why there is none.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="set">The set that was planned.</param>
    /// <param name="kernels">The kernels that it was planned for.</param>
    /// <param name="result">What planning gave.</param>
    /// <param name="options">What the report is told beside that.</param>
    /// <param name="repairs">The ways out of a refusal; null where nobody looked for any.</param>
    /// <exception cref="ArgumentException">The plan has steps or sessions that the set does not
    /// have.</exception>
    /// <remarks>O(V + E log E) time; a folded list is short, however many sessions are alike.</remarks>
    public static void WritePlan(
        TextWriter output,
        SessionSet set,
        KernelPair kernels,
        PlanResult result,
        TextReportOptions options,
        RepairList? repairs = null)
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
            new RefusalText(lines, graph, kernels, result, repairs ?? RepairList.None, options).Write();
        }
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
