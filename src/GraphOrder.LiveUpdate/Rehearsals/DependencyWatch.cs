namespace GraphOrder.LiveUpdate;

/// <summary>
/// Watches what a kernel does and says which dependency does not hold, at the moment when it breaks. It knows
/// the set and what happened, and nothing of plans: whatever moves is asked what must have moved already.
/// Where a dependency runs through objects that the kernel moves by itself, it is read as one between its
/// ends.
/// </summary>
internal sealed class DependencyWatch
{
    private readonly DependencyGraph _graph;
    private readonly List<(int Other, int Mover, int Dependency)>[][] _needs;
    private readonly bool[][] _happened;
    private readonly int[][] _filesLeft;
    private readonly int[] _fileCounts;
    private readonly Dictionary<(string Session, ulong Token), int> _files = [];
    private readonly Dictionary<string, int> _sessions = new(StringComparer.Ordinal);
    private int _eventsRead;

    /// <param name="graph">The graph.</param>
    /// <param name="waived">Soft dependencies that do not bind, as a plan names them.</param>
    /// <param name="world">What the world knows beside the set: pairs of object indexes.</param>
    public DependencyWatch(
        DependencyGraph graph,
        IReadOnlyList<string> waived,
        IReadOnlyList<(int Dependent, int On, PhaseSet Phases)> world)
    {
        _graph = graph;
        int vertices = graph.ObjectCount + graph.SessionCount;
        _needs = new List<(int, int, int)>[Phases.Count][];
        _happened = new bool[Phases.Count][];
        _filesLeft = new int[Phases.Count][];
        _fileCounts = new int[graph.SessionCount];
        for (int i = 0; i < graph.ObjectCount; i++)
        {
            if (graph[new ObjectId(i)].Session is { } session)
            {
                _files.Add((graph.Set.NameOf(session), graph.TokenOf(new ObjectId(i))), i);
                _fileCounts[session.Index]++;
            }
        }

        for (int i = 0; i < graph.SessionCount; i++)
        {
            _sessions.Add(graph.Set.NameOf(new SessionId(i)), i);
        }

        foreach (Phase phase in Phases.All)
        {
            _needs[(int)phase] = new List<(int, int, int)>[vertices];
            _happened[(int)phase] = new bool[vertices];
            _filesLeft[(int)phase] = [.. _fileCounts];
        }

        BoundPairs.ForEach(graph, waived, Need);
        foreach ((int dependent, int on, PhaseSet phases) in world)
        {
            foreach (Phase phase in phases)
            {
                Need(phase, dependent, on, -1);
            }
        }
    }

    /// <summary>What broke so far.</summary>
    public List<BrokenDependency> Broken { get; } = [];

    /// <summary>The file that an event moved; -1 where none of the set did.</summary>
    public int FileOf(SimulationEvent found) => _files.GetValueOrDefault((found.Session, found.Token), -1);

    /// <summary>Reads what a kernel did since the last time, in this step.</summary>
    public void Read(IReadOnlyList<SimulationEvent> events, int step)
    {
        for (; _eventsRead < events.Count; _eventsRead++)
        {
            SimulationEvent found = events[_eventsRead];
            if (found.Error != Errno.None)
            {
                continue;
            }

            if (PhaseOf(found.Kind) is { } phase && FileOf(found) is var file and >= 0)
            {
                Move(phase, file, step);
            }
            else if (SessionPhaseOf(found) is { } moved
                && _sessions.TryGetValue(found.Session, out int session))
            {
                Move(moved, _graph.ObjectCount + session, step);
            }
        }
    }

    /// <summary>An act of the user's own was done.</summary>
    public void ReadAct(int act, int step) => Move(_graph[new ObjectId(act)].Act!.Phase, act, step);

    /// <summary>The phase that an event is of.</summary>
    public static Phase? PhaseOf(SimulationEventKind kind) => kind switch
    {
        SimulationEventKind.Preserve => Phase.Preserve,
        SimulationEventKind.Freeze => Phase.Freeze,
        SimulationEventKind.Unfreeze => Phase.Unfreeze,
        SimulationEventKind.Unpreserve => Phase.Unpreserve,
        SimulationEventKind.Retrieve => Phase.Retrieve,
        SimulationEventKind.Finish or SimulationEventKind.Discard => Phase.Finish,
        _ => null,
    };

