namespace GraphOrder;

/// <summary>
/// Takes acts one after another while some act may be taken, the first first: what an object of the act
/// waits for is satisfied already, or was taken earlier, or moves in the same act at the same time or
/// earlier. Sets of acts that may be taken are closed under union, so what comes out is the largest.
/// </summary>
/// <remarks>
/// O(V + E) time and space. What the kernel moves itself is told by the acts that it still waits for: many,
/// one, or none. That only ever shrinks, and an act may pass what waits for no act but itself.
/// </remarks>
internal sealed class TakingOrder
{
    private const int Nothing = -1;
    private const int Many = -2;

    private readonly WaitRelation _relation;
    private readonly TakingFacts _facts;
    private readonly int[] _outstanding;
    private readonly bool[] _isTaken;
    private readonly bool[] _isFree;
    private readonly int[] _waitsFor;
    private readonly int[] _cursor;
    private readonly int[] _one;
    private readonly int[] _oneWitness;
    private readonly Latest[] _latest;
    private readonly Queue<int> _changed = new();
    private readonly LowestFirst _ready;
    private readonly List<int> _taken = [];

    /// <summary>Takes what may be taken.</summary>
    public TakingOrder(WaitRelation relation, TakingFacts facts)
    {
        _relation = relation;
        _facts = facts;
        _outstanding = new int[facts.ActCount];
        _isTaken = new bool[facts.ActCount];
        _waitsFor = new int[relation.VertexCount];
        _cursor = new int[relation.VertexCount];
        _one = new int[relation.VertexCount];
        _oneWitness = new int[relation.VertexCount];
        _latest = new Latest[relation.VertexCount];
        _ready = new LowestFirst(facts.ActCount);
        Array.Fill(_waitsFor, Many);
        Array.Fill(_one, Nothing);
        CountWaits();
        _isFree = [.. _outstanding.Select((waits, act) => waits == 0 && facts.IsAct(act))];
        for (int act = 0; act < facts.ActCount; act++)
        {
            MakeReady(act);
        }

        while (_ready.TryTake(out int rank))
        {
            Take(facts.ActOfRank(rank));
        }
    }

    /// <summary>The acts in the order in which they were taken.</summary>
    public IReadOnlyList<int> Taken => _taken;

    /// <summary>Whether an act was taken.</summary>
    public bool IsTaken(int act) => _isTaken[act];

    /// <summary>Whether an act could have been taken before all others.</summary>
    public bool WasFree(int act) => _isFree[act];

    /// <summary>
    /// What an object still waits for after all that can be taken was: each as the end that waits (the
    /// object, or its session), the end that is awaited, and the kernel's own objects between them, nearest
    /// to the waiter first.
    /// </summary>
    public IEnumerable<(int Waiter, int Awaited, List<int> Through)> Unmet(int waiter)
    {
        int[] awaited = _relation.AwaitedBy(waiter).ToArray();
        foreach (int vertex in awaited)
        {
            if (!IsMet(waiter, vertex))
            {
                List<int> through = [];
                int end = _relation.IsGate(vertex) ? vertex : waiter;
                yield return (end, Witness(waiter, vertex, through), through);
            }
        }
    }

    private void CountWaits()
    {
        for (int vertex = 0; vertex < _relation.VertexCount; vertex++)
        {
            if (_facts.Waits(vertex))
            {
                foreach (int awaited in _relation.AwaitedBy(vertex))
                {
                    _outstanding[_facts.ActOf(vertex)] += IsMet(vertex, awaited) ? 0 : 1;
                }
            }
        }

        for (int vertex = 0; vertex < _relation.VertexCount; vertex++)
        {
            if (!_relation.IsMover(vertex))
            {
                _changed.Enqueue(vertex);
            }
        }

        Spread();
    }

    private void MakeReady(int act)
    {
        if (_outstanding[act] == 0 && _facts.IsAct(act) && !_isTaken[act])
        {
            _ready.Add(_facts.RankOf(act));
        }
    }

    private void Take(int act)
    {
        _isTaken[act] = true;
        _taken.Add(act);
        foreach (int member in _facts.MembersOf(act))
        {
            if (_facts.IsSatisfied(member))
            {
                continue;
            }

            foreach (int waiter in _relation.WaitersOf(member))
            {
                if (!_relation.IsMover(waiter))
                {
                    _changed.Enqueue(waiter);
                }
                else if (_facts.Waits(waiter) && _facts.ActOf(waiter) != act)
                {
                    Release(waiter);
                }
            }
        }

        Spread();
    }

