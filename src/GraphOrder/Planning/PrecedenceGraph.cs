namespace GraphOrder;

/// <summary>
/// What one named order must respect. Vertices 0 … <see cref="StepCount"/>-1 are the things to order, in
/// document order; the connectors after them (an object that the kernel moves, the end of a session) carry
/// paths and have no place of their own. Not thread-safe.
/// </summary>
internal sealed class PrecedenceGraph
{
    private const int CapacityLeast = 16;

    private int[] _firsts = [];
    private int[] _thens = [];
    private ArcLabel[] _labels = [];
    private AdjacencyRows? _rows;

    /// <summary>A graph without arcs.</summary>
    /// <param name="stepCount">How many things there are to order.</param>
    public PrecedenceGraph(int stepCount = 0) => Begin(stepCount);

    public int StepCount { get; private set; }

    public int VertexCount { get; private set; }

    public int ArcCount { get; private set; }

    public ReadOnlySpan<int> Firsts => _firsts.AsSpan(0, ArcCount);

    public ReadOnlySpan<int> Thens => _thens.AsSpan(0, ArcCount);

    public ReadOnlySpan<ArcLabel> Labels => _labels.AsSpan(0, ArcCount);

    /// <summary>The arcs by the vertex they leave; made once, O(V + A), and again after a change.</summary>
    public AdjacencyRows Rows => _rows ??= AdjacencyRows.Of(VertexCount, Firsts);

    public bool IsStep(int vertex) => vertex < StepCount;

    /// <summary>Makes it a graph without arcs.</summary>
    /// <param name="stepCount">How many things there are to order.</param>
    /// <param name="arcCount">How many arcs are to come, where that is known.</param>
    public void Begin(int stepCount, int arcCount = 0)
    {
        StepCount = stepCount;
        VertexCount = stepCount;
        ArcCount = 0;
        _rows = null;
        Scratch.Take(ref _firsts, arcCount);
        Scratch.Take(ref _thens, arcCount);
        Scratch.Take(ref _labels, arcCount);
    }

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

        int arc = ArcCount;
        if (arc == _firsts.Length)
        {
            Grow();
        }

        _firsts[arc] = first;
        _thens[arc] = then;
        _labels[arc] = label;
        ArcCount = arc + 1;
        _rows = null;
    }

    private void Grow()
    {
        int capacity = Math.Max(CapacityLeast, 2 * ArcCount);
        Array.Resize(ref _firsts, capacity);
        Array.Resize(ref _thens, capacity);
        Array.Resize(ref _labels, capacity);
    }
}
