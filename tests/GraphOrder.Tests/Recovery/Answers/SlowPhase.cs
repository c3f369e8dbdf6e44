namespace GraphOrder.Tests.Recovery.Answers;

/// <summary>
/// Takes acts of a phase one by one, always the first that may be taken, looking at every pair each time: the
/// contract's rule without any of the means that make it fast.
/// </summary>
internal sealed class SlowPhase
{
    private readonly DependencyGraph _graph;
    private readonly PhaseRule _rule;
    private readonly HashSet<(int Waiter, int Awaited, bool IsWhole)> _pairs;
    private readonly Dictionary<int, int> _places;

    /// <summary>A phase of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="rule">The phase.</param>
    /// <param name="binding">The dependencies that bind.</param>
    /// <param name="places">In which place each file was preserved, as far as it is known.</param>
    /// <param name="isChained">Whether each file waits for the one before it in its session.</param>
    public SlowPhase(
        DependencyGraph graph,
        PhaseRule rule,
        IEnumerable<Dependency> binding,
        Dictionary<int, int> places,
        bool isChained)
    {
        _graph = graph;
        _rule = rule;
        _places = places;
        _pairs = new SlowPairs(graph, rule, binding).All;
        Chain = isChained ? [.. Enumerable.Range(0, graph.SessionCount).SelectMany(ChainOf)] : [];
        _pairs.UnionWith(Chain.Select(link => (link.Waiter, link.Awaited, false)));
    }

    /// <summary>Each file and the one that goes just before it.</summary>
    public List<(int Waiter, int Awaited)> Chain { get; }

    /// <summary>Objects that have still to move.</summary>
    public Func<int, bool> Waits { get; init; } = static _ => true;

    /// <summary>Objects for which nobody waits any more.</summary>
    public Func<int, bool> IsSatisfied { get; init; } = static _ => false;

    /// <summary>Objects whose end nobody can wait for inside one act.</summary>
    public Func<int, bool> IsNeverInside { get; init; } = static _ => false;

    /// <summary>What an act takes.</summary>
    public StepUnit Unit =>
        _rule.Unit == StepUnit.File && !_rule.Between.IsInterleaved ? StepUnit.Session : _rule.Unit;

    /// <summary>The acts in the order in which they are taken, the preferred ones first.</summary>
    public List<int> TakeWhere(Func<int, bool> isAct, IEnumerable<int> preferred)
    {
        int[] all =
        [
            .. preferred.Concat(Enumerable.Range(0, Math.Max(_graph.ObjectCount, _graph.SessionCount)))
                .Distinct().Where(isAct),
        ];
        List<int> taken = [];
        for (int next; (next = Array.FindIndex(all, MayFollow)) >= 0;)
        {
            taken.Add(all[next]);
        }

        return taken;

        bool MayFollow(int act) => !taken.Contains(act) && !Unmet(act, taken).Any();
    }

    private IEnumerable<(int Waiter, int Awaited)> Unmet(int act, List<int> taken) => _pairs
        .Where(pair => Waits(pair.Waiter) && ActOf(pair.Waiter) == act && !IsMet(pair, taken))
        .Select(pair => (pair.Waiter, pair.Awaited));

    /// <summary>The act that moves an object; -1 where the kernel does.</summary>
    public int ActOf(int id) => _graph.FileOf(new ObjectId(id)) is not { } file ? -1 : Unit switch
    {
        StepUnit.Object => id,
        StepUnit.File => file.Index,
        StepUnit.Session => _graph[file].Session!.Value.Index,
        _ => 0,
    };

    /// <summary>Where a file goes in its session; null where nobody knows.</summary>
    public int? PlaceOf(int id)
    {
        int file = _graph.FileOf(new ObjectId(id))!.Value.Index;
        bool isBackward = _rule.Inside == InsideSession.PreserveBackward;
        return _places.TryGetValue(file, out int place) ? isBackward ? -place : place : null;
    }

    private bool IsMet((int Waiter, int Awaited, bool IsWhole) pair, List<int> taken)
    {
        if (IsSatisfied(pair.Awaited) || taken.Contains(ActOf(pair.Awaited)))
        {
            return true;
        }

        if (ActOf(pair.Waiter) != ActOf(pair.Awaited))
        {
            return false;
        }

        bool areSessions = !_rule.Between.IsInterleaved;
        if (StepOf(pair.Waiter) == StepOf(pair.Awaited) || (pair.IsWhole && areSessions))
        {
            return true;
        }

        return !IsNeverInside(pair.Awaited)
            && (!_rule.ReadsPreserveOrder || !areSessions || PlaceOf(pair.Awaited) < PlaceOf(pair.Waiter));
    }

    private int StepOf(int id) =>
        _rule.Unit == StepUnit.Object ? id : _graph.FileOf(new ObjectId(id))!.Value.Index;

    private IEnumerable<(int Waiter, int Awaited)> ChainOf(int session)
    {
        int[] files =
        [
            .. Enumerable.Range(0, _graph.ObjectCount)
                .Where(id => _graph.Set.Objects[id].Session == new SessionId(session))
                .OrderBy(id => PlaceOf(id) ?? int.MaxValue),
        ];
        return files.Skip(1).Zip(files, static (waiter, awaited) => (waiter, awaited));
    }
}
