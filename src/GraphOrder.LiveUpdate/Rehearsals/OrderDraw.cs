namespace GraphOrder.LiveUpdate;

/// <summary>
/// Draws orders by lot from all that the rules of Linux allow: from the dependencies, by code that shares
/// nothing with the planner. Time and memory O(V + E), where a session that is needed as a whole counts with
/// its files.
/// </summary>
internal sealed class OrderDraw
{
    private readonly DependencyGraph _graph;
    private readonly ArcList _preserve;
    private readonly ArcList _retrieve;
    private readonly ArcList _create;
    private readonly ArcList _close;
    private readonly ArcList _finish;
    private readonly List<int> _old = [];
    private readonly List<int> _next = [];
    private readonly List<int> _sessions = [];

    public OrderDraw(DependencyGraph graph, IReadOnlyList<string> waived)
    {
        _graph = graph;
        _preserve = new ArcList(graph.ObjectCount);
        _retrieve = new ArcList(graph.ObjectCount);
        _create = new ArcList(graph.SessionCount);
        _close = new ArcList(graph.SessionCount);
        _finish = new ArcList(graph.SessionCount);
        for (int i = 0; i < graph.ObjectCount; i++)
        {
            PreservedObject found = graph[new ObjectId(i)];
            if (found.IsFile || found.Act is { Phase: Phase.Preserve })
            {
                _old.Add(i);
            }

            if (found.IsFile || found.Act is { Phase: Phase.Retrieve })
            {
                _next.Add(i);
            }
        }

        AddBeginning();
        BoundPairs.ForEach(graph, waived, (phase, dependent, on, _) => Add(phase, dependent, on));
    }

    /// <summary>One of the orders; null where there is none.</summary>
    public UpdateOrder? Draw(SplitMix64 numbers)
    {
        List<int>? create = _create.Draw(_sessions, numbers);
        List<int>? preserve = _preserve.Draw(_old, numbers);
        List<int>? retrieve = _retrieve.Draw(_next, numbers);
        List<int>? finish = _finish.Draw(_sessions, numbers);
        List<int>? close = _close.Draw(_sessions, numbers);
        return create is null || preserve is null || retrieve is null || finish is null || close is null
            ? null
            : Make(_graph, create, preserve, retrieve, finish, close);
    }

    /// <summary>An update of these orders; sessions are retrieved as their first file needs it.</summary>
    public static UpdateOrder Make(
        DependencyGraph graph,
        List<int> create,
        List<int> preserve,
        List<int> retrieve,
        List<int> finish,
        List<int> close)
    {
        List<(RehearsedAct, int, int)> old = [];
        create.ForEach(session => old.Add((RehearsedAct.Create, session, -1)));
        preserve.ForEach(item => old.Add(StepOf(graph, RehearsedAct.Preserve, item)));
        List<(RehearsedAct Act, int Session, int Object)> next = [];
        bool[] isRetrieved = new bool[graph.SessionCount];
        foreach (int item in retrieve)
        {
            (RehearsedAct act, int session, int found) = StepOf(graph, RehearsedAct.Retrieve, item);
            if (act == RehearsedAct.Retrieve && !isRetrieved[session])
            {
                isRetrieved[session] = true;
                next.Add((RehearsedAct.RetrieveSession, session, -1));
            }

            next.Add((act, session, found));
        }

        for (int session = 0; session < graph.SessionCount; session++)
        {
            if (!isRetrieved[session])
            {
                next.Add((RehearsedAct.RetrieveSession, session, -1));
            }
        }

        finish.ForEach(session => next.Add((RehearsedAct.Finish, session, -1)));
        return new UpdateOrder { Old = old, Next = next, Close = close };
    }

    private static (RehearsedAct Act, int Session, int Object) StepOf(
        DependencyGraph graph, RehearsedAct act, int item)
    {
        PreservedObject found = graph[new ObjectId(item)];
        return found.Act is { } own
            ? (RehearsedAct.Act, own.Session.Index, item)
            : (act, found.Session!.Value.Index, item);
    }

    // What the kernel has already stays where it is.
    private void AddBeginning()
    {
        for (int i = 0; i < _graph.SessionCount; i++)
        {
            SessionEntry session = _graph.Set.Sessions[i];
            for (int other = 0; session.Created && other < _graph.SessionCount; other++)
            {
                if (!_graph.Set.Sessions[other].Created || other > i)
                {
                    _create.Add(i, other);
                }
            }

            _sessions.Add(i);
            HashSet<int> there = [];
            foreach (ObjectId file in session.Preserved)
            {
                there.Add(file.Index);
                foreach (int other in FilesOf(_graph.ObjectCount + i))
                {
                    if (!there.Contains(other))
                    {
                        _preserve.Add(file.Index, other);
                    }
                }
            }
        }
    }

    private void Add(Phase phase, int dependent, int on)
    {
        int first = phase.NeededGoesFirst() ? on : dependent;
        int then = phase.NeededGoesFirst() ? dependent : on;
        int firstSession = SessionOf(first);
        int thenSession = SessionOf(then);
        if (phase is Phase.Preserve or Phase.Retrieve)
        {
            Between(phase == Phase.Preserve ? _preserve : _retrieve, first, then);
            return;
        }

        if (firstSession < 0 || thenSession < 0)
        {
            return;
        }

        if (firstSession == thenSession)
        {
            bool isForward = phase is Phase.Freeze or Phase.Unfreeze;
            Between(_preserve, isForward ? first : then, isForward ? then : first);
            return;
        }

        switch (phase)
        {
            case Phase.Freeze: _create.Add(firstSession, thenSession); break;
            case Phase.Unfreeze: _create.Add(thenSession, firstSession); break;
            case Phase.Unpreserve: _close.Add(firstSession, thenSession); break;
            default: _finish.Add(firstSession, thenSession); break;
        }
    }

    private void Between(ArcList arcs, int first, int then)
    {
        foreach (int earlier in FilesOf(first))
        {
            foreach (int later in FilesOf(then))
            {
                arcs.Add(earlier, later);
            }
        }
    }

    private int SessionOf(int vertex) => vertex >= _graph.ObjectCount
        ? vertex - _graph.ObjectCount
        : _graph.SessionOf(new ObjectId(vertex))?.Index ?? -1;

    private List<int> FilesOf(int vertex)
    {
        if (vertex < _graph.ObjectCount)
        {
            ObjectId id = new(vertex);
            return [_graph[id].Act is null ? _graph.FileOf(id)!.Value.Index : vertex];
        }

        List<int> files = [];
        for (int i = 0; i < _graph.ObjectCount; i++)
        {
            if (_graph[new ObjectId(i)].Session?.Index == vertex - _graph.ObjectCount)
            {
                files.Add(i);
            }
        }

        return files;
    }
}
