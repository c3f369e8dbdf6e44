using System.Buffers;

namespace GraphOrder;

/// <summary>
/// The arcs of a graph as ordering wants them: for each vertex what goes after it, side by side, and how many
/// go before it. Made by counting, stable in the arcs' order; lends its arrays, so it is to be disposed. Not
/// thread-safe.
/// </summary>
internal sealed class OrderRows : IDisposable
{
    private const int SmallMax = 1 << 15;
    private const int SampleCount = 256;
    private const int NearMax = 4096;

    private readonly int[] _begins;
    private readonly int[] _thens;
    private readonly int[] _before;

    private OrderRows(int vertexCount, int arcCount, bool isLocal)
    {
        VertexCount = vertexCount;
        ArcCount = arcCount;
        IsLocal = isLocal;
        _begins = ArrayPool<int>.Shared.Rent(vertexCount + 1);
        _thens = ArrayPool<int>.Shared.Rent(arcCount);
        _before = ArrayPool<int>.Shared.Rent(vertexCount);
    }

    public int VertexCount { get; }

    public int ArcCount { get; }

    /// <summary>
    /// Whether most arcs connect vertices whose numbers are near, as in a document that tells guest after
    /// guest, or all fit into a cache anyway. A guess from some arcs: nothing but speed hangs on it.
    /// </summary>
    public bool IsLocal { get; }

    /// <summary>Where the row of each vertex begins; one more for the end of the last.</summary>
    public ReadOnlySpan<int> Begins => _begins.AsSpan(0, VertexCount + 1);

    /// <summary>The rows.</summary>
    public ReadOnlySpan<int> Thens => _thens.AsSpan(0, ArcCount);

    /// <summary>How many arcs lead to each vertex.</summary>
    public ReadOnlySpan<int> Before => _before.AsSpan(0, VertexCount);

    /// <summary>What goes after a vertex.</summary>
    public ReadOnlySpan<int> this[int vertex] =>
        _thens.AsSpan(_begins[vertex], _begins[vertex + 1] - _begins[vertex]);

    /// <summary>
    /// Sorts arcs by the vertex that goes first. O(V + E); an arc from a vertex to itself must not be there.
    /// </summary>
    public static OrderRows Of(int vertexCount, ReadOnlySpan<int> firsts, ReadOnlySpan<int> thens)
    {
        OrderRows rows = new(vertexCount, firsts.Length, AreNear(vertexCount, firsts, thens));
        Span<int> begins = rows._begins.AsSpan(0, vertexCount + 1);
        Span<int> before = rows._before.AsSpan(0, vertexCount);
        begins.Clear();
        before.Clear();
        Span<int> sorted = rows._thens.AsSpan(0, firsts.Length);
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

        return rows;
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_begins);
        ArrayPool<int>.Shared.Return(_thens);
        ArrayPool<int>.Shared.Return(_before);
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
