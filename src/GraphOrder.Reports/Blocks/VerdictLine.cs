namespace GraphOrder.Reports;

/// <summary>
/// The first line: the verdict, and what is known to speak against running the plan. LEGAL stands alone only
/// where nothing is known to.
/// </summary>
internal static class VerdictLine
{
    private const string Green = "\e[32m";
    private const string Yellow = "\e[33m";
    private const string Red = "\e[31m";
    private const int CodesMax = 4;

    /// <summary>The verdict on a legal plan.</summary>
    public static void Legal(
        ReportLines lines,
        KernelPair kernels,
        RefusedFiles refused,
        BindingPhases binding,
        IReadOnlyList<Diagnostic> diagnostics,
        TextReportOptions options)
    {
        string phases = BoundPhaseCount(binding) == 0
            ? "in all six phases, for nothing orders them."
            : "in all six phases.";
        List<string> against = [];
        AddWaived(against, binding);
        AddWarnings(against, diagnostics);
        if (options.IsCheck)
        {
            Check(lines, kernels, refused, phases, against, options);
            return;
        }

        string? colour = !options.Colour ? null : refused.AreNone && against.Count == 0 ? Green : Yellow;
        string line = refused.AreNone ? $" {phases}" : $" {phases} {Refusal(kernels, refused)}.";
        foreach (string sentence in against)
        {
            // One line is read; what no longer fits stands under WARNINGS and WAIVED. But something must be
            // said.
            bool fits = "LEGAL".Length + line.Length + 1 + sentence.Length <= options.Width;
            line += fits || (refused.AreNone && sentence == against[0]) ? " " + sentence : "";
        }

        lines.Verdict("LEGAL", colour, line);
    }

    /// <summary>The verdict where there is no plan, or where the plan is wrong.</summary>
    /// <param name="lines">Where to.</param>
    /// <param name="errors">What is wrong, the first one first.</param>
    /// <param name="sentence">The sentence of the first one.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="hasRest">Whether the others are told below.</param>
    public static void Refused(
        ReportLines lines,
        IReadOnlyList<Diagnostic> errors,
        string sentence,
        TextReportOptions options,
        bool hasRest = true)
    {
        // An order may exist all the same where a kernel is what refuses; the two words are never mixed up.
        string more = errors.Count > 1
            ? $" {Plural.Of(errors.Count - 1, "more problem")}{(hasRest ? " below" : "")}."
            : "";
        lines.Verdict(
            errors[0].Code.IsOfOrder() ? "ILLEGAL" : "REFUSED",
            options.Colour ? Red : null,
            $": {sentence.TrimEnd('.')} ({errors[0].Code.Text()}).{more}");
    }

    /// <summary>The verdict on a plan that keeps every dependency.</summary>
    public static void Verified(
        ReportLines lines,
        BindingPhases binding,
        IReadOnlyList<Diagnostic> diagnostics,
        string source,
        TextReportOptions options)
    {
        List<string> against = [];
        AddWarnings(against, diagnostics);
        string exception = binding.WaivedDependencyCount > 0 ? " that it does not waive" : "";
        AddWaived(against, binding);
        string kept = $"the plan keeps every dependency{source}{exception}, in all six phases.";
        string rest = string.Join(' ', against.Prepend(kept));
        lines.Verdict("LEGAL", options.Colour ? against.Count == 0 ? Green : Yellow : null, ": " + rest);
    }

    /// <summary>The verdict on many hosts.</summary>
    public static void Surveyed(ReportLines lines, Survey survey, TextReportOptions options) => lines.Verdict(
        survey.IsReady ? "READY" : "NOT READY",
        !options.Colour ? null : survey.IsReady ? Green : Red,
        $": {SurveySentences.Verdict(survey)}");

