namespace GraphOrder;

/// <summary>
/// The arcs of a graph as ordering wants them: for each vertex what goes after it, side by side, and how many
/// go before it. Made by counting, stable in the arcs' order. Its memory serves the next arcs too. Not
/// thread-safe.
/// </summary>
internal sealed class OrderRows
{
    private const int SmallMax = 1 << 15;
    private const int SampleCount = 256;
    private const int NearMax = 4096;

    private int[] _begins = [];
    private int[] _thens = [];
    private int[] _before = [];

    public int VertexCount { get; private set; }

    public int ArcCount { get; private set; }

    /// <summary>
    /// Whether most arcs connect vertices whose numbers are near, as in a document that tells guest after
    /// guest, or all fit into a cache anyway. A guess from some arcs: nothing but speed hangs on it.
    /// </summary>
    public bool IsLocal { get; private set; }

    /// <summary>Where the row of each vertex begins; one more for the end of the last.</summary>
    public ReadOnlySpan<int> Begins => _begins.AsSpan(0, VertexCount + 1);

    /// <summary>The rows.</summary>
    public ReadOnlySpan<int> Thens => _thens.AsSpan(0, ArcCount);

    /// <summary>How many arcs lead to each vertex.</summary>
    public ReadOnlySpan<int> Before => _before.AsSpan(0, VertexCount);

    /// <summary>What goes after a vertex.</summary>
    public ReadOnlySpan<int> this[int vertex] =>
        _thens.AsSpan(_begins[vertex], _begins[vertex + 1] - _begins[vertex]);

    /// <summary>The rows of some arcs.</summary>
    /// <inheritdoc cref="Read"/>
    public static OrderRows Of(int vertexCount, ReadOnlySpan<int> firsts, ReadOnlySpan<int> thens)
    {
        OrderRows rows = new();
        rows.Read(vertexCount, firsts, thens);
        return rows;
    }

    /// <summary>
    /// Sorts arcs by the vertex that goes first. O(V + E); an arc from a vertex to itself must not be there.
    /// </summary>
    /// <param name="vertexCount">How many vertices there are.</param>
    /// <param name="firsts">The vertex of each arc that goes first.</param>
    /// <param name="thens">And the one that goes then.</param>
    public void Read(int vertexCount, ReadOnlySpan<int> firsts, ReadOnlySpan<int> thens)
    {
        VertexCount = vertexCount;
        ArcCount = firsts.Length;
        IsLocal = AreNear(vertexCount, firsts, thens);
        Span<int> begins = Scratch.TakeZeros(ref _begins, vertexCount + 1);
        Span<int> before = Scratch.TakeZeros(ref _before, vertexCount);
        Span<int> sorted = Scratch.Take(ref _thens, firsts.Length);
        unchecked
        {
            for (int arc = 0; arc < firsts.Length && arc < thens.Length; arc++)
            {
                begins[firsts[arc]]++;
                before[thens[arc]]++;
            }

            int behind = 0;
            foreach (ref int begin in begins)
            {
                behind += begin;
                begin = behind;
            }

            for (int arc = firsts.Length - 1; arc >= 0; arc--)
            {
                sorted[--begins[firsts[arc]]] = thens[arc];
            }
        }
    }

    private static bool AreNear(int vertexCount, ReadOnlySpan<int> firsts, ReadOnlySpan<int> thens)
    {
        if (vertexCount <= SmallMax)
        {
            return true;
        }

        int near = 0;
        int stride = Math.Max(1, firsts.Length / SampleCount);
        int looked = 0;
        for (int arc = 0; arc < firsts.Length; arc += stride)
        {
            near += Math.Abs(firsts[arc] - thens[arc]) < NearMax ? 1 : 0;
            looked++;
        }

        return near * 4 >= looked * 3;
    }
}
