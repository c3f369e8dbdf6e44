namespace GraphOrder;

/// <summary>Tarjan's strong components, with a stack of its own instead of recursion.</summary>
internal static class StrongComponents
{
    private const int Unseen = 0;
    private const int Closed = int.MaxValue;

    /// <summary>The components of two vertices or more among some vertices of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="among">The vertices to look at, sorted; arcs that leave them are not followed.</param>
    /// <param name="cancellation">Checked now and then.</param>
    /// <returns>Each component's vertices, unsorted. O(V + E) time and space.</returns>
    public static List<int[]> Of(PrecedenceGraph graph, int[] among, CancellationToken cancellation)
    {
        AdjacencyRows rows = AdjacencyRows.Of(graph.VertexCount, graph.Firsts);
        int[] numbers = new int[graph.VertexCount];
        int[] lows = new int[graph.VertexCount];
        int[] nextArcs = new int[graph.VertexCount];
        Array.Fill(numbers, Closed);
        foreach (int vertex in among)
        {
            numbers[vertex] = Unseen;
        }

        List<int[]> components = [];
        Stack<int> path = new();
        Stack<int> open = new();
        int number = 0;
        foreach (int root in among)
        {
            cancellation.ThrowIfCancellationRequested();
            if (numbers[root] != Unseen)
            {
                continue;
            }

            path.Push(root);
            while (path.TryPeek(out int vertex))
            {
                if (numbers[vertex] == Unseen)
                {
                    numbers[vertex] = lows[vertex] = ++number;
                    open.Push(vertex);
                }

                if (TryDescend(graph, rows, numbers, lows, nextArcs, vertex, out int next))
                {
                    path.Push(next);
                    continue;
                }

                path.Pop();
                if (path.TryPeek(out int caller))
                {
                    lows[caller] = Math.Min(lows[caller], lows[vertex]);
                }

                if (lows[vertex] == numbers[vertex])
                {
                    Close(numbers, open, vertex, components);
                }
            }
        }

        return components;
    }

    private static bool TryDescend(
        PrecedenceGraph graph,
        AdjacencyRows rows,
        int[] numbers,
        int[] lows,
        int[] nextArcs,
        int vertex,
        out int next)
    {
        ReadOnlySpan<int> arcs = rows[vertex];
        while (nextArcs[vertex] < arcs.Length)
        {
            next = graph.Thens[arcs[nextArcs[vertex]++]];
            if (numbers[next] == Unseen)
            {
                return true;
            }

            if (numbers[next] != Closed)
            {
                lows[vertex] = Math.Min(lows[vertex], numbers[next]);
            }
        }

        next = -1;
        return false;
    }

    private static void Close(int[] numbers, Stack<int> open, int vertex, List<int[]> components)
    {
        List<int> component = [];
        int taken;
        do
        {
            taken = open.Pop();
            numbers[taken] = Closed;
            component.Add(taken);
        }
        while (taken != vertex);

        if (component.Count > 1)
        {
            components.Add([.. component]);
        }
    }
}