    private void Release(int waiter)
    {
        int act = _facts.ActOf(waiter);
        _outstanding[act]--;
        MakeReady(act);
    }

    private void Spread()
    {
        while (_changed.TryDequeue(out int vertex))
        {
            int earlier = _waitsFor[vertex];
            int now = Look(vertex);
            if (now == earlier)
            {
                continue;
            }

            if (now >= 0)
            {
                _latest[vertex] = LatestOf(vertex);
            }

            foreach (int waiter in _relation.WaitersOf(vertex))
            {
                if (!_relation.IsMover(waiter))
                {
                    _changed.Enqueue(waiter);
                }
                else if (_facts.Waits(waiter) && !_isTaken[_facts.ActOf(waiter)])
                {
                    _waitsFor[vertex] = earlier;
                    bool wasMet = IsMet(waiter, vertex);
                    _waitsFor[vertex] = now;
                    if (!wasMet && IsMet(waiter, vertex))
                    {
                        Release(waiter);
                    }
                }
            }

            _waitsFor[vertex] = now;
        }
    }

    // The acts that a vertex of the kernel's waits for. What was passed waits for nothing, or for the one.
    private int Look(int vertex)
    {
        if (_one[vertex] >= 0 && _isTaken[_one[vertex]])
        {
            _one[vertex] = Nothing;
        }

        ReadOnlySpan<int> awaited = _relation.AwaitedBy(vertex);
        for (; _cursor[vertex] < awaited.Length; _cursor[vertex]++)
        {
            int next = awaited[_cursor[vertex]];
            int act = WaitsFor(next);
            if (act == Nothing || act == _one[vertex])
            {
                continue;
            }

            if (act == Many || _one[vertex] >= 0)
            {
                return Many;
            }

            _one[vertex] = act;
            _oneWitness[vertex] = next;
        }

        return _one[vertex];
    }

    private int WaitsFor(int vertex)
    {
        if (!_relation.IsMover(vertex))
        {
            return _waitsFor[vertex];
        }

        int act = _facts.ActOf(vertex);
        return _facts.IsSatisfied(vertex) || _isTaken[act] ? Nothing : act;
    }

    private bool IsMet(int waiter, int awaited)
    {
        int own = _facts.ActOf(waiter);
        int act = WaitsFor(awaited);
        if (act != own)
        {
            return act == Nothing;
        }

        return _relation.IsMover(awaited)
            ? _facts.MovesInTime(waiter, awaited)
            : _facts.MovesInTime(waiter, _latest[awaited]);
    }

    private Latest LatestOf(int vertex)
    {
        Latest latest = default;
        foreach (int awaited in _relation.AwaitedBy(vertex))
        {
            // What waited for an act that is taken now has not been looked at again yet.
            if (WaitsFor(awaited) is var act and >= 0 && !_isTaken[act])
            {
                latest = latest.With(
                    _relation.IsMover(awaited) ? _facts.LatestOf(vertex, awaited) : _latest[awaited]);
            }
        }

        return latest;
    }

    // Follows what is not met to what moves by itself, or to a session as an end.
    private int Witness(int waiter, int vertex, List<int> through)
    {
        int own = _facts.ActOf(waiter);
        while (!_relation.IsMover(vertex)
            && (_relation.IsGate(vertex) || !_relation.IsSession(vertex))
            && through.Count < _relation.VertexCount)
        {
            if (!_relation.IsGate(vertex))
            {
                through.Add(vertex);
            }

            ReadOnlySpan<int> awaited = _relation.AwaitedBy(vertex);
            vertex = _one[vertex] >= 0 && _one[vertex] != own ? _oneWitness[vertex]
                : _cursor[vertex] < awaited.Length ? awaited[_cursor[vertex]]
                : Late(waiter, vertex);
        }

        return vertex;
    }

    private int Late(int waiter, int vertex)
    {
        foreach (int awaited in _relation.AwaitedBy(vertex))
        {
            if (!IsMet(waiter, awaited))
            {
                return awaited;
            }
        }

        return _oneWitness[vertex];
    }
}
