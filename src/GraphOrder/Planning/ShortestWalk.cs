namespace GraphOrder;

/// <summary>
/// The shortest closed walk through at least two steps of a strong component: what makes a refusal readable.
/// </summary>
/// <remarks>
/// A walk's length is its number of dependencies; membership arcs cost nothing. From each step in turn, a
/// search backwards over the steps that stand later finds the walks that begin there, so that the answer
/// begins at the earliest step and, among equally short ones, takes the earliest next vertex each time. A
/// walk that leaves a step and comes back to it through connectors alone says nothing, so the search keeps
/// two layers: until and after it has met another step. O(V × (V + A)) time for the exact answer, O(V + A)
/// for the walk through the first step; O(V + A) space.
/// </remarks>
internal sealed class ShortestWalk
{
    /// <summary>
    /// Vertices × arcs of a component up to which the answer is exact (contract, <c>plan.md</c>).
    /// </summary>
    public const long ExactMax = 200_000_000;

    private const int Unreached = int.MaxValue;

    private readonly int[] _vertices;
    private readonly int _stepCount;
    private readonly WalkArc[] _arcs;
    private readonly int[] _firstArcFrom;
    private readonly AdjacencyRows _arcsInto;
    private readonly int[] _distances;
    private readonly long _exactMax;
    private List<int> _level = [];
    private List<int> _nextLevel = [];

    private ShortestWalk(PrecedenceGraph graph, int[] component, bool isReversed, long exactMax)
    {
        _exactMax = exactMax;
        _vertices = component;
        while (_stepCount < component.Length && graph.IsStep(component[_stepCount]))
        {
            _stepCount++;
        }

        _arcs = ArcsInside(graph, component, isReversed);
        _firstArcFrom = new int[component.Length + 1];
        int[] thens = new int[_arcs.Length];
        for (int arc = 0; arc < _arcs.Length; arc++)
        {
            _firstArcFrom[_arcs[arc].First + 1] = arc + 1;
            thens[arc] = _arcs[arc].Then;
        }

        for (int vertex = 0; vertex < component.Length; vertex++)
        {
            _firstArcFrom[vertex + 1] = Math.Max(_firstArcFrom[vertex + 1], _firstArcFrom[vertex]);
        }

        _arcsInto = AdjacencyRows.Of(component.Length, thens);
        _distances = new int[2 * component.Length];
    }

    private bool IsExact => (long)_vertices.Length * _arcs.Length <= _exactMax;

    /// <summary>Finds the walk.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="component">A strong component with two steps or more, sorted.</param>
    /// <param name="isReversed">
    /// Whether to choose among equally short walks as if all arcs ran the other way; the walk itself runs
    /// with them.
    /// </param>
    /// <param name="isShortest">Whether no shorter one exists.</param>
    /// <param name="cancellation">Checked for each step.</param>
    /// <param name="exactMax">Vertices × arcs up to which the answer is to be exact.</param>
    public static WalkArc[] Find(
        PrecedenceGraph graph,
        int[] component,
        bool isReversed,
        out bool isShortest,
        CancellationToken cancellation,
        long exactMax = ExactMax)
    {
        ShortestWalk search = new(graph, component, isReversed, exactMax);
        isShortest = search.IsExact;
        int startCount = search.IsExact ? search._stepCount : 1;
        List<WalkArc> best = [];
        int bestLength = Unreached;
        for (int start = 0; start < startCount; start++)
        {
            cancellation.ThrowIfCancellationRequested();
            int length = search.Measure(start, bestLength);
            if (length < bestLength)
            {
                bestLength = length;
                best = search.Trace(start, length);
            }
        }

        Invariant.Require(best.Count > 0, "a strong component with two steps has a closed walk");
        WalkArc[] walk = new WalkArc[best.Count];
        for (int i = 0; i < walk.Length; i++)
        {
            WalkArc arc = best[isReversed ? walk.Length - 1 - i : i];
            int first = component[isReversed ? arc.Then : arc.First];
            int then = component[isReversed ? arc.First : arc.Then];
            walk[i] = new WalkArc(first, then, arc.Label);
        }

        return walk;
    }

