namespace GraphOrder.Reports;

/// <summary>
/// A set as nodes and arrows: what is drawn, and what each stands for. Sessions on a closed walk never fold.
/// Immutable once made.
/// </summary>
/// <remarks>O(V + E) time and space.</remarks>
internal sealed class DrawnGraph
{
    private readonly GraphFacts _facts;
    private readonly DependencyGraph _graph;
    private readonly int _sessionsMax;
    private readonly int[] _nodeOf;
    private readonly int[] _shownOf;
    private readonly Dictionary<(int, int, int, string?), DrawnArc> _arcs = [];
    private readonly Dictionary<ObjectKind, int> _nodeOfKind = [];
    private int _rest = -1;

    /// <param name="facts">What is drawn.</param>
    /// <param name="level">How much folds.</param>
    /// <param name="sessionsMax">How many sessions are drawn at the last level.</param>
    public DrawnGraph(GraphFacts facts, FoldLevel level, int sessionsMax)
    {
        _facts = facts;
        _graph = facts.Graph;
        _sessionsMax = sessionsMax;
        Level = level;
        _nodeOf = new int[_graph.ObjectCount + _graph.SessionCount];
        Array.Fill(_nodeOf, -1);
        _shownOf = ShownSessions();
        AddObjects();
        AddSessionEnds();
        AddArcs();
    }

    /// <summary>How much folds.</summary>
    public FoldLevel Level { get; }

    /// <summary>The nodes, each session's together, in the order in which the set lists them.</summary>
    public List<DrawnNode> Nodes { get; } = [];

    /// <summary>The arrows, in the order of the dependencies.</summary>
    public IReadOnlyCollection<DrawnArc> Arcs => _arcs.Values;

    /// <summary>How many sessions a drawn one stands for; 0 for one that is not drawn itself.</summary>
    public int[] SessionCounts { get; private set; } = [];

    /// <summary>The node of an end; -1 where none shows it.</summary>
    public int NodeOf(DependencyEnd end) => _nodeOf[VertexOf(end)];

    private int VertexOf(DependencyEnd end) =>
        end.IsSession ? _graph.ObjectCount + end.SessionId.Index : end.ObjectId.Index;

    // The session that is drawn for each; itself where it is drawn.
    private int[] ShownSessions()
    {
        int[] shownOf = new int[_graph.SessionCount];
        SessionCounts = new int[_graph.SessionCount];
        bool isCut = Level == FoldLevel.FirstSessions;
        int[] firstOfGroup = Level == FoldLevel.Whole ? [] : new int[_facts.Alike.Count];
        Array.Fill(firstOfGroup, -1);
        int left = _sessionsMax;
        int leftOfCycle = _sessionsMax;
        for (int session = 0; session < shownOf.Length; session++)
        {
            SessionId id = new(session);
            bool isAlone = Level == FoldLevel.Whole || _facts.Cycle.Contains(id);
            int group = isAlone ? -1 : _facts.Alike.GroupOf(id);
            shownOf[session] = isAlone || firstOfGroup[group] < 0 ? session : firstOfGroup[group];
            if (shownOf[session] == session && isCut && (isAlone ? leftOfCycle-- : left--) <= 0)
            {
                shownOf[session] = -1;
                continue;
            }

            if (!isAlone)
            {
                firstOfGroup[group] = shownOf[session];
            }

            SessionCounts[shownOf[session]]++;
        }

        return shownOf;
    }

    private void AddObjects()
    {
        List<ObjectId>[] members = new List<ObjectId>[_graph.SessionCount];
        List<ObjectId> outside = [];
        for (int i = 0; i < _graph.ObjectCount; i++)
        {
            ObjectId id = new(i);
            List<ObjectId> list = _facts.HomeOf(id) is { } home ? members[home.Index] ??= [] : outside;
            list.Add(id);
        }

        for (int session = 0; session < members.Length; session++)
        {
            List<ObjectId> own = members[session] ?? [];
            if (_shownOf[session] == session)
            {
                AddSession(new SessionId(session), own);
            }
        }

        for (int session = 0; session < members.Length; session++)
        {
            List<ObjectId> own = members[session] ?? [];
            int shown = _shownOf[session];
            for (int i = 0; i < own.Count && shown != session; i++)
            {
                // Alike sessions have the same objects in the same order.
                _nodeOf[own[i].Index] = shown < 0 ? Rest() : _nodeOf[members[shown][i].Index];
            }
        }

        foreach (ObjectId id in outside)
        {
            AddOutside(id);
        }

        CountRest();
    }

