namespace GraphOrder.Reports;

/// <summary>
/// Tells a closed walk: each step with its dependency, where it stands and who declared it, then the model's
/// rule, the danger in objects, and the other phases that refuse for the same dependencies.
/// </summary>
internal sealed class CycleText
{
    private const int LabelColumn = 2;
    private const int NumberWidth = 3;
    private const int StepsShownMax = 20;
    private const int LocationGap = 4;
    private const int LocationColumnMax = 58;

    private readonly ReportLines _lines;
    private readonly Diagnostic _diagnostic;
    private readonly DependencyCycle _cycle;
    private readonly CycleMovers _movers;
    private readonly DependencyGraph _graph;
    private readonly string _setName;
    private readonly int _textColumn;

    public CycleText(
        ReportLines lines, DependencyGraph graph, ReportNames names, Diagnostic diagnostic, string setName)
    {
        _lines = lines;
        _graph = graph;
        _diagnostic = diagnostic;
        _cycle = diagnostic.Cycle!;
        _setName = setName;
        _movers = new CycleMovers(graph, names, diagnostic);
        int widest = "danger".Length;
        foreach (CycleStep step in _cycle.Steps)
        {
            widest = Math.Max(widest, step.Phase.Name().Length);
        }

        _textColumn = LabelColumn + widest + 2;
    }

    /// <summary>Writes the walk under its code.</summary>
    /// <param name="isAlone">
    /// Whether no other kind of cycle was found: then the levels below are known to have none.
    /// </param>
    public void Write(bool isAlone)
    {
        string code = _diagnostic.Code.Text();
        _lines.Labelled(0, code, code.Length + 2, _movers.Kind(isAlone));
        _lines.Blank();
        int locationColumn = LocationColumn();
        int left = _cycle.Steps.Length - StepsShownMax;
        for (int i = 0; i < _cycle.Steps.Length; i++)
        {
            if (left > 0 && i == StepsShownMax - 1)
            {
                _lines.Wrapped(_textColumn, $"... {left} more steps; --format json has them all ...");
                i += left;
            }

            WriteStep(i, locationColumn);
        }

        _lines.Wrapped(_textColumn, _cycle.IsShortest
            ? "back at 1."
            : "back at 1. It is the shortest through its first object; a shorter one may exist.");
        WriteRules();
        WriteDangers();
        if (Also() is { } also)
        {
            _lines.Labelled(LabelColumn, "also", _textColumn, also);
        }
    }

    private static string DependencyOf(CycleStep step) =>
        $"{PlainText.Id(step.Dependent)}  needs  {PlainText.Id(step.On)}";

    private void WriteStep(int index, int locationColumn)
    {
        CycleStep step = _cycle.Steps[index];
        bool isNewPhase = index == 0 || _cycle.Steps[index - 1].Phase != step.Phase;
        bool isFixed = step.Rule == CycleRule.FixedBeginning;
        string since = isFixed ? ": the kernel has it so already" : ", since";
        string order = $"{_movers.First(index)} {_movers.Participle(index)}before {_movers.Then(index)}";
        _lines.Cells(
        [
            new Cell(LabelColumn, isNewPhase ? step.Phase.Name() : ""),
            new Cell(_textColumn, $"{index + 1}."),
            new Cell(_textColumn + NumberWidth, order + since),
        ]);
        if (isFixed)
        {
            return;
        }

        int column = _textColumn + NumberWidth + 2;
        string location = step.Location.IsKnown ? $"{PlainText.Whole(_setName)}:{step.Location.Line}" : "";
        if (locationColumn + location.Length <= _lines.Width)
        {
            _lines.Cells([new Cell(column, DependencyOf(step)), new Cell(locationColumn, location)]);
        }
        else
        {
            // A place stays in one piece, so that it can be copied.
            _lines.Wrapped(column, DependencyOf(step));
            _lines.Wrapped(column, location);
        }

        _lines.Wrapped(column, CycleDeclarers.Of(_graph, step));
    }

    private int LocationColumn()
    {
        int widest = 0;
        foreach (CycleStep step in _cycle.Steps)
        {
            widest = Math.Max(widest, DependencyOf(step).Length);
        }

        return Math.Min(LocationColumnMax, _textColumn + NumberWidth + 2 + widest + LocationGap);
    }

    private void WriteRules()
    {
        HashSet<string> told = [];
        foreach (CycleStep step in _cycle.Steps)
        {
            string rule = CycleRuleSentences.Of(_cycle.Rules, step);
            if (told.Add(rule))
            {
                string label = told.Count == 1 ? "rule" : "";
                _lines.Labelled(LabelColumn, label, _textColumn, PlainText.Sentence(rule) + ".");
            }
        }
    }

    private void WriteDangers()
    {
        string label = "danger";
        foreach (string danger in CycleDangers.Of(_graph, _cycle, _movers))
        {
            _lines.Labelled(LabelColumn, label, _textColumn, danger);
            label = "";
        }
    }

    // The same dependencies are often cyclic in several phases; where the phase takes the other end first,
    // the walk runs the other way round there.
    private string? Also()
    {
        PhaseSet told = PhaseSet.None;
        int count = 0;
        foreach (CycleStep step in _cycle.Steps)
        {
            told = told.With(step.Phase);
            count += step.Rule == CycleRule.FixedBeginning ? 0 : 1;
        }

        PhaseSet others = _cycle.Phases - told;
        if (others.IsEmpty)
        {
            return null;
        }

        CycleStep first = _cycle.Steps[0];
        PhaseSet turned = PhaseSet.None;
        List<string> phases = [];
        foreach (Phase phase in others)
        {
            string rule = first.Rule == CycleRule.SessionBySession
                ? $" ({CycleRuleSentences.Of(_cycle.Rules, first with { Phase = phase })})"
                : "";
            phases.Add(phase.Name() + PlainText.Sentence(rule));

            // An order of files is told as the preserve order, whichever way a phase runs through it.
            bool isTurned = phase.NeededGoesFirst() != first.Phase.NeededGoesFirst()
                && _diagnostic.Code is (DiagnosticCode.ObjectCycle or DiagnosticCode.SessionCycle);
            turned = isTurned ? turned.With(phase) : turned;
        }

        string round = turned.IsEmpty ? ""
            : turned == others ? ", the other way round"
            : $", the other way round in {turned}";
        string same = count == 1 ? "dependency" : $"{count} dependencies";
        return $"{string.Join(", ", phases)}: the same {same}{round}.";
    }
}
