namespace GraphOrder;

/// <summary>
/// The least set of dependencies without which one part of an order no longer reaches another: Dinic's
/// maximum flow, without recursion.
/// </summary>
/// <remarks>
/// O(V² A) time at worst, far less on orders, whose cuts are small; O(V + A) space. A dependency with
/// several arcs is exact when the bound, a flow in which its arcs share its price, meets the cut.
/// </remarks>
internal sealed class MinimumCut
{
    // Divides by the number of arcs that a dependency may have in one order: one a phase.
    private const long Scale = 60;

    private static readonly Int128 Endless = Int128.MaxValue / 4;

    private readonly PrecedenceGraph _graph;
    private readonly Func<int, Int128> _priceOf;
    private readonly List<int> _kept = [];
    private readonly Dictionary<int, int> _arcCounts = [];
    private readonly int _root;
    private readonly int _goal;
    private readonly List<int> _heads = [];
    private readonly List<int> _tails = [];
    private readonly List<Int128> _left = [];
    private int[] _levels = [];
    private int[] _nexts = [];
    private AdjacencyRows? _rows;

    private MinimumCut(PrecedenceGraph graph, Func<int, Int128> priceOf)
    {
        _graph = graph;
        _priceOf = priceOf;
        _root = graph.VertexCount;
        _goal = graph.VertexCount + 1;
    }

    /// <summary>Cuts.</summary>
    /// <param name="graph">The order.</param>
    /// <param name="from">Where walks begin.</param>
    /// <param name="to">Where they end.</param>
    /// <param name="priceOf">The price of a dependency, by its position in the graph.</param>
    /// <param name="bound">No cut costs less than this; the price of the answer where it is exact.</param>
    /// <returns>The arcs to drop; null where no dropping of dependencies can do it.</returns>
    public static List<ArcLabel>? Find(
        PrecedenceGraph graph, int[] from, int[] to, Func<int, Int128> priceOf, out Int128 bound)
    {
        MinimumCut cut = new(graph, priceOf);
        cut.KeepArcsBetween(from, to);
        Int128 flow = cut.Flow(from, to, isShared: false);
        if (flow >= Endless)
        {
            bound = 0;
            return null;
        }

        List<ArcLabel> best = cut.Crossing();
        bound = Ceiling(flow);
        if (cut._arcCounts.Values.All(static count => count == 1))
        {
            return best;
        }

        bound = Ceiling(cut.Flow(from, to, isShared: true));
        List<ArcLabel> shared = cut.Crossing();
        return cut.PriceOf(shared) < cut.PriceOf(best) ? shared : best;
    }

    private static Int128 Ceiling(Int128 flow) => (flow + Scale - 1) / Scale;

    private Int128 PriceOf(List<ArcLabel> arcs)
    {
        Int128 price = 0;
        foreach (int dependency in arcs.Select(static arc => arc.Dependency).Distinct())
        {
            price += _priceOf(dependency);
        }

        return price;
    }

    // Only what lies on a walk counts; a dependency that says the same twice is one arc.
    private void KeepArcsBetween(int[] from, int[] to)
    {
        ChainTree reached = ChainTree.Of(_graph, from, isAgainstArcs: false);
        ChainTree reaching = ChainTree.Of(_graph, to, isAgainstArcs: true);
        HashSet<(int First, int Then, int Dependency)> seen = [];
        for (int arc = 0; arc < _graph.ArcCount; arc++)
        {
            ArcLabel label = _graph.Labels[arc];
            int first = _graph.Firsts[arc];
            int then = _graph.Thens[arc];
            if (!reached.Reaches(first)
                || !reaching.Reaches(then)
                || (label.IsDependency && !seen.Add((first, then, label.Dependency))))
            {
                continue;
            }

            _kept.Add(arc);
            if (label.IsDependency)
            {
                _arcCounts[label.Dependency] = _arcCounts.GetValueOrDefault(label.Dependency) + 1;
            }
        }
    }

    private Int128 Flow(int[] from, int[] to, bool isShared)
    {
        _heads.Clear();
        _tails.Clear();
        _left.Clear();
        foreach (int vertex in from)
        {
            AddArc(_root, vertex, Endless);
        }

        foreach (int vertex in to)
        {
            AddArc(vertex, _goal, Endless);
        }

        foreach (int arc in _kept)
        {
            ArcLabel label = _graph.Labels[arc];
            long share = isShared && label.IsDependency ? Math.Min(_arcCounts[label.Dependency], Scale) : 1;
            Int128 capacity = label.IsDependency ? _priceOf(label.Dependency) * Scale / share : Endless;
            AddArc(_graph.Firsts[arc], _graph.Thens[arc], capacity);
        }

        _rows = AdjacencyRows.Of(_graph.VertexCount + 2, System.Runtime.InteropServices.CollectionsMarshal
            .AsSpan(_tails));
        Int128 flow = 0;
        while (flow < Endless && TryLevel())
        {
            _nexts = new int[_graph.VertexCount + 2];
            for (Int128 pushed = Push(); pushed > 0; pushed = flow < Endless ? Push() : 0)
            {
                flow += pushed;
            }
        }

        return flow;
    }

    private void AddArc(int tail, int head, Int128 capacity)
    {
        _tails.Add(tail);
        _heads.Add(head);
        _left.Add(capacity);
        _tails.Add(head);
        _heads.Add(tail);
        _left.Add(0);
    }

    private bool TryLevel()
    {
        _levels = new int[_graph.VertexCount + 2];
        Array.Fill(_levels, -1);
        _levels[_root] = 0;
        Queue<int> queue = new([_root]);
        while (queue.TryDequeue(out int vertex))
        {
            foreach (int arc in _rows![vertex])
            {
                if (_left[arc] > 0 && _levels[_heads[arc]] < 0)
                {
                    _levels[_heads[arc]] = _levels[vertex] + 1;
                    queue.Enqueue(_heads[arc]);
                }
            }
        }

        return _levels[_goal] >= 0;
    }

    // One walk that takes as much as its narrowest arc; dead ends are left for good.
    private Int128 Push()
    {
        List<int> path = [];
        int vertex = _root;
        while (vertex != _goal)
        {
            ReadOnlySpan<int> arcs = _rows![vertex];
            while (_nexts[vertex] < arcs.Length && !IsOpen(arcs[_nexts[vertex]], vertex))
            {
                _nexts[vertex]++;
            }

            if (_nexts[vertex] < arcs.Length)
            {
                path.Add(arcs[_nexts[vertex]]);
                vertex = _heads[path[^1]];
            }
            else if (path.Count == 0)
            {
                return 0;
            }
            else
            {
                vertex = _tails[path[^1]];
                path.RemoveAt(path.Count - 1);
                _nexts[vertex]++;
            }
        }

        Int128 least = path.Min(arc => _left[arc]);
        foreach (int arc in path)
        {
            _left[arc] -= least;
            _left[arc ^ 1] += least;
        }

        return least;
    }

    private bool IsOpen(int arc, int vertex) =>
        _left[arc] > 0 && _levels[_heads[arc]] == _levels[vertex] + 1;

    // After the last levelling the reached side is known; what leaves it is the cut.
    private List<ArcLabel> Crossing()
    {
        List<ArcLabel> crossing = [];
        foreach (int arc in _kept)
        {
            if (_levels[_graph.Firsts[arc]] >= 0 && _levels[_graph.Thens[arc]] < 0)
            {
                crossing.Add(_graph.Labels[arc]);
            }
        }

        return crossing;
    }
}