    /// <summary>The verdict on all models side by side; one that exposes a memfd is not safe.</summary>
    public static void Compared(ReportLines lines, Comparison comparison, TextReportOptions options)
    {
        int all = comparison.Models.Length;
        SortedSet<DiagnosticCode> against = [];
        if (comparison.LegalCount == 0)
        {
            against.UnionWith(comparison.Models
                .SelectMany(static row => row.Errors)
                .Select(static error => error.Code));
            string none = $" under all {all} models ({Codes(against, against.Count)}).";
            lines.Verdict("ILLEGAL", options.Colour ? Red : null, none);
            return;
        }

        if (comparison.SafeCount == 0)
        {
            against.UnionWith(comparison.Models.SelectMany(static row => row.Memfds)
                .Where(static window => window.Exposed is not null)
                .SelectMany(static window => window.Guards)
                .Select(static span => ComparisonNames.CodeOf(span.Guard))
                .OfType<DiagnosticCode>());
            int legal = comparison.LegalCount;
            string order = $"{legal} of {all} {(legal == 1 ? "has" : "have")} a legal order";
            string notSafe = $" under any model: {order}, none protects every memfd "
                + $"({Codes(against, against.Count)}).";
            lines.Verdict("NOT SAFE", options.Colour ? Yellow : null, notSafe);
            return;
        }

        ModelComparison[] safe = [.. comparison.Models.Where(static row => row.IsSafe)];
        against.UnionWith(safe.SelectMany(static row => row.Refusals));
        string refused = against.Count == 0 ? "" : " Not every kernel takes every step "
            + $"({Codes(against, against.Count)}).";
        string mapped = safe[0].Memfds.All(static window => window.LastMapper is null)
            ? " No device maps a memfd, as far as the set says."
            : "";
        lines.Verdict(
            "SAFE",
            !options.Colour ? null : against.Count == 0 ? Green : Yellow,
            $" under {safe.Length} of {all} models.{mapped}{refused}");
    }

    private static void AddWarnings(List<string> against, IReadOnlyList<Diagnostic> diagnostics)
    {
        SortedSet<DiagnosticCode> warnings = [];
        foreach (Diagnostic diagnostic in diagnostics)
        {
            // What could not be looked at stands under NOT KNOWN: it is not known to speak against the plan.
            if (diagnostic.Severity == DiagnosticSeverity.Warning
                && !diagnostic.Code.IsKernelRefusal()
                && diagnostic.Code != DiagnosticCode.PageTablesNotWalked)
            {
                warnings.Add(diagnostic.Code);
            }
        }

        if (warnings.Count > 0)
        {
            against.Add($"{Codes(warnings, warnings.Count)} {(warnings.Count == 1 ? "warns" : "warn")}.");
        }
    }

    private static void AddWaived(List<string> against, BindingPhases binding)
    {
        if (binding.WaivedDependencyCount > 0)
        {
            int count = binding.WaivedDependencyCount;
            against.Add($"{Plural.Of(count, "dependency is", "dependencies are")} waived.");
        }
    }

    private static void Check(
        ReportLines lines,
        KernelPair kernels,
        RefusedFiles refused,
        string phases,
        List<string> against,
        TextReportOptions options)
    {
        string kernel = refused.AreNone
            ? $": {KernelNames.Of(kernels, "and")} {Takes(kernels)} "
                + $"{Plural.Of(refused.FileCount, "file")}."
            : $": {Refusal(kernels, refused)}.";
        string rest = string.Join(' ', against.Prepend($"The order is legal {phases}").Prepend(kernel));
        string colour = !refused.AreNone ? Red : against.Count > 0 ? Yellow : Green;
        lines.Verdict(refused.AreNone ? "ACCEPTED" : "NOT ACCEPTED", options.Colour ? colour : null, rest);
    }

    private static string Takes(KernelPair kernels) =>
        kernels.Old.IsHypothetical || kernels.Next.IsHypothetical ? "would take"
        : KernelNames.AreOne(kernels) ? "takes"
        : "take";

    private static string Refusal(KernelPair kernels, RefusedFiles refused)
    {
        string codes = Codes(refused.Codes, refused.Codes.Count);
        string what = refused.Count == 0 ? "the set"
            : refused.FileCount == 1 ? "its only file"
            : refused.Count == refused.FileCount ? $"all {refused.FileCount} files"
            : $"{refused.Count} of the {refused.FileCount} files";
        return $"{KernelNames.Of(kernels, "or")} would refuse {what} ({codes})";
    }

    private static string Codes(IEnumerable<DiagnosticCode> codes, int count)
    {
        string told = string.Join(", ", codes.Take(CodesMax).Select(static code => code.Text()));
        return count > CodesMax ? $"{told} and {count - CodesMax} more" : told;
    }

    private static int BoundPhaseCount(BindingPhases binding)
    {
        int count = 0;
        foreach (Phase phase in Phases.All)
        {
            count += binding.CountIn(phase) > 0 ? 1 : 0;
        }

        return count;
    }
}
