namespace GraphOrder;

/// <summary>
/// Soft dependencies whose waiving certainly helps, in linear time and without a promise of being few: an
/// order of a strong component that keeps every hard arc, chosen so that little soft weight runs backward in
/// it.
/// </summary>
/// <remarks>
/// Kahn's algorithm on the hard arcs alone; of the vertices that it may take next it takes the one that the
/// least soft weight still leads to. O(A log V) time, O(V + A) space.
/// </remarks>
internal static class SoftBackward
{
    /// <summary>Adds what runs backward to what is waived.</summary>
    public static void Add(RepairProblem problem, Contradiction found, HashSet<int> waived)
    {
        PrecedenceGraph graph = found.Graph;
        Dictionary<int, List<int>> arcsFrom = [];
        Dictionary<int, long> softInto = [];
        Dictionary<int, int> hardInto = [];
        foreach (int vertex in found.Component)
        {
            arcsFrom.Add(vertex, []);
            softInto.Add(vertex, 0);
            hardInto.Add(vertex, 0);
        }

        for (int arc = 0; arc < graph.ArcCount; arc++)
        {
            int then = graph.Thens[arc];
            if (!arcsFrom.TryGetValue(graph.Firsts[arc], out List<int>? own) || !softInto.ContainsKey(then)
                || IsWaived(graph.Labels[arc], waived))
            {
                continue;
            }

            own.Add(arc);
            if (IsSoft(problem, graph.Labels[arc]))
            {
                softInto[then] = RepairCost.Sum(softInto[then], Weight(problem, graph.Labels[arc]));
            }
            else
            {
                hardInto[then]++;
            }
        }

        Place(problem, graph, arcsFrom, softInto, hardInto, waived);
    }

    private static void Place(
        RepairProblem problem,
        PrecedenceGraph graph,
        Dictionary<int, List<int>> arcsFrom,
        Dictionary<int, long> softInto,
        Dictionary<int, int> hardInto,
        HashSet<int> waived)
    {
        // What comes through connectors alone may lead back to its own step: then hard arcs wait for ever,
        // and what waits for the fewest of them goes next.
        PriorityQueue<int, (int Hard, long Soft, int Vertex)> ready = new();
        foreach (int vertex in arcsFrom.Keys)
        {
            ready.Enqueue(vertex, (hardInto[vertex], softInto[vertex], vertex));
        }

        HashSet<int> placed = [];
        while (ready.TryDequeue(out int vertex, out (int Hard, long Soft, int Vertex) key))
        {
            bool isStale = key.Hard != hardInto[vertex] || key.Soft != softInto[vertex];
            if (isStale || !placed.Add(vertex))
            {
                continue;
            }

            foreach (int arc in arcsFrom[vertex])
            {
                int then = graph.Thens[arc];
                ArcLabel label = graph.Labels[arc];
                bool isSoft = IsSoft(problem, label);
                if (placed.Contains(then))
                {
                    _ = isSoft && waived.Add(label.Dependency);
                    continue;
                }

                hardInto[then] -= isSoft ? 0 : 1;
                softInto[then] -= isSoft ? Math.Min(softInto[then], Weight(problem, label)) : 0;
                ready.Enqueue(then, (hardInto[then], softInto[then], then));
            }
        }
    }

    private static bool IsSoft(RepairProblem problem, ArcLabel label) =>
        label.IsDependency && problem.IsSoft(label.Dependency);

    private static long Weight(RepairProblem problem, ArcLabel label) => problem.WeightOf(label.Dependency);

    private static bool IsWaived(ArcLabel label, HashSet<int> waived) =>
        label.IsDependency && waived.Contains(label.Dependency);
}