    // A session that ends in the next kernel is finished already.
    private static Phase? SessionPhaseOf(SimulationEvent found) => found.Kind switch
    {
        SimulationEventKind.FinishSession => Phase.Finish,
        SimulationEventKind.EndSession when found.Kernel == 1 => Phase.Unpreserve,
        _ => null,
    };

    private void Move(Phase phase, int vertex, int step)
    {
        if (_happened[(int)phase][vertex])
        {
            return;
        }

        Ask(phase, vertex, step);
        int session = vertex < _graph.ObjectCount
            ? _graph[new ObjectId(vertex)].Session?.Index ?? -1
            : -1;
        if (session >= 0)
        {
            Ask(phase, _graph.ObjectCount + session, step);
            _filesLeft[(int)phase][session]--;
        }

        _happened[(int)phase][vertex] = true;
    }

    private void Ask(Phase phase, int mover, int step)
    {
        List<(int Other, int Mover, int Dependency)>? needs = _needs[(int)phase][mover];
        for (int i = 0; i < (needs?.Count ?? 0); i++)
        {
            (int other, int told, int dependency) = needs![i];
            if (other < 0 || HasMoved(phase, other) || !Counts(phase, other))
            {
                continue;
            }

            bool isNeededFirst = phase.NeededGoesFirst();
            DependencyEnd first = EndOf(told);
            DependencyEnd second = EndOf(other);
            Broken.Add(dependency >= 0
                ? new BrokenDependency(
                    phase,
                    _graph.Dependencies[dependency].Dependent,
                    isNeededFirst ? second : first,
                    dependency,
                    step)
                : isNeededFirst
                    ? new BrokenDependency(phase, first, second, -1, step)
                    : new BrokenDependency(phase, second, first, -1, step));
            needs[i] = (-1, told, dependency);
        }
    }

    private DependencyEnd EndOf(int vertex) => vertex < _graph.ObjectCount
        ? new ObjectId(vertex)
        : new SessionId(vertex - _graph.ObjectCount);

    private bool HasMoved(Phase phase, int vertex)
    {
        if (vertex < _graph.ObjectCount)
        {
            return _happened[(int)phase][vertex];
        }

        bool hasEvent = phase is Phase.Unpreserve or Phase.Finish;
        return hasEvent
            ? _happened[(int)phase][vertex]
            : _filesLeft[(int)phase][vertex - _graph.ObjectCount] == 0;
    }

    // What was never preserved, or never frozen, needs nothing when others are let go.
    private bool Counts(Phase phase, int vertex)
    {
        Phase? first = phase == Phase.Unfreeze ? Phase.Freeze
            : phase == Phase.Unpreserve ? Phase.Preserve : null;
        if (first is not { } was)
        {
            return true;
        }

        return vertex < _graph.ObjectCount
            ? _happened[(int)was][vertex]
            : _filesLeft[(int)was][vertex - _graph.ObjectCount] < _fileCounts[vertex - _graph.ObjectCount];
    }

    // What moves, and what must have moved: of the two ends' files, where an object travels in a file.
    private void Need(Phase phase, int dependent, int on, int dependency)
    {
        int first = phase.NeededGoesFirst() ? on : dependent;
        int then = phase.NeededGoesFirst() ? dependent : on;
        int firstMover = MoverOf(phase, first);
        int thenMover = MoverOf(phase, then);
        if (firstMover < 0 || thenMover < 0 || firstMover == thenMover)
        {
            return;
        }

        (_needs[(int)phase][thenMover] ??= []).Add((firstMover, then, dependency));
    }

    private int MoverOf(Phase phase, int vertex)
    {
        if (vertex >= _graph.ObjectCount)
        {
            return vertex;
        }

        ObjectId id = new(vertex);
        return _graph[id].Act is { } act ? act.Phase == phase ? vertex : -1 : _graph.FileOf(id)?.Index ?? -1;
    }
}
