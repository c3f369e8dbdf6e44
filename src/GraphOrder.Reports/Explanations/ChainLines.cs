namespace GraphOrder.Reports;

/// <summary>
/// Writes a chain of dependencies as cycles are told: what goes first, the dependency that says so, where it
/// stands and who declared it, and what joins a step to the next.
/// </summary>
internal sealed class ChainLines
{
    private const int NumberWidth = 3;
    private const int StepsShownMax = 20;
    private const int LocationGap = 4;

    private readonly ReportLines _lines;
    private readonly DependencyGraph _graph;
    private readonly string _setName;
    private readonly int _column;

    public ChainLines(ReportLines lines, DependencyGraph graph, string setName, int column)
    {
        _lines = lines;
        _graph = graph;
        _setName = setName;
        _column = column;
    }

    /// <summary>Writes the steps, numbered.</summary>
    public void Write(IReadOnlyList<CycleStep> chain, Phase phase)
    {
        int left = chain.Count - StepsShownMax;
        for (int i = 0; i < chain.Count; i++)
        {
            if (left > 0 && i == StepsShownMax - 1)
            {
                _lines.Wrapped(_column, $"... {left} more steps; --format json has them all ...");
                i += left;
            }

            WriteStep(i, chain[i], phase);
        }
    }

    /// <summary>The place of a dependency in the set; empty where it is not known.</summary>
    public string Place(SourceLocation location) =>
        location.IsKnown ? $"{PlainText.Whole(_setName)}:{location.Line}" : "";

    /// <summary>A dependency and its place, on one line where both fit.</summary>
    public void WriteDependency(int column, string dependency, SourceLocation location)
    {
        string place = Place(location);
        int placeColumn = column + dependency.Length + LocationGap;
        if (placeColumn + place.Length <= _lines.Width)
        {
            _lines.Cells([new Cell(column, dependency), new Cell(placeColumn, place)]);
            return;
        }

        // A place stays in one piece, so that it can be copied.
        _lines.Wrapped(column, dependency);
        _lines.Wrapped(column, place);
    }

    private void WriteStep(int index, CycleStep step, Phase phase)
    {
        bool isFixed = step.Rule == CycleRule.FixedBeginning;
        string other = step.Phase == phase || isFixed ? "" : $" (by {step.Phase.Name()})";
        string since = isFixed ? ": the kernel has it so already" : $"{other}, since";
        string order = $"{PlainText.Id(step.First)} before {PlainText.Id(step.Then)}{since}";
        _lines.Cells([new Cell(_column, $"{index + 1}."), new Cell(_column + NumberWidth, order)]);
        if (!isFixed)
        {
            int column = _column + NumberWidth + 2;
            string dependency = $"{PlainText.Id(step.Dependent)}  needs  {PlainText.Id(step.On)}";
            WriteDependency(column, dependency, step.Location);
            _lines.Wrapped(column, CycleDeclarers.Of(_graph, step));
        }

        if (step.JoinedBy is { } joined)
        {
            _lines.Wrapped(_column + NumberWidth, $"both in {PlainText.Id(joined)}:");
        }
    }
}
