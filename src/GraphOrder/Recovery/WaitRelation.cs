namespace GraphOrder;

/// <summary>
/// What waits for what in one phase, in compressed sparse rows. Vertices are the objects, those that the
/// kernel moves too, and two for each session that is an end of a dependency: its <i>whole</i>, which waits
/// for all its objects, and its <i>gate</i>, for which all its objects wait. Immutable.
/// </summary>
/// <remarks>O(V + E) time and space: a path through the kernel's own objects is never written out.</remarks>
internal sealed class WaitRelation
{
    private readonly DependencyGraph _graph;
    private readonly int[] _firstOf;
    private readonly int[] _awaited;
    private readonly int[] _firstWaiterOf;
    private readonly int[] _waiters;

    /// <summary>The relation of a phase.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="binding">The phases in which each dependency binds.</param>
    /// <param name="rule">The phase.</param>
    /// <param name="chains">Waits that no dependency makes.</param>
    public WaitRelation(
        DependencyGraph graph,
        PhaseSet[] binding,
        PhaseRule rule,
        IEnumerable<(int Waiter, int Awaited)> chains)
    {
        _graph = graph;
        List<(int Waiter, int Awaited)> arcs = [];
        bool[] hasWhole = new bool[graph.SessionCount];
        bool[] hasGate = new bool[graph.SessionCount];
        for (int i = 0; i < graph.DependencyCount; i++)
        {
            if (binding[i].Contains(rule.Phase))
            {
                Dependency found = graph.Dependencies[i];
                bool neededFirst = rule.Phase.NeededGoesFirst();
                DependencyEnd waiter = neededFirst ? found.Dependent : found.On;
                DependencyEnd awaited = neededFirst ? found.On : found.Dependent;
                if (!IsInsideOneSession(rule, waiter, awaited))
                {
                    arcs.Add((
                        VertexOf(waiter, hasGate, isGate: true),
                        VertexOf(awaited, hasWhole, isGate: false)));
                }
            }
        }

        for (int i = 0; i < graph.ObjectCount; i++)
        {
            if (graph.SessionOf(new ObjectId(i)) is { } own)
            {
                AddIf(arcs, hasWhole[own.Index], WholeOf(own), i);
                AddIf(arcs, hasGate[own.Index], i, GateOf(own));
            }
        }

        arcs.AddRange(chains);
        JoinKernelCycles(arcs);
        (_firstOf, _awaited) = Rows(arcs, static arc => arc.Waiter, static arc => arc.Awaited);
        (_firstWaiterOf, _waiters) = Rows(arcs, static arc => arc.Awaited, static arc => arc.Waiter);
    }

    /// <summary>How many vertices there are; objects come first.</summary>
    public int VertexCount => _graph.ObjectCount + 2 * _graph.SessionCount;

    /// <summary>What a vertex waits for, in the order of its dependencies.</summary>
    public ReadOnlySpan<int> AwaitedBy(int vertex) =>
        _awaited.AsSpan(_firstOf[vertex], _firstOf[vertex + 1] - _firstOf[vertex]);

    /// <summary>What waits for a vertex.</summary>
    public ReadOnlySpan<int> WaitersOf(int vertex) =>
        _waiters.AsSpan(_firstWaiterOf[vertex], _firstWaiterOf[vertex + 1] - _firstWaiterOf[vertex]);

    /// <summary>
    /// Whether a vertex moves by itself: it is a file, or in one. What the kernel moves does not, nor does an
    /// act, of which nobody knows whether it was done: both only hand on what they wait for.
    /// </summary>
    public bool IsMover(int vertex) =>
        vertex < _graph.ObjectCount && _graph.FileOf(new ObjectId(vertex)) is not null;

    /// <summary>Whether a vertex stands for a session as an end.</summary>
    public bool IsSession(int vertex) => vertex >= _graph.ObjectCount;

    /// <summary>Whether a vertex is what all objects of a session wait for.</summary>
    public bool IsGate(int vertex) => IsSession(vertex) && (vertex - _graph.ObjectCount) % 2 == 1;

    /// <summary>The end that a vertex is.</summary>
    public DependencyEnd EndOf(int vertex) => IsSession(vertex)
        ? new SessionId((vertex - _graph.ObjectCount) / 2)
        : new ObjectId(vertex);

    private int VertexOf(DependencyEnd end, bool[] isEnd, bool isGate)
    {
        if (!end.IsSession)
        {
            return end.ObjectId.Index;
        }

        isEnd[end.SessionId.Index] = true;
        return isGate ? GateOf(end.SessionId) : WholeOf(end.SessionId);
    }

    private int WholeOf(SessionId session) => _graph.ObjectCount + 2 * session.Index;

    private int GateOf(SessionId session) => _graph.ObjectCount + 2 * session.Index + 1;

    // Objects of the kernel's own that wait for one another are one object: no path ends among them.
    private void JoinKernelCycles(List<(int Waiter, int Awaited)> arcs)
    {
        PrecedenceGraph own = new(VertexCount);
        foreach ((int waiter, int awaited) in arcs)
        {
            if (IsKernels(waiter) && IsKernels(awaited))
            {
                own.AddArc(awaited, waiter, default);
            }
        }

        if (own.ArcCount == 0)
        {
            return;
        }

        int[] all = [.. Enumerable.Range(0, VertexCount)];
        int[] joined = [.. all];
        foreach (int[] component in StrongComponents.Of(own, all, CancellationToken.None))
        {
            foreach (int vertex in component)
            {
                joined[vertex] = component.Min();
            }
        }

        for (int i = 0; i < arcs.Count; i++)
        {
            arcs[i] = (joined[arcs[i].Waiter], joined[arcs[i].Awaited]);
        }

        arcs.RemoveAll(arc => arc.Waiter == arc.Awaited);
    }

    private bool IsKernels(int vertex) => !IsMover(vertex) && !IsSession(vertex);

    // Where sessions go one after another, a session as an end binds their order and nothing inside.
    private bool IsInsideOneSession(PhaseRule rule, DependencyEnd waiter, DependencyEnd awaited)
    {
        bool hasSession = waiter.IsSession || awaited.IsSession;
        return hasSession && !rule.Between.IsInterleaved && SessionOf(waiter) is { } own
            && SessionOf(awaited) == own;
    }

    private SessionId? SessionOf(DependencyEnd end) =>
        end.IsSession ? end.SessionId : _graph.SessionOf(end.ObjectId);

    private static void AddIf(List<(int, int)> arcs, bool isThere, int waiter, int awaited)
    {
        if (isThere)
        {
            arcs.Add((waiter, awaited));
        }
    }

    private (int[] First, int[] Others) Rows(
        List<(int Waiter, int Awaited)> arcs,
        Func<(int Waiter, int Awaited), int> ownOf,
        Func<(int Waiter, int Awaited), int> otherOf)
    {
        int[] first = new int[VertexCount + 1];
        foreach ((int, int) arc in arcs)
        {
            first[ownOf(arc) + 1]++;
        }

        for (int vertex = 0; vertex < VertexCount; vertex++)
        {
            first[vertex + 1] += first[vertex];
        }

        int[] next = [.. first];
        int[] others = new int[arcs.Count];
        foreach ((int, int) arc in arcs)
        {
            others[next[ownOf(arc)]++] = otherOf(arc);
        }

        return (first, others);
    }
}
