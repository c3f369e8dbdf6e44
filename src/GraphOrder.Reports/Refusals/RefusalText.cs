namespace GraphOrder.Reports;

/// <summary>The report on a set that has no legal plan.</summary>
internal sealed class RefusalText
{
    private const int PhaseColumn = 10;
    private const int PhaseWidth = 22;
    private const int PhasesPerLine = 3;

    private readonly ReportLines _lines;
    private readonly DependencyGraph _graph;
    private readonly KernelPair _kernels;
    private readonly PlanResult _result;
    private readonly RepairList _repairs;
    private readonly Schedule? _schedule;
    private readonly TextReportOptions _options;
    private readonly List<Diagnostic> _errors;

    public RefusalText(
        ReportLines lines,
        DependencyGraph graph,
        KernelPair kernels,
        PlanResult result,
        RepairList repairs,
        Schedule? schedule,
        TextReportOptions options)
    {
        _lines = lines;
        _graph = graph;
        _kernels = kernels;
        _result = result;
        _repairs = repairs;
        _schedule = schedule;
        _options = options;
        // What is mapped and not declared is the cause of whatever cycle it closes.
        _errors =
        [
            .. result.Diagnostics
                .Where(static diagnostic => diagnostic.IsError)
                .OrderBy(static error => error.Code != DiagnosticCode.MissingEdge),
        ];
    }

    public void Write()
    {
        BindingPhases binding = new(_graph, [.. _result.Diagnostics
            .Where(static diagnostic => diagnostic.Code == DiagnosticCode.Waived)
            .Select(static diagnostic => diagnostic.Fact("dependency"))]);
        VerdictLine.Refused(_lines, _errors, VerdictSentence.Of(_errors[0]), _options);
        _lines.Blank();
        HeaderBlock header = new(_lines, _graph);
        header.Set(_options.SetName, _result.Input);
        header.Line("model", PlainText.Id(_result.Model));
        header.Counts(binding);
        WritePhases(binding);
        bool hasRepairs = !_repairs.Repairs.IsEmpty;
        ErrorBlocks.Write(_lines, _graph, new ReportNames(_graph), _errors, _options.SetName, hasRepairs);
        if (_schedule is not null)
        {
            CallNames calls = new(_graph, _schedule.Plan, new ReportNames(_graph), run: null);
            new BlackoutBlock(_lines, _schedule, calls.Of).Write();
        }

        RepairsBlock repairs = new(_lines, _graph, _repairs);
        repairs.Write();
        RefusedFiles refused = new(_graph, _kernels, _result.Diagnostics);
        Dictionary<DiagnosticCode, string> once = WarningsBlock.ToldOnce(
            _graph, _kernels, refused, _result.Diagnostics, null);
        WarningsBlock.Write(_lines, _result.Diagnostics, once, _options.IsCheck);
        _lines.Blank();
        repairs.WriteCommand(_kernels, _result, _options.SetName);
        ErrorBlocks.Explain(_lines, _errors);
    }

    private void WritePhases(BindingPhases binding)
    {
        PhaseSet refused = PhaseSet.None;
        int causes = 0;
        foreach (Diagnostic error in _errors)
        {
            refused |= error.Cycle?.Phases ?? PhaseSet.None;
            refused = error.Code == DiagnosticCode.ActWithoutPlace
                && Phases.TryParse(error.Fact("phase"), out Phase withoutPlace)
                    ? refused.With(withoutPlace)
                    : refused;
            causes += error.Cycle is null ? 0 : 1;
        }

        // Where the list of errors was cut, a phase that none of them names may be refused all the same.
        bool isCut = _result.Diagnostics.Any(
            static diagnostic => diagnostic.Code == DiagnosticCode.MoreProblems);
        int perLine = Math.Clamp((_lines.Width - PhaseColumn) / PhaseWidth, 1, PhasesPerLine);
        List<Cell> cells = [new Cell(2, "phases")];
        foreach (Phase phase in Phases.All)
        {
            string verdict = refused.Contains(phase) ? "NO"
                : binding.CountIn(phase) == 0 ? "not asked"
                : isCut ? "not known"
                : "ok";
            int place = (int)phase % perLine;
            cells.Add(new Cell(PhaseColumn + PhaseWidth * place, $"{phase.Name()} {verdict}"));
            bool isLast = (int)phase == Phases.Count - 1;
            if (isLast && causes > 0)
            {
                cells.Add(new Cell(0, causes == 1 ? "  (one cause)" : $"  ({causes} causes)"));
            }

            if (place == perLine - 1)
            {
                _lines.Cells([.. cells]);
                cells.Clear();
            }
        }
    }
}
