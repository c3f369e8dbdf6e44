namespace GraphOrder.Reports;

/// <summary>The report on all models side by side.</summary>
internal sealed class CompareText
{
    private readonly ReportLines _lines;
    private readonly Comparison _comparison;
    private readonly TextReportOptions _options;

    public CompareText(ReportLines lines, Comparison comparison, TextReportOptions options)
    {
        _lines = lines;
        _comparison = comparison;
        _options = options;
    }

    public void Write()
    {
        DependencyGraph graph = _comparison.Graph;
        BindingPhases binding = new(graph, []);
        ReportNames names = new(graph);
        VerdictLine.Compared(_lines, _comparison, _options);
        _lines.Blank();
        HeaderBlock header = new(_lines, graph);
        header.Set(_options.SetName, graph.Set.Digest);
        header.Counts(binding);
        _lines.Blank();
        ModelTable.Write(_lines, _comparison);
        OrderBlocks orders = new(_lines, names, _comparison);
        orders.WriteRefusals();
        new MemfdBlock(_lines, names, _comparison).Write();
        orders.WriteWaits();
        orders.WriteBooks();
        _lines.Blank();
        _lines.Wrapped(0, "VERDICT");
        _lines.Wrapped(2, PlainText.Sentence(ComparisonSentences.Verdict(_comparison)));
        WriteClosing(binding);
    }

    private void WriteClosing(BindingPhases binding)
    {
        List<string> more = _comparison.OtherMemoryCount == 0 ? [] :
        [
            "what protects a guest-memfd or huge-page memfd once it is retrieved "
                + $"({_comparison.OtherMemoryCount} here)",
        ];
        ClosingBlock closing = new(_lines, _comparison.Graph.Set, binding);
        closing.WriteNotKnown(more);
        string set = ShellWord.Path(_options.SetName);
        ModelComparison? legal = _comparison.Models.FirstOrDefault(
            static row => row.IsLegal && row.Model != ModelComparer.PushGate);
        if (legal is null || legal.Model == LifecycleModel.Linux73.Name)
        {
            closing.Command("PLAN", "graph-order", "plan", set);
        }
        else
        {
            closing.Command("PLAN", "graph-order", "plan", set, "--model", legal.Model);
        }
    }
}
