namespace GraphOrder;

/// <summary>Arcs in compressed rows: for each vertex the others that its arcs lead to. Immutable.</summary>
internal sealed class ArcRows
{
    private readonly int[] _firsts;
    private readonly int[] _heads;

    private ArcRows(int[] firsts, int[] heads)
    {
        _firsts = firsts;
        _heads = heads;
    }

    /// <summary>How many vertices there are.</summary>
    public int RowCount => _firsts.Length - 1;

    /// <summary>Where the arcs of a vertex lead to.</summary>
    public ReadOnlySpan<int> this[int vertex] =>
        _heads.AsSpan(_firsts[vertex], _firsts[vertex + 1] - _firsts[vertex]);

    /// <summary>Puts arcs into rows, each row in the order of the arcs.</summary>
    /// <param name="rowCount">How many vertices there are.</param>
    /// <param name="rows">The vertex in whose row each arc stands.</param>
    /// <param name="heads">Where each arc leads to.</param>
    /// <remarks>O(V + E) time and space.</remarks>
    public static ArcRows Of(int rowCount, ReadOnlySpan<int> rows, ReadOnlySpan<int> heads)
    {
        int[] firsts = new int[rowCount + 1];
        foreach (int row in rows)
        {
            firsts[row + 1]++;
        }

        for (int row = 0; row < rowCount; row++)
        {
            firsts[row + 1] += firsts[row];
        }

        int[] next = firsts[..rowCount];
        int[] sorted = new int[rows.Length];
        for (int arc = 0; arc < rows.Length; arc++)
        {
            sorted[next[rows[arc]]++] = heads[arc];
        }

        return new(firsts, sorted);
    }
}
