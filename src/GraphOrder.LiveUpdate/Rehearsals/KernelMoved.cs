namespace GraphOrder.LiveUpdate;

/// <summary>
/// Objects that the kernel moves by itself: a dependency that leads to one goes on through what that one
/// needs in the same phase.
/// </summary>
internal sealed class KernelMoved(DependencyGraph graph, PhaseSet[] binding)
{
    /// <summary>Tells every pair that a dependency stands for; vertices are objects, then sessions.</summary>
    public void Expand(Phase phase, int dependency, Action<int, int> tell)
    {
        int dependent = VertexOf(graph.Dependencies[dependency].Dependent);
        int on = VertexOf(graph.Dependencies[dependency].On);
        if (IsMoved(dependent))
        {
            // Told from where a path begins.
            return;
        }

        if (!IsMoved(on))
        {
            tell(dependent, on);
            return;
        }

        HashSet<int> seen = [on];
        Stack<int> open = new([on]);
        while (open.TryPop(out int moved))
        {
            int first = graph.FirstDependencyOf(new ObjectId(moved));
            int count = graph.DependenciesOf(new ObjectId(moved)).Length;
            for (int i = first; i < first + count; i++)
            {
                int further = VertexOf(graph.Dependencies[i].On);
                if (!binding[i].Contains(phase) || !seen.Add(further))
                {
                    continue;
                }

                if (IsMoved(further))
                {
                    open.Push(further);
                }
                else
                {
                    tell(dependent, further);
                }
            }
        }
    }

    private bool IsMoved(int vertex) =>
        vertex < graph.ObjectCount && graph[new ObjectId(vertex)].IsMovedByKernel;

    private int VertexOf(DependencyEnd end) =>
        end.IsSession ? graph.ObjectCount + end.SessionId.Index : end.ObjectId.Index;
}
