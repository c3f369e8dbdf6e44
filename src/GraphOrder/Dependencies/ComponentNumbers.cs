namespace GraphOrder;

/// <summary>
/// Numbers the strong components of a graph so that every arc between two of them leads to the lower number
/// (Tarjan, with a stack of its own instead of recursion).
/// </summary>
internal static class ComponentNumbers
{
    private const int Unseen = 0;
    private const int Closed = int.MaxValue;

    /// <summary>The number of each vertex's component.</summary>
    /// <param name="rows">The arcs by the vertex that they leave.</param>
    /// <param name="count">How many components there are.</param>
    /// <remarks>O(V + E) time, O(V) space.</remarks>
    public static int[] Of(ArcRows rows, out int count)
    {
        int vertexCount = rows.RowCount;
        int[] components = new int[vertexCount];
        int[] seen = new int[vertexCount];
        int[] lows = new int[vertexCount];
        int[] next = new int[vertexCount];
        Stack<int> path = new();
        Stack<int> open = new();
        int number = 0;
        count = 0;
        for (int root = 0; root < vertexCount; root++)
        {
            if (seen[root] == Unseen)
            {
                path.Push(root);
            }

            while (path.TryPeek(out int vertex))
            {
                if (seen[vertex] == Unseen)
                {
                    seen[vertex] = lows[vertex] = ++number;
                    open.Push(vertex);
                }

                if (TryDescend(rows, seen, lows, next, vertex, out int head))
                {
                    path.Push(head);
                    continue;
                }

                path.Pop();
                if (path.TryPeek(out int caller))
                {
                    lows[caller] = Math.Min(lows[caller], lows[vertex]);
                }

                if (lows[vertex] == seen[vertex])
                {
                    Close(components, seen, open, vertex, count++);
                }
            }
        }

        return components;
    }

    private static bool TryDescend(
        ArcRows rows, int[] seen, int[] lows, int[] next, int vertex, out int head)
    {
        ReadOnlySpan<int> heads = rows[vertex];
        while (next[vertex] < heads.Length)
        {
            head = heads[next[vertex]++];
            if (seen[head] == Unseen)
            {
                return true;
            }

            if (seen[head] != Closed)
            {
                lows[vertex] = Math.Min(lows[vertex], seen[head]);
            }
        }

        head = -1;
        return false;
    }

    private static void Close(int[] components, int[] seen, Stack<int> open, int vertex, int number)
    {
        int taken;
        do
        {
            taken = open.Pop();
            seen[taken] = Closed;
            components[taken] = number;
        }
        while (taken != vertex);
    }
}
