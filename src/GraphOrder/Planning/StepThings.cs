namespace GraphOrder;

/// <summary>
/// A row for each thing that the steps of a plan move, shared by its phases: files by their numbers and acts
/// behind them, and, where objects move by themselves, movable objects and acts. Not thread-safe.
/// </summary>
internal sealed class StepThings
{
    private readonly DependencyGraph _graph;
    private readonly FileLayout _layout;
    private readonly int[] _actNumbers = [];
    private PlanRow[]? _files;
    private PlanRow[]? _objects;

    public StepThings(DependencyGraph graph, FileLayout layout)
    {
        _graph = graph;
        _layout = layout;
        if (layout.ActCount == 0)
        {
            return;
        }

        int count = 0;
        _actNumbers = new int[graph.ObjectCount];
        for (int i = 0; i < _actNumbers.Length; i++)
        {
            _actNumbers[i] = graph[new ObjectId(i)].Act is null ? -1 : count++;
        }
    }

    /// <summary>Files by their numbers, then acts.</summary>
    public PlanRow[] Files => _files ??= WithActs(_layout.Files, FileRow);

    /// <summary>Movable objects by their numbers, each by itself, then acts.</summary>
    public PlanRow[] Objects => _objects ??= WithActs(_layout.Movable, RowOfObject);

    /// <summary>The row of an act among the files.</summary>
    public int OfActAmongFiles(ObjectId act) => _layout.Files.Length + _actNumbers[act.Index];

    /// <summary>The row of an act among the objects.</summary>
    public int OfActAmongObjects(ObjectId act) => _layout.Movable.Length + _actNumbers[act.Index];

    private PlanRow FileRow(int file)
    {
        ObjectId id = _layout.Files[file];
        return new PlanRow(
            id.Index,
            _layout.SessionOfFile[file],
            0,
            HasToken: true,
            _graph.TokenOf(id),
            _layout.FirstCarried(file),
            _layout.CarriedCountOf(file));
    }

    private PlanRow RowOfObject(int movable)
    {
        ObjectId id = _layout.Movable[movable];
        bool isFile = _graph[id].IsFile;
        return new PlanRow(
            id.Index, _layout.SessionOf(id.Index), 0, isFile, isFile ? _graph.TokenOf(id) : 0, 0, 0);
    }

    private PlanRow[] WithActs(ObjectId[] things, Func<int, PlanRow> rowOf)
    {
        PlanRow[] rows = new PlanRow[things.Length + _layout.ActCount];
        for (int i = 0; i < things.Length; i++)
        {
            rows[i] = rowOf(i);
        }

        for (int i = 0; i < _actNumbers.Length; i++)
        {
            if (_graph[new ObjectId(i)].Act is { } act)
            {
                rows[things.Length + _actNumbers[i]] =
                    new PlanRow(i, act.Session.Index, 0, false, 0, 0, 0, IsAct: true);
            }
        }

        return rows;
    }
}
