namespace GraphOrder.Reports;

/// <summary>
/// What a dependency on an object that the kernel moves leads to: within one phase a path whose inner objects
/// are all moved by the kernel counts as one dependency.
/// </summary>
/// <remarks>
/// O(V + E) to make. A query looks only where a file can be reached, and at no more than a fixed number.
/// </remarks>
internal sealed class KernelMovedTargets
{
    private const int VisitedMax = 256;

    private readonly DependencyGraph _graph;
    private readonly BindingPhases _binding;
    private readonly bool[] _reachesFile;

    public KernelMovedTargets(DependencyGraph graph, BindingPhases binding)
    {
        _graph = graph;
        _binding = binding;
        _reachesFile = new bool[graph.ObjectCount];
        Stack<ObjectId> open = new();
        foreach (Dependency dependency in graph.Dependencies)
        {
            if (IsMoved(dependency.Dependent) && !IsMoved(dependency.On))
            {
                Mark(open, dependency.Dependent.ObjectId);
            }
        }

        while (open.TryPop(out ObjectId reached))
        {
            foreach (int index in graph.DependentsOf(reached))
            {
                if (IsMoved(graph.Dependencies[index].Dependent))
                {
                    Mark(open, graph.Dependencies[index].Dependent.ObjectId);
                }
            }
        }
    }

    /// <summary>Whether the kernel moves an end by itself.</summary>
    public bool IsMoved(DependencyEnd end) => !end.IsSession && _graph[end.ObjectId].IsMovedByKernel;

    /// <summary>Adds the ends that are not moved by the kernel and that a path leads to in a phase.</summary>
    public void AddTo(List<DependencyEnd> found, ObjectId moved, Phase phase)
    {
        if (!_reachesFile[moved.Index])
        {
            return;
        }

        HashSet<DependencyEnd> seen = [moved];
        Queue<DependencyEnd> open = new();
        open.Enqueue(moved);
        while (open.TryDequeue(out DependencyEnd end))
        {
            foreach (Dependency dependency in _graph.DependenciesOf(end))
            {
                if (seen.Count >= VisitedMax
                    || !_binding.Of(dependency).Contains(phase)
                    || !seen.Add(dependency.On))
                {
                    continue;
                }

                if (!IsMoved(dependency.On))
                {
                    found.Add(dependency.On);
                }
                else if (_reachesFile[dependency.On.ObjectId.Index])
                {
                    open.Enqueue(dependency.On);
                }
            }
        }
    }

    private void Mark(Stack<ObjectId> open, ObjectId moved)
    {
        if (!_reachesFile[moved.Index])
        {
            _reachesFile[moved.Index] = true;
            open.Push(moved);
        }
    }
}
