namespace GraphOrder;

/// <summary>
/// A row for each thing that the steps of a plan move, shared by its phases: files by their numbers and acts
/// behind them, and, where objects move by themselves, movable objects and acts. Not thread-safe.
/// </summary>
internal sealed class StepThings
{
    private DependencyGraph _graph = null!;
    private FileLayout _layout = null!;
    private int[] _actNumbers = [];
    private PlanRow[]? _files;
    private PlanRow[]? _objects;

    /// <summary>Stands for a graph from now on. O(V).</summary>
    public void Read(DependencyGraph graph, FileLayout layout)
    {
        _graph = graph;
        _layout = layout;
        _files = null;
        _objects = null;
        if (layout.ActCount == 0)
        {
            return;
        }

        int count = 0;
        Span<int> numbers = Scratch.Take(ref _actNumbers, graph.ObjectCount);
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = graph[new ObjectId(i)].Act is null ? -1 : count++;
        }
    }

    /// <summary>Lets go of the rows, which belong to a plan by now.</summary>
    public void Clear()
    {
        _files = null;
        _objects = null;
    }

    /// <summary>Files by their numbers, then acts.</summary>
    public PlanRow[] Files => _files ??= RowsOfFiles();

    /// <summary>Movable objects by their numbers, each by itself, then acts.</summary>
    public PlanRow[] Objects => _objects ??= RowsOfObjects();

    /// <summary>The row of an act among the files.</summary>
    public int OfActAmongFiles(ObjectId act) => _layout.FileCount + _actNumbers[act.Index];

    /// <summary>The row of an act among the objects.</summary>
    public int OfActAmongObjects(ObjectId act) => _layout.MovableCount + _actNumbers[act.Index];

    private PlanRow[] RowsOfFiles()
    {
        PlanRow[] rows = GC.AllocateUninitializedArray<PlanRow>(_layout.FileCount + _layout.ActCount);
        ReadOnlySpan<ulong> tokens = _graph.Tokens;
        for (int file = 0; file < _layout.FileCount; file++)
        {
            int id = _layout.Files[file].Index;
            rows[file] = new PlanRow(
                id,
                _layout.SessionOfFile[file],
                0,
                HasToken: true,
                tokens[id],
                _layout.FirstCarried(file),
                _layout.CarriedCountOf(file));
        }

        AddActs(rows.AsSpan(_layout.FileCount));
        return rows;
    }

    private PlanRow[] RowsOfObjects()
    {
        PlanRow[] rows = GC.AllocateUninitializedArray<PlanRow>(_layout.MovableCount + _layout.ActCount);
        for (int movable = 0; movable < _layout.MovableCount; movable++)
        {
            ObjectId id = _layout.Movable[movable];
            bool isFile = _graph[id].IsFile;
            rows[movable] = new PlanRow(
                id.Index, _layout.SessionOf(id.Index), 0, isFile, isFile ? _graph.TokenOf(id) : 0, 0, 0);
        }

        AddActs(rows.AsSpan(_layout.MovableCount));
        return rows;
    }

    private void AddActs(Span<PlanRow> rows)
    {
        for (int i = 0; _layout.ActCount > 0 && i < _graph.ObjectCount; i++)
        {
            if (_graph[new ObjectId(i)].Act is { } act)
            {
                rows[_actNumbers[i]] = new PlanRow(i, act.Session.Index, 0, false, 0, 0, 0, IsAct: true);
            }
        }
    }
}
