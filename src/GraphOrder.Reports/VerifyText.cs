namespace GraphOrder.Reports;

/// <summary>The report on a plan that somebody made and that was checked.</summary>
internal sealed class VerifyText
{
    private const string SetNameUnknown = "SET";

    private readonly ReportLines _lines;
    private readonly DependencyGraph _graph;
    private readonly Plan _plan;
    private readonly VerifyResult _verdict;
    private readonly TextReportOptions _options;
    private readonly bool _isAlone;

    /// <param name="lines">Where it is written.</param>
    /// <param name="graph">What the plan was held against: of the set, or of its own certificate.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="verdict">The verdict.</param>
    /// <param name="isAlone">Whether the certificate was all there was.</param>
    /// <param name="options">What the report is told beside that.</param>
    public VerifyText(
        ReportLines lines,
        DependencyGraph graph,
        Plan plan,
        VerifyResult verdict,
        bool isAlone,
        TextReportOptions options)
    {
        _isAlone = isAlone;
        _lines = lines;
        _graph = graph;
        _plan = plan;
        _verdict = verdict;
        _options = options;
    }

    public void Write()
    {
        BindingPhases binding = new(_graph, _plan.Waived);
        List<Diagnostic> errors = [.. _verdict.Diagnostics.Where(static diagnostic => diagnostic.IsError)];
        if (errors.Count > 0)
        {
            VerdictLine.Refused(_lines, errors, VerdictSentence.Of(errors[0]), _options);
        }
        else
        {
            string source = _isAlone ? " of its certificate" : "";
            VerdictLine.Verified(_lines, binding, _verdict.Diagnostics, source, _options);
        }

        WriteHeader(binding);
        ErrorBlocks.Write(_lines, _graph, new ReportNames(_graph), errors, _options.SetName);
        WarningsBlock.Write(
            _lines, _verdict.Diagnostics, new Dictionary<DiagnosticCode, string>(), isWhole: true);
        string set = ShellWord.Path(_isAlone ? SetNameUnknown : _options.SetName);
        string planName = ShellWord.Path(_options.PlanName ?? "-");
        string[] repeated = ModelWords.OfPlan(_options, _plan, _graph.Set.Host);
        _lines.Blank();
        if (errors.Count > 0)
        {
            ErrorBlocks.Explain(_lines, errors);
            _lines.Command("PLAN", ErrorBlocks.TextColumn, ["graph-order", "plan", set, .. repeated]);
            return;
        }

        ClosingBlock closing = new(_lines, _graph.Set, binding);
        closing.WriteHeld(_plan.Waived);
        if (_isAlone)
        {
            _lines.Labelled(0, "NOT KNOWN", 11, "whether the certificate says what the set says");
            closing.Command("VERIFY", "graph-order", "verify", set, planName);
            return;
        }

        closing.Command("CHECK", ["graph-order", "check", set, .. repeated]);
    }

    private void WriteHeader(BindingPhases binding)
    {
        _lines.Blank();
        HeaderBlock header = new(_lines, _graph);
        if (_isAlone)
        {
            header.Line("plan", PlainText.Whole(_options.PlanName ?? "-"));
            header.Line("set", $"not read; the plan was made for {HeaderBlock.Shortened(_plan.Input)}");
            header.Line("model", PlainText.Id(_plan.Model));
            header.Counts(binding);
            return;
        }

        header.Set(_options.SetName, _graph.Set.Digest);
        string made = _plan.Input.Equals(_graph.Set.Digest) ? "this set" : HeaderBlock.Shortened(_plan.Input);
        header.Line("plan", $"{PlainText.Whole(_options.PlanName ?? "-")}  made for {made}");
        header.Line("model", PlainText.Id(_plan.Model));
        header.Counts(binding);
    }
}
