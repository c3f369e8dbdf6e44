namespace GraphOrder;

/// <summary>
/// The shortest walks from some vertices to all that they reach, with the arcs or against them. The length
/// of a walk is its number of dependencies and fixed places; membership costs nothing.
/// </summary>
/// <remarks>
/// O(V + A) time and space. Among equally short walks the arcs of earlier dependencies win.
/// </remarks>
internal sealed class ChainTree
{
    private const int Unreached = int.MaxValue;

    private readonly PrecedenceGraph _graph;
    private readonly bool _isAgainstArcs;
    private readonly int[] _distances;
    private readonly int[] _arcTo;

    private ChainTree(PrecedenceGraph graph, bool isAgainstArcs)
    {
        _graph = graph;
        _isAgainstArcs = isAgainstArcs;
        _distances = new int[graph.VertexCount];
        _arcTo = new int[graph.VertexCount];
        Array.Fill(_distances, Unreached);
        Array.Fill(_arcTo, -1);
    }

    /// <summary>Whether a vertex is reached.</summary>
    public bool Reaches(int vertex) => _distances[vertex] != Unreached;

    /// <summary>The length of the shortest walk to a vertex that is reached.</summary>
    public int DistanceTo(int vertex) => _distances[vertex];

    /// <summary>Grows the tree.</summary>
    public static ChainTree Of(PrecedenceGraph graph, ReadOnlySpan<int> roots, bool isAgainstArcs)
    {
        ChainTree tree = new(graph, isAgainstArcs);
        AdjacencyRows rows = AdjacencyRows.Of(
            graph.VertexCount, isAgainstArcs ? graph.Thens : graph.Firsts);
        List<int> level = [];
        List<int> next = [];
        foreach (int root in roots)
        {
            tree._distances[root] = 0;
            level.Add(root);
        }

        for (int distance = 0; level.Count > 0; distance++)
        {
            next.Clear();
            for (int i = 0; i < level.Count; i++)
            {
                if (tree._distances[level[i]] == distance)
                {
                    tree.Relax(rows[level[i]], distance, level, next);
                }
            }

            (level, next) = (next, level);
        }

        return tree;
    }

    /// <summary>The walk between the roots and a vertex, in the direction of its arcs.</summary>
    public WalkArc[] WalkTo(int vertex)
    {
        List<WalkArc> walk = [];
        for (int arc = _arcTo[vertex]; arc >= 0; arc = _arcTo[vertex])
        {
            walk.Add(new WalkArc(_graph.Firsts[arc], _graph.Thens[arc], _graph.Labels[arc]));
            vertex = _isAgainstArcs ? _graph.Thens[arc] : _graph.Firsts[arc];
        }

        if (!_isAgainstArcs)
        {
            walk.Reverse();
        }

        return [.. walk];
    }

    private void Relax(ReadOnlySpan<int> arcs, int distance, List<int> level, List<int> next)
    {
        foreach (int arc in arcs)
        {
            int other = _isAgainstArcs ? _graph.Firsts[arc] : _graph.Thens[arc];
            int cost = _graph.Labels[arc].IsMembership ? 0 : 1;
            if (_distances[other] > distance + cost)
            {
                _distances[other] = distance + cost;
                _arcTo[other] = arc;
                (cost == 0 ? level : next).Add(other);
            }
        }
    }
}
