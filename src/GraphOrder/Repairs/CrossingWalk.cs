namespace GraphOrder;

/// <summary>A closed walk through two given vertices of a strong component.</summary>
internal static class CrossingWalk
{
    /// <summary>
    /// The shortest way from the first vertex to the other, and the shortest way back. O(V + A) of the
    /// component.
    /// </summary>
    public static WalkArc[] Find(PrecedenceGraph graph, int[] component, int other)
    {
        AdjacencyRows rows = graph.Rows;
        HashSet<int> inside = [.. component];
        return [.. Way(graph, rows, inside, component[0], other), .. Way(
            graph, rows, inside, other, component[0])];
    }

    private static List<WalkArc> Way(
        PrecedenceGraph graph, AdjacencyRows rows, HashSet<int> inside, int start, int end)
    {
        Dictionary<int, int> arcInto = [];
        Queue<int> queue = new([start]);
        while (!arcInto.ContainsKey(end) && queue.TryDequeue(out int vertex))
        {
            foreach (int arc in rows[vertex])
            {
                int then = graph.Thens[arc];
                if (then != start && inside.Contains(then) && arcInto.TryAdd(then, arc))
                {
                    queue.Enqueue(then);
                }
            }
        }

        List<WalkArc> way = [];
        for (int vertex = end; vertex != start; vertex = way[^1].First)
        {
            int arc = arcInto[vertex];
            way.Add(new WalkArc(graph.Firsts[arc], vertex, graph.Labels[arc]));
        }

        way.Reverse();
        return way;
    }
}
