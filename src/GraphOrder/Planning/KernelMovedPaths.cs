namespace GraphOrder;

/// <summary>
/// The objects that the kernel moves and that, in a phase, lie on a path from one thing that has a step to
/// another. All others order nothing and are left out early: bridges and units are mostly ends of paths.
/// </summary>
internal static class KernelMovedPaths
{
    /// <summary>Those objects of one phase. O(V + E).</summary>
    public static HashSet<int> Of(DependencyGraph graph, PhaseSet[] phases, Phase phase)
    {
        Dictionary<int, (int Needs, int NeededBy)> degrees = [];
        Queue<int> ends = new();
        for (int i = 0; i < graph.ObjectCount; i++)
        {
            ObjectId id = new(i);
            if (!graph[id].IsMovedByKernel)
            {
                continue;
            }

            (int needs, int neededBy) = Degrees(graph, phases, phase, id);
            if (needs + neededBy > 0)
            {
                degrees.Add(i, (needs, neededBy));
                if (needs == 0 || neededBy == 0)
                {
                    ends.Enqueue(i);
                }
            }
        }

        while (ends.TryDequeue(out int end))
        {
            if (degrees.Remove(end))
            {
                Peel(graph, phases, phase, new ObjectId(end), degrees, ends);
            }
        }

        return [.. degrees.Keys];
    }

    private static (int Needs, int NeededBy) Degrees(
        DependencyGraph graph, PhaseSet[] phases, Phase phase, ObjectId id)
    {
        int needs = 0;
        int first = graph.FirstDependencyOf(id);
        for (int i = 0; i < graph.DependenciesOf(id).Length; i++)
        {
            needs += phases[first + i].Contains(phase) ? 1 : 0;
        }

        int neededBy = 0;
        foreach (int dependency in graph.DependentsOf(id))
        {
            neededBy += phases[dependency].Contains(phase) ? 1 : 0;
        }

        return (needs, neededBy);
    }

    private static void Peel(
        DependencyGraph graph,
        PhaseSet[] phases,
        Phase phase,
        ObjectId id,
        Dictionary<int, (int Needs, int NeededBy)> degrees,
        Queue<int> ends)
    {
        int first = graph.FirstDependencyOf(id);
        ReadOnlySpan<Dependency> dependencies = graph.DependenciesOf(id);
        for (int i = 0; i < dependencies.Length; i++)
        {
            if (phases[first + i].Contains(phase))
            {
                Take(dependencies[i].On, 0, 1, degrees, ends);
            }
        }

        foreach (int dependency in graph.DependentsOf(id))
        {
            if (phases[dependency].Contains(phase))
            {
                Take(graph.Dependencies[dependency].Dependent, 1, 0, degrees, ends);
            }
        }
    }

    private static void Take(
        DependencyEnd end,
        int needs,
        int neededBy,
        Dictionary<int, (int Needs, int NeededBy)> degrees,
        Queue<int> ends)
    {
        if (end.IsSession || !degrees.TryGetValue(end.ObjectId.Index, out (int Needs, int NeededBy) left))
        {
            return;
        }

        left = (left.Needs - needs, left.NeededBy - neededBy);
        degrees[end.ObjectId.Index] = left;
        if (left.Needs == 0 || left.NeededBy == 0)
        {
            ends.Enqueue(end.ObjectId.Index);
        }
    }
}
