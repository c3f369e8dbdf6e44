namespace GraphOrder;

/// <summary>
/// Arcs by the vertex they leave: compressed sparse rows made by counting, stable in the arcs' order.
/// </summary>
internal sealed class AdjacencyRows
{
    private readonly int[] _offsets;
    private readonly int[] _arcs;

    private AdjacencyRows(int[] offsets, int[] arcs)
    {
        _offsets = offsets;
        _arcs = arcs;
    }

    /// <summary>The arcs that leave a vertex.</summary>
    public ReadOnlySpan<int> this[int vertex] =>
        _arcs.AsSpan(_offsets[vertex], _offsets[vertex + 1] - _offsets[vertex]);

    /// <summary>Sorts arcs by one of their ends. O(V + E).</summary>
    public static AdjacencyRows Of(int vertexCount, ReadOnlySpan<int> ends)
    {
        int[] offsets = new int[vertexCount + 1];
        foreach (int end in ends)
        {
            offsets[end + 1]++;
        }

        for (int vertex = 0; vertex < vertexCount; vertex++)
        {
            offsets[vertex + 1] += offsets[vertex];
        }

        int[] next = [.. offsets];
        int[] arcs = new int[ends.Length];
        for (int arc = 0; arc < ends.Length; arc++)
        {
            arcs[next[ends[arc]]++] = arc;
        }

        return new AdjacencyRows(offsets, arcs);
    }
}
