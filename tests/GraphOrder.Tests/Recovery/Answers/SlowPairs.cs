namespace GraphOrder.Tests.Recovery.Answers;

/// <summary>
/// Which object waits for which in a phase, with every path through what does not move by itself written out:
/// the kernel's own objects, and sessions as ends.
/// </summary>
internal sealed class SlowPairs
{
    private readonly DependencyGraph _graph;
    private readonly Dictionary<int, List<int>> _next = [];

    /// <summary>The pairs of a phase.</summary>
    public SlowPairs(DependencyGraph graph, PhaseRule rule, IEnumerable<Dependency> binding)
    {
        _graph = graph;
        foreach (Dependency found in binding.Where(each => each.Phases.Contains(rule.Phase)))
        {
            bool isNeededFirst = rule.Phase is Phase.Preserve or Phase.Freeze or Phase.Retrieve;
            DependencyEnd waiter = isNeededFirst ? found.Dependent : found.On;
            DependencyEnd awaited = isNeededFirst ? found.On : found.Dependent;
            bool isInside = (waiter.IsSession || awaited.IsSession) && !rule.Between.IsInterleaved
                && SessionOf(waiter) is { } own && SessionOf(awaited) == own;
            if (!isInside)
            {
                Join(waiter.IsSession ? Gate(waiter.SessionId) : waiter.ObjectId.Index,
                    awaited.IsSession ? Whole(awaited.SessionId) : awaited.ObjectId.Index);
            }
        }

        for (int i = 0; i < graph.ObjectCount; i++)
        {
            if (graph.SessionOf(new ObjectId(i)) is { } session)
            {
                Join(Whole(session), i);
                Join(i, Gate(session));
            }
        }

        All = [.. Enumerable.Range(0, graph.ObjectCount).Where(Moves).SelectMany(From)];
    }

    /// <summary>The pairs, and whether the last step of the path was a session as an end.</summary>
    public HashSet<(int Waiter, int Awaited, bool IsWhole)> All { get; }

    /// <summary>Whether an object moves by itself or in a file.</summary>
    private bool Moves(int id) => id < _graph.ObjectCount && _graph.FileOf(new ObjectId(id)) is not null;

    private SessionId? SessionOf(DependencyEnd end) =>
        end.IsSession ? end.SessionId : _graph.SessionOf(end.ObjectId);

    private int Whole(SessionId session) => _graph.ObjectCount + 2 * session.Index;

    private int Gate(SessionId session) => Whole(session) + 1;

    private void Join(int waiter, int awaited)
    {
        if (!_next.TryGetValue(waiter, out List<int>? known))
        {
            _next[waiter] = known = [];
        }

        known.Add(awaited);
    }

    private IEnumerable<(int Waiter, int Awaited, bool IsWhole)> From(int waiter)
    {
        Stack<int> left = new([waiter]);
        HashSet<int> seen = [];
        while (left.TryPop(out int at))
        {
            foreach (int next in _next.GetValueOrDefault(at) ?? [])
            {
                if (Moves(next))
                {
                    yield return (waiter, next, at >= _graph.ObjectCount);
                }
                else if (seen.Add(next))
                {
                    left.Push(next);
                }
            }
        }
    }
}
