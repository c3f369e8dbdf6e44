namespace GraphOrder;

/// <summary>
/// The objects that the kernel moves and that, in a phase, lie on a path from one thing that has a step to
/// another. All others order nothing and are left out early: bridges and units are mostly ends of paths.
/// </summary>
internal sealed class KernelMovedPaths
{
    private readonly Dictionary<int, (int Needs, int NeededBy)> _degrees = [];
    private readonly Queue<int> _ends = new();

    /// <summary>Whether an object is one of those of the phase that was read last.</summary>
    public bool Contains(int id) => _degrees.ContainsKey(id);

    /// <summary>Finds those objects of one phase. O(V + E).</summary>
    public void Read(DependencyGraph graph, PhaseSet[] phases, Phase phase)
    {
        _degrees.Clear();
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
                _degrees.Add(i, (needs, neededBy));
                if (needs == 0 || neededBy == 0)
                {
                    _ends.Enqueue(i);
                }
            }
        }

        while (_ends.TryDequeue(out int end))
        {
            if (_degrees.Remove(end))
            {
                Peel(graph, phases, phase, new ObjectId(end));
            }
        }
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

    private void Peel(DependencyGraph graph, PhaseSet[] phases, Phase phase, ObjectId id)
    {
        int first = graph.FirstDependencyOf(id);
        ReadOnlySpan<Dependency> dependencies = graph.DependenciesOf(id);
        for (int i = 0; i < dependencies.Length; i++)
        {
            if (phases[first + i].Contains(phase))
            {
                Take(dependencies[i].On, 0, 1);
            }
        }

        foreach (int dependency in graph.DependentsOf(id))
        {
            if (phases[dependency].Contains(phase))
            {
                Take(graph.Dependencies[dependency].Dependent, 1, 0);
            }
        }
    }

    private void Take(DependencyEnd end, int needs, int neededBy)
    {
        if (end.IsSession || !_degrees.TryGetValue(end.ObjectId.Index, out (int Needs, int NeededBy) left))
        {
            return;
        }

        left = (left.Needs - needs, left.NeededBy - neededBy);
        _degrees[end.ObjectId.Index] = left;
        if (left.Needs == 0 || left.NeededBy == 0)
        {
            _ends.Enqueue(end.ObjectId.Index);
        }
    }
}
