using System.Collections.Immutable;

namespace GraphOrder.Reports;

/// <summary>The report on what changed between two plans.</summary>
internal sealed class DiffText
{
    private const int LabelColumn = 2;
    private const int TextColumn = 12;
    private const int RefusalsShownMax = 3;

    private readonly ReportLines _lines;
    private readonly PlanDifference _difference;
    private readonly DiffTextOptions _options;

    public DiffText(ReportLines lines, PlanDifference difference, DiffTextOptions options)
    {
        _lines = lines;
        _difference = difference;
        _options = options;
    }

    public void Write()
    {
        DiffVerdict.Write(_lines, _difference, _options.Colour);
        _lines.Blank();
        Side("first", _options.FirstName, _difference.First.Result);
        Side("second", _options.SecondName, _difference.Second.Result);
        WriteNotes();
        WriteRefusal();
        PhaseTable.Write(_lines, _difference);
        MovedBlock.Write(_lines, _difference);
        new CauseBlock(_lines, _difference, _options).Write();
        SessionBlock.Write(_lines, _difference.Sessions);
        new ChangeBlock(_lines, _difference, _options).Write();
        WriteCommand();
    }

    // Digests stand under one another where both fit on the line of their name.
    private void Side(string label, string name, PlanResult result)
    {
        int widest = Math.Max(
            PlainText.Whole(_options.FirstName).Length, PlainText.Whole(_options.SecondName).Length);
        string facts = $"{HeaderBlock.Shortened(result.Input)}  {PlainText.Id(result.Model)}";
        int column = TextColumn + widest + 2;
        _lines.Cells(
        [
            new Cell(LabelColumn, label),
            new Cell(TextColumn, PlainText.Whole(name)),
            new Cell(column + facts.Length <= _lines.Width ? column : TextColumn, facts),
        ]);
    }

    private void WriteNotes()
    {
        PlanResult first = _difference.First.Result;
        PlanResult second = _difference.Second.Result;
        if (!first.Rules.Equals(second.Rules))
        {
            Note("rules", "\"needs\" was read by two different rule tables");
        }

        bool isTold = _difference.HasDependencies
            && _difference.First.Kernels is not null
            && _difference.Second.Kernels is not null;
        if (isTold || _difference.MovedCount == 0)
        {
            return;
        }

        Note("causes", _difference.HasDependencies
            ? "cannot be told: a model is not known; name both with --model"
            : "cannot be told without dependencies: plan with --certificate, or name the sets with --set");
    }

    private void Note(string label, string text) => _lines.Labelled(LabelColumn, label, TextColumn, text);

    private void WriteRefusal()
    {
        ImmutableArray<Diagnostic> errors = _difference.Refusal;
        if (errors.IsEmpty)
        {
            return;
        }

        int shown = Math.Min(errors.Length, RefusalsShownMax);
        if (_difference.Second.Graph is { } graph)
        {
            string set = _options.SecondSetName ?? _options.SecondName;
            ReportNames names = new(graph);
            ErrorBlocks.Write(_lines, graph, names, [.. errors[..shown]], set, hasRepairs: true);
        }
        else
        {
            _lines.Blank();
            foreach (Diagnostic error in errors[..shown])
            {
                _lines.Labelled(0, error.Code.Text(), ErrorBlocks.TextColumn, ChangeBlock.SubjectsOf(error));
            }
        }

        if (errors.Length > shown)
        {
            _lines.Wrapped(LabelColumn, $"... {Plural.Of(errors.Length - shown, "more error")}; "
                + "--format json has them all ...");
        }
    }

    private void WriteCommand()
    {
        if (_difference.Causes.FirstOrDefault(static cause => cause.Kind == OrderCauseKind.Dependencies)
            is not { Chain.IsEmpty: false, IsChainOfFirst: false } cause
            || _options.SecondSetName is not { } set
            || cause.Step.Kind == StepKind.Everything)
        {
            return;
        }

        _lines.Blank();
        _lines.Command("WHY", TextColumn,
        [
            "graph-order", "why", ShellWord.Path(set), EndOf(cause.Chain[0].First),
            EndOf(cause.Chain[^1].Then), "--phase", cause.Phase.Name(),
        ]);
    }

    private static string EndOf(string end) => ShellWord.Of(end);
}
