namespace GraphOrder.Reports;

/// <summary>The report on a plan that somebody made and that was checked.</summary>
internal sealed class VerifyText
{
    private readonly ReportLines _lines;
    private readonly DependencyGraph _graph;
    private readonly Plan _plan;
    private readonly VerifyResult _verdict;
    private readonly TextReportOptions _options;

    public VerifyText(
        ReportLines lines, DependencyGraph graph, Plan plan, VerifyResult verdict, TextReportOptions options)
    {
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
            VerdictLine.Verified(_lines, binding, _verdict.Diagnostics, _options);
        }

        WriteHeader(binding);
        ErrorBlocks.Write(_lines, _graph, new ReportNames(_graph), errors, _options.SetName);
        WarningsBlock.Write(_lines, _verdict.Diagnostics, null, isWhole: true);
        string set = ShellWord.Path(_options.SetName);
        string[] repeated = ModelWords.OfPlan(_options, _plan);
        _lines.Blank();
        if (errors.Count > 0)
        {
            ErrorBlocks.Explain(_lines, errors);
            _lines.Command("PLAN", ErrorBlocks.TextColumn, ["graph-order", "plan", set, .. repeated]);
            return;
        }

        ClosingBlock closing = new(_lines, _graph.Set, binding);
        closing.WriteHeld(_plan.Waived);
        closing.Command("CHECK", ["graph-order", "check", set, .. repeated]);
    }

    private void WriteHeader(BindingPhases binding)
    {
        _lines.Blank();
        HeaderBlock header = new(_lines, _graph);
        header.Set(_options.SetName, _graph.Set.Digest);
        string made = _plan.Input.Equals(_graph.Set.Digest) ? "this set" : HeaderBlock.Shortened(_plan.Input);
        header.Line("plan", $"{PlainText.Id(_options.PlanName ?? "-")}  made for {made}");
        header.Line("model", PlainText.Id(_plan.Model));
        header.Counts(binding);
    }
}
