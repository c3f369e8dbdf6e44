namespace GraphOrder.Reports;

/// <summary>The report on a legal plan, or on whether its kernels accept it.</summary>
internal sealed class PlanText
{
    private const int SessionsMax = 12;
    private const int SessionsMaxFolded = 3;
    private const string PlanNameDefault = "plan.json";

    private readonly ReportLines _lines;
    private readonly DependencyGraph _graph;
    private readonly KernelPair _kernels;
    private readonly Plan _plan;
    private readonly Schedule? _schedule;
    private readonly TextReportOptions _options;

    public PlanText(
        ReportLines lines,
        DependencyGraph graph,
        KernelPair kernels,
        Plan plan,
        Schedule? schedule,
        TextReportOptions options)
    {
        _lines = lines;
        _graph = graph;
        _kernels = kernels;
        _plan = plan;
        _schedule = schedule;
        _options = options;
    }

    public void Write()
    {
        BindingPhases binding = new(_graph, _plan.Waived);
        RefusedFiles refused = new(_graph, _kernels, _plan.Diagnostics);
        ReportNames names = new(_graph);
        RunSteps run = new(_graph, _kernels, _plan);
        VerdictLine.Legal(_lines, _kernels, refused, binding, _plan.Diagnostics, _options);
        WriteHeader(binding, run);
        if (!_options.IsCheck)
        {
            _lines.Blank();
            int sessionsMax = run.Count > _options.UnfoldedStepsMax ? SessionsMaxFolded : SessionsMax;
            StepRows rows = new(_graph, _kernels, run, names, binding, sessionsMax);
            new StepList(_lines, run, rows, _options.UnfoldedStepsMax).Write();
            FailureBlock.Write(_lines, _graph, _kernels[Phase.Unpreserve], run, names, sessionsMax);
            if (_schedule is not null)
            {
                new BlackoutBlock(_lines, _schedule, new CallNames(_graph, _plan, names, run).Of).Write();
            }
        }

        RunSteps? numbers = _options.IsCheck ? null : run;
        Dictionary<DiagnosticCode, string> once = WarningsBlock.ToldOnce(
            _graph, _kernels, refused, _plan.Diagnostics, numbers);
        WarningsBlock.Write(_lines, _plan.Diagnostics, once, isWhole: _options.IsCheck);
        WriteClosing(binding);
    }

    private void WriteHeader(BindingPhases binding, RunSteps run)
    {
        _lines.Blank();
        HeaderBlock header = new(_lines, _graph);
        header.Set(_options.SetName, _plan.Input);
        header.Line("kernel", KernelNames.Crossing(_kernels));
        header.Counts(binding);
        header.Memory(_options.IsCheck ? null : run);
    }

    private void WriteClosing(BindingPhases binding)
    {
        ClosingBlock closing = new(_lines, _graph.Set, binding);
        closing.Write(_plan.Waived, _schedule);
        string set = ShellWord.Path(_options.SetName);
        if (_options.IsCheck)
        {
            closing.Command("PLAN", ["graph-order", "plan", set, .. _options.RepeatedWords]);
            return;
        }

        string plan = ShellWord.Path(_options.PlanName ?? PlanNameDefault);
        if (_options.PlanName is null)
        {
            string[] repeated = _options.RepeatedWords;
            closing.Command(
                "SAVE",
                ["graph-order", "plan", set, .. repeated, "--format", "json", "--output", plan]);
        }

        string[] own = ModelWords.ToVerify(_options, _plan.Model);
        closing.Command("CHECK", ["graph-order", "verify", set, plan, .. own]);
    }
}
