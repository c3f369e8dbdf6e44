using System.Runtime.InteropServices;

namespace GraphOrder;

/// <summary>
/// What one named order must respect. Vertices 0 … <see cref="StepCount"/>-1 are the things to order, in
/// document order; the connectors after them (an object that the kernel moves, the end of a session) carry
/// paths and have no place of their own. Not thread-safe.
/// </summary>
internal sealed class PrecedenceGraph
{
    private readonly List<int> _firsts;
    private readonly List<int> _thens;
    private readonly List<ArcLabel> _labels;
    private AdjacencyRows? _rows;

    /// <summary>A graph without arcs.</summary>
    /// <param name="stepCount">How many things there are to order.</param>
    /// <param name="arcCount">How many arcs are to come, where that is known.</param>
    public PrecedenceGraph(int stepCount, int arcCount = 0)
    {
        _firsts = new List<int>(arcCount);
        _thens = new List<int>(arcCount);
        _labels = new List<ArcLabel>(arcCount);
        StepCount = stepCount;
        VertexCount = stepCount;
    }

    public int StepCount { get; }

    public int VertexCount { get; private set; }

    public int ArcCount => _firsts.Count;

    public ReadOnlySpan<int> Firsts => CollectionsMarshal.AsSpan(_firsts);

    public ReadOnlySpan<int> Thens => CollectionsMarshal.AsSpan(_thens);

    public ReadOnlySpan<ArcLabel> Labels => CollectionsMarshal.AsSpan(_labels);

    /// <summary>The arcs by the vertex they leave; made once, O(V + A), and again after a change.</summary>
    public AdjacencyRows Rows => _rows ??= AdjacencyRows.Of(VertexCount, Firsts);

    public bool IsStep(int vertex) => vertex < StepCount;

    public int AddConnector()
    {
        _rows = null;
        return VertexCount++;
    }

    /// <summary>Adds that one vertex goes before another; of a vertex and itself nothing is said.</summary>
    public void AddArc(int first, int then, ArcLabel label)
    {
        if (first == then)
        {
            return;
        }

        _rows = null;
        _firsts.Add(first);
        _thens.Add(then);
        _labels.Add(label);
    }
}
