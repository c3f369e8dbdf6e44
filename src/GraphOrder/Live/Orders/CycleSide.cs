namespace GraphOrder;

/// <summary>
/// One side of a search for cycles in a kept order, arc by arc, so that two sides can take turns: all that
/// follows some vertices, or all that goes before them, along the arcs of the order and those it has refused.
/// Not thread-safe.
/// </summary>
internal sealed class CycleSide
{
    private readonly IncrementalOrder _order;
    private readonly bool _isForward;
    private readonly Func<long, bool> _isInside;
    private readonly Dictionary<int, List<int>> _refused = [];
    private readonly Queue<int> _open = new();
    private readonly List<(int Vertex, int Next)> _passed = [];
    private int _vertex;
    private int _arc = IncrementalOrder.NoArc;

    /// <param name="order">The order.</param>
    /// <param name="refused">What it has refused.</param>
    /// <param name="isForward">Whether to look for what follows.</param>
    /// <param name="isInside">The places in the order at which to look at all.</param>
    public CycleSide(
        IncrementalOrder order, List<RefusedArc> refused, bool isForward, Func<long, bool> isInside)
    {
        _order = order;
        _isForward = isForward;
        _isInside = isInside;
        foreach (RefusedArc arc in refused)
        {
            int vertex = isForward ? arc.First : arc.Then;
            int next = isForward ? arc.Then : arc.First;
            if (!_refused.TryGetValue(vertex, out List<int>? nexts))
            {
                _refused.Add(vertex, nexts = []);
            }

            nexts.Add(next);
            Meet(next);
        }
    }

    /// <summary>What was found so far; where the side has come to its end, all.</summary>
    public HashSet<int> Found { get; } = [];

    /// <summary>Goes one arc on.</summary>
    /// <returns>False where there was none left.</returns>
    public bool TryStep()
    {
        while (_arc == IncrementalOrder.NoArc)
        {
            if (!_open.TryDequeue(out _vertex))
            {
                return false;
            }

            foreach (int next in _refused.GetValueOrDefault(_vertex) ?? [])
            {
                Pass(next);
            }

            _arc = _order.FirstArcOf(_vertex, _isForward);
        }

        Pass(_order.OtherEnd(_arc, _isForward));
        _arc = _order.NextArc(_arc, _isForward);
        return true;
    }

    /// <summary>Of what was found, all that lies between both ends of what was refused.</summary>
    public HashSet<int> Between()
    {
        Dictionary<int, List<int>> back = [];
        foreach ((int vertex, int next) in _passed)
        {
            if (!back.TryGetValue(next, out List<int>? vertices))
            {
                back.Add(next, vertices = []);
            }

            vertices.Add(vertex);
        }

        HashSet<int> between = [];
        Queue<int> open = new();
        foreach (int start in _refused.Keys)
        {
            if (Found.Contains(start) && between.Add(start))
            {
                open.Enqueue(start);
            }
        }

        while (open.TryDequeue(out int vertex))
        {
            foreach (int next in back.GetValueOrDefault(vertex) ?? [])
            {
                if (between.Add(next))
                {
                    open.Enqueue(next);
                }
            }
        }

        return between;
    }

    private void Pass(int next)
    {
        if (Meet(next))
        {
            _passed.Add((_vertex, next));
        }
    }

    private bool Meet(int vertex)
    {
        if (!_isInside(_order.PlaceOf(vertex)))
        {
            return false;
        }

        if (Found.Add(vertex))
        {
            _open.Enqueue(vertex);
        }

        return true;
    }
}
