namespace GraphOrder;

/// <summary>
/// A number for each vertex that is smaller where an arc leads, and the same inside a strong component:
/// Tarjan's algorithm without recursion, in which components are complete in that very order.
/// </summary>
internal sealed class ComponentRanks
{
    private const int NotSeen = -1;

    private readonly int[] _firsts;
    private readonly int[] _targets;
    private readonly int[] _ranks;
    private readonly int[] _seen;
    private readonly int[] _lowest;
    private readonly Stack<int> _open = [];
    private readonly Stack<(int Vertex, int NextArc)> _walk = [];
    private int _seenCount;
    private int _rank;

    private ComponentRanks(int count, List<(int From, int To)> arcs)
    {
        _firsts = new int[count + 1];
        _targets = new int[arcs.Count];
        _ranks = new int[count];
        _seen = new int[count];
        _lowest = new int[count];
        Array.Fill(_seen, NotSeen);
        Array.Fill(_ranks, NotSeen);
        foreach ((int from, _) in arcs)
        {
            _firsts[from + 1]++;
        }

        for (int vertex = 0; vertex < count; vertex++)
        {
            _firsts[vertex + 1] += _firsts[vertex];
        }

        int[] next = _firsts[..count];
        foreach ((int from, int to) in arcs)
        {
            _targets[next[from]++] = to;
        }
    }

    /// <summary>The numbers, from 0 up. O(V + E) time and space.</summary>
    public static int[] Of(int count, List<(int From, int To)> arcs)
    {
        ComponentRanks found = new(count, arcs);
        for (int vertex = 0; vertex < count; vertex++)
        {
            if (found._seen[vertex] == NotSeen)
            {
                found.WalkFrom(vertex);
            }
        }

        return found._ranks;
    }

    private void Enter(int vertex)
    {
        _seen[vertex] = _lowest[vertex] = _seenCount++;
        _open.Push(vertex);
        _walk.Push((vertex, _firsts[vertex]));
    }

    private void WalkFrom(int root)
    {
        Enter(root);
        while (_walk.TryPop(out (int Vertex, int NextArc) at))
        {
            if (at.NextArc == _firsts[at.Vertex + 1])
            {
                Leave(at.Vertex);
                continue;
            }

            _walk.Push((at.Vertex, at.NextArc + 1));
            int target = _targets[at.NextArc];
            if (_seen[target] == NotSeen)
            {
                Enter(target);
            }
            else if (_ranks[target] == NotSeen)
            {
                _lowest[at.Vertex] = Math.Min(_lowest[at.Vertex], _seen[target]);
            }
        }
    }

    private void Leave(int vertex)
    {
        if (_walk.TryPeek(out (int Vertex, int NextArc) caller))
        {
            _lowest[caller.Vertex] = Math.Min(_lowest[caller.Vertex], _lowest[vertex]);
        }

        if (_lowest[vertex] != _seen[vertex])
        {
            return;
        }

        int member;
        do
        {
            member = _open.Pop();
            _ranks[member] = _rank;
        }
        while (member != vertex);
        _rank++;
    }
}
