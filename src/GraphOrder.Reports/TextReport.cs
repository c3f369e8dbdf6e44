using System.Collections.Immutable;

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
    /// <param name="schedule">When the steps run; null where nobody asked.</param>
    /// <exception cref="ArgumentException">The plan has steps or sessions that the set does not
    /// have.</exception>
    /// <remarks>O(V + E log E) time; a folded list is short, however many sessions are alike.</remarks>
    public static void WritePlan(
        TextWriter output,
        SessionSet set,
        KernelPair kernels,
        PlanResult result,
        TextReportOptions options,
        RepairList? repairs = null,
        Schedule? schedule = null)
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
            new PlanText(lines, graph, kernels, plan, schedule, options).Write();
        }
        else
        {
            new RefusalText(
                lines, graph, kernels, result, repairs ?? RepairList.None, schedule, options).Write();
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
        lines.Labelled(2, "plan", 10, PlainText.Whole(options.PlanName ?? "-"));
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
    /// <param name="width">Greatest number of columns.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is less than
    /// <see cref="TextReportOptions.WidthMin"/>.</exception>
    public static void WriteModels(
        TextWriter output,
        ImmutableArray<ModelDifference> differences,
        string? folder = null,
        int width = TextReportOptions.WidthUsual)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, TextReportOptions.WidthMin);
        ReportLines lines = new(output, width);
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
        new VerifyText(lines, DependencyGraph.Of(set), plan, verdict, isAlone: false, options).Write();
    }

    /// <summary>Writes why one end goes before another.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="graph">The graph that was asked about.</param>
    /// <param name="why">The explanation.</param>
    /// <param name="options">What the report is told beside that.</param>
    public static void WriteWhy(
        TextWriter output, DependencyGraph graph, OrderExplanation why, TextReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(why);
        ArgumentNullException.ThrowIfNull(options);
        new WhyText(new ReportLines(output, options.Width), graph, why, options).Write();
    }

    /// <summary>Writes what changed between two plans.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="difference">The difference.</param>
    /// <param name="options">What the report is told beside that.</param>
    public static void WriteDiff(TextWriter output, PlanDifference difference, DiffTextOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(difference);
        ArgumentNullException.ThrowIfNull(options);
        new DiffText(new ReportLines(output, options.Width), difference, options).Write();
    }

    /// <summary>Writes what keeps something from being finished, and what it keeps waiting.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="graph">The graph that was asked about.</param>
    /// <param name="pins">The explanation.</param>
    /// <param name="options">What the report is told beside that.</param>
    public static void WritePins(
        TextWriter output, DependencyGraph graph, PinExplanation pins, TextReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(pins);
        ArgumentNullException.ThrowIfNull(options);
        new PinsText(new ReportLines(output, options.Width), graph, pins, options).Write();
    }

    /// <summary>Writes what checking a plan against its own certificate gave.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="plan">The plan that was checked, made by anybody.</param>
    /// <param name="verdict">What checking gave.</param>
    /// <param name="options">What the report is told beside that; there is no set that it could name.</param>
    public static void WriteVerifyCertificate(
        TextWriter output, Plan plan, VerifyResult verdict, TextReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(options);
        ReportLines lines = new(output, options.Width);
        SessionSet set = plan.Certificate?.Set ?? new DependencyGraphBuilder().BuildSet();
        new VerifyText(lines, DependencyGraph.Of(set), plan, verdict, isAlone: true, options).Write();
    }

    /// <summary>Writes all models side by side.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="comparison">What comparing gave.</param>
    /// <param name="options">What the report is told beside that.</param>
    public static void WriteComparison(TextWriter output, Comparison comparison, TextReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(options);
        new CompareText(new ReportLines(output, options.Width), comparison, options).Write();
    }

    /// <summary>Writes which of many hosts can be updated, and why the others cannot.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="survey">What asking all of them gave.</param>
    /// <param name="options">
    /// What the report is told beside that; the name of the set is the folder that the hosts' names are
    /// relative to.
    /// </param>
    public static void WriteSurvey(TextWriter output, Survey survey, TextReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(survey);
        ArgumentNullException.ThrowIfNull(options);
        new SurveyText(new ReportLines(output, options.Width), survey, options).Write();
    }

    /// <summary>Writes what can still be done on a host that stopped half-way.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="set">The set.</param>
    /// <param name="result">What asking gave: an answer, or why there is none.</param>
    /// <param name="options">What the report is told beside that.</param>
    public static void WriteRecovery(
        TextWriter output, SessionSet set, RecoveryResult result, RecoveryTextOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(options);
        ReportLines lines = new(output, options.Width);
        if (result.TryGetRecovery(out Recovery? recovery))
        {
            new RecoveryText(lines, DependencyGraph.Of(set), recovery, options).Write();
            return;
        }

        List<Diagnostic> errors = [.. result.Diagnostics.Where(static found => found.IsError)];
        TextReportOptions plan = new()
        {
            SetName = options.SetName,
            PlanName = options.PlanName,
            Colour = options.Colour,
            Width = options.Width,
        };
        VerdictLine.Refused(lines, errors, VerdictSentence.Of(errors[0]), plan);
        foreach (Diagnostic error in errors)
        {
            lines.Labelled(2, error.Code.Text(), 10, PlainText.Sentence(DiagnosticSentences.Message(error)));
        }
    }

    /// <summary>Writes where an update stands.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="status">What is said of it.</param>
    /// <param name="graph">Its set; null where that is not known.</param>
    /// <param name="recovery">What can still be done; null where nothing is left to ask.</param>
    /// <param name="options">What the report is told beside that.</param>
    public static void WriteStatus(
        TextWriter output,
        StatusReport status,
        DependencyGraph? graph,
        Recovery? recovery,
        RecoveryTextOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(status);
        ArgumentNullException.ThrowIfNull(options);
        StatusText.Write(new ReportLines(output, options.Width), status, graph, recovery, options);
    }
}