    private void AddSession(SessionId session, List<ObjectId> objects)
    {
        int count = SessionCounts[session.Index];
        if (Level >= FoldLevel.Sessions)
        {
            _nodeOf[_graph.ObjectCount + session.Index] = Nodes.Count;
            Nodes.Add(new() { End = session, Home = session, Count = count, InsideCount = objects.Count });
        }

        foreach (ObjectId id in objects)
        {
            _nodeOf[id.Index] = Nodes.Count;
            if (Level >= FoldLevel.Sessions)
            {
                _nodeOf[id.Index]--;
            }
            else if (Level < FoldLevel.Files || _graph[id].Carrier is null)
            {
                Nodes.Add(new() { End = id, Home = session, Count = count });
            }
        }

        foreach (ObjectId id in objects)
        {
            if (Level == FoldLevel.Files && _graph[id].Carrier is { } carrier)
            {
                _nodeOf[id.Index] = _nodeOf[carrier.Index];
                Nodes[_nodeOf[id.Index]].InsideCount++;
            }
        }
    }

    private void AddOutside(ObjectId id)
    {
        ObjectKind kind = _graph[id].Kind;
        if (Level < FoldLevel.Sessions)
        {
            _nodeOf[id.Index] = Nodes.Count;
            Nodes.Add(new() { End = id });
            return;
        }

        bool isFull = _nodeOfKind.Count >= _sessionsMax && !_nodeOfKind.ContainsKey(kind);
        if (isFull)
        {
            _nodeOf[id.Index] = Rest();
            return;
        }

        if (!_nodeOfKind.TryGetValue(kind, out int node))
        {
            _nodeOfKind[kind] = node = Nodes.Count;
            Nodes.Add(new() { Kind = kind, Count = 0 });
        }

        _nodeOf[id.Index] = node;
        Nodes[node].Count++;
    }

    private int Rest()
    {
        if (_rest < 0)
        {
            _rest = Nodes.Count;
            Nodes.Add(new() { Count = 0 });
        }

        return _rest;
    }

    private void CountRest()
    {
        int count = _shownOf.AsSpan().Count(-1);
        if (count > 0)
        {
            Nodes[Rest()].Count = count;
        }
    }

    // A session has a node where a dependency names it, or where it would be drawn empty.
    private void AddSessionEnds()
    {
        bool[] isEnd = new bool[_graph.SessionCount];
        foreach (ref readonly Dependency dependency in _graph.Dependencies)
        {
            Mark(dependency.Dependent);
            Mark(dependency.On);
        }

        for (int session = 0; session < isEnd.Length; session++)
        {
            int shown = _shownOf[session];
            ref int node = ref _nodeOf[_graph.ObjectCount + session];
            if (shown < 0)
            {
                node = Rest();
            }
            else if (shown != session)
            {
                node = _nodeOf[_graph.ObjectCount + shown];
            }
            else if (isEnd[session] && node < 0)
            {
                node = Nodes.Count;
                SessionId id = new(session);
                Nodes.Add(new() { End = id, Home = id, Count = SessionCounts[session] });
            }
        }

        void Mark(DependencyEnd end)
        {
            if (end.IsSession)
            {
                isEnd[end.SessionId.Index] = true;
                isEnd[Math.Max(_shownOf[end.SessionId.Index], 0)] |= _shownOf[end.SessionId.Index] >= 0;
            }
        }
    }

    private void AddArcs()
    {
        bool isMerged = Level >= FoldLevel.Files;
        for (int i = 0; i < _graph.DependencyCount; i++)
        {
            string? walk = _facts.Cycle.StepsOf(i);
            if (!_facts.IsKept(i) && walk is null)
            {
                continue;
            }

            ref readonly Dependency dependency = ref _graph.Dependencies[i];
            int tail = NodeOf(dependency.Dependent);
            int head = NodeOf(dependency.On);
            bool isElsewhere = IsElsewhere(dependency.Dependent, dependency.On);
            if (tail == head && !isElsewhere && (walk is null || isMerged))
            {
                continue;
            }

            bool isSoft = dependency.Strength == DependencyStrength.Soft;
            bool isWaived = _facts.IsWaived(dependency);
            int look = (isSoft ? 1 : 0) | (isElsewhere ? 2 : 0) | (isWaived ? 4 : 0)
                | (isMerged ? 0 : PhaseBits(dependency.Phases) << 8);
            string? part = walk is not null && isMerged ? "" : walk;
            if (!_arcs.TryGetValue((tail, head, look, part), out DrawnArc? arc))
            {
                _arcs[(tail, head, look, part)] = arc = new(tail, head, i)
                {
                    IsSoft = isSoft,
                    IsWaived = isWaived,
                    IsElsewhere = isElsewhere,
                    Walk = walk,
                };
            }

            arc.Count++;
            arc.Phases |= dependency.Phases;
        }
    }

    private static int PhaseBits(PhaseSet phases)
    {
        int bits = 0;
        foreach (Phase phase in phases)
        {
            bits |= 1 << (int)phase;
        }

        return bits;
    }

    private bool IsElsewhere(DependencyEnd dependent, DependencyEnd on) =>
        _facts.HomeOf(dependent) is { } first && _facts.HomeOf(on) is { } then && first != then
        && _shownOf[first.Index] == _shownOf[then.Index] && _shownOf[first.Index] >= 0;
}