    private static WalkArc[] ArcsInside(PrecedenceGraph graph, int[] component, bool isReversed)
    {
        Dictionary<int, int> local = new(component.Length);
        for (int i = 0; i < component.Length; i++)
        {
            local.Add(component[i], i);
        }

        List<WalkArc> inside = [];
        for (int first = 0; first < component.Length; first++)
        {
            foreach (int arc in graph.Rows[component[first]])
            {
                if (local.TryGetValue(graph.Thens[arc], out int then))
                {
                    inside.Add(new WalkArc(
                        isReversed ? then : first, isReversed ? first : then, graph.Labels[arc]));
                }
            }
        }

        inside.Sort(static (x, y) =>
            x.First != y.First ? x.First.CompareTo(y.First)
            : x.Then != y.Then ? x.Then.CompareTo(y.Then)
            : x.Label.CompareTo(y.Label));
        List<WalkArc> distinct = new(inside.Count);
        foreach (WalkArc arc in inside)
        {
            if (distinct.Count == 0 || distinct[^1].First != arc.First || distinct[^1].Then != arc.Then)
            {
                distinct.Add(arc);
            }
        }

        return [.. distinct];
    }

    private static int Cost(ArcLabel label) => label.IsMembership ? 0 : 1;

    // Node = vertex, plus the number of vertices where another step has been met.
    private int NodeAfter(int start, int node, int then)
    {
        bool hasMetAnother = node >= _vertices.Length;
        if (hasMetAnother)
        {
            return then + _vertices.Length;
        }

        return then >= _stepCount ? then : then == start ? -1 : then + _vertices.Length;
    }

    /// <summary>
    /// Fills the distances to the start, met again after another step; returns that of the start.
    /// </summary>
    private int Measure(int start, int lengthMax)
    {
        int count = _vertices.Length;
        Array.Fill(_distances, Unreached);
        _level.Clear();
        _distances[start + count] = 0;
        _level.Add(start + count);
        for (int distance = 0; _level.Count > 0 && distance < lengthMax; distance++)
        {
            _nextLevel.Clear();
            for (int i = 0; i < _level.Count; i++)
            {
                Relax(start, _level[i], distance);
            }

            (_level, _nextLevel) = (_nextLevel, _level);
        }

        return _distances[start];
    }

    private void Relax(int start, int node, int distance)
    {
        int count = _vertices.Length;
        if (_distances[node] != distance)
        {
            return;
        }

        foreach (int index in _arcsInto[node % count])
        {
            WalkArc arc = _arcs[index];
            if (arc.First < start)
            {
                continue;
            }

            for (int layer = 0; layer <= count; layer += count)
            {
                int previous = arc.First + layer;
                bool isStart = arc.First == start;
                bool isInLayer = layer == 0 ? isStart || arc.First >= _stepCount : !isStart;
                int cost = Cost(arc.Label);
                if (isInLayer && NodeAfter(start, previous, arc.Then) == node
                    && _distances[previous] > distance + cost)
                {
                    _distances[previous] = distance + cost;
                    (cost == 0 ? _level : _nextLevel).Add(previous);
                }
            }
        }
    }

    private List<WalkArc> Trace(int start, int length)
    {
        List<WalkArc> walk = [];
        int node = start;
        int left = length;
        while (left > 0 || walk.Count == 0 || node != start + _vertices.Length)
        {
            int vertex = node % _vertices.Length;
            for (int index = _firstArcFrom[vertex]; index < _firstArcFrom[vertex + 1]; index++)
            {
                WalkArc arc = _arcs[index];
                int next = NodeAfter(start, node, arc.Then);
                if (next >= 0 && _distances[next] == left - Cost(arc.Label))
                {
                    walk.Add(arc);
                    left -= Cost(arc.Label);
                    node = next;
                    break;
                }
            }

            Invariant.Require(node % _vertices.Length != vertex, "each arc of a shortest walk comes nearer");
        }

        return walk;
    }
}
