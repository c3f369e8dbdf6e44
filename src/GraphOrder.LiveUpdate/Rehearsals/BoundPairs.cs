namespace GraphOrder.LiveUpdate;

/// <summary>
/// Every pair of things of a set of which one needs the other in a phase: waivers aside, and paths through
/// what the kernel moves read as pairs of their ends.
/// </summary>
internal static class BoundPairs
{
    /// <summary>Tells each: phase, dependent and needed as vertices (objects, then sessions), the dependency.
    /// </summary>
    public static void ForEach(
        DependencyGraph graph, IReadOnlyList<string> waived, Action<Phase, int, int, int> tell)
    {
        PhaseSet[] binding = new PhaseSet[graph.DependencyCount];
        for (int i = 0; i < binding.Length; i++)
        {
            binding[i] = graph.Dependencies[i].Phases;
        }

        foreach (string text in waived)
        {
            Waive(graph, text, binding);
        }

        KernelMoved kernelMoved = new(graph, binding);
        for (int i = 0; i < binding.Length; i++)
        {
            foreach (Phase phase in binding[i])
            {
                kernelMoved.Expand(phase, i, (dependent, on) =>
                {
                    if (Binds(graph, phase, dependent) && Binds(graph, phase, on)
                        && !IsOwn(graph, dependent, on) && !IsOwn(graph, on, dependent))
                    {
                        tell(phase, dependent, on, i);
                    }
                });
            }
        }
    }

    // A session and what is in it: nothing orders the two.
    private static bool IsOwn(DependencyGraph graph, int vertex, int other) =>
        vertex >= graph.ObjectCount && other < graph.ObjectCount
        && graph.SessionOf(new ObjectId(other))?.Index == vertex - graph.ObjectCount;

    // An act counts in its own phase.
    private static bool Binds(DependencyGraph graph, Phase phase, int vertex) =>
        vertex >= graph.ObjectCount
        || (graph[new ObjectId(vertex)] is { IsMovedByKernel: false } found
            && (found.Act is null || found.Act.Phase == phase));

    private static void Waive(DependencyGraph graph, string text, PhaseSet[] binding)
    {
        if (!Waiver.TryParse(text, out Waiver? waiver))
        {
            return;
        }

        for (int i = 0; i < binding.Length; i++)
        {
            Dependency dependency = graph.Dependencies[i];
            if (dependency.Strength == DependencyStrength.Soft
                && graph.Set.NameOf(dependency.Dependent) == waiver.Dependent
                && graph.Set.NameOf(dependency.On) == waiver.On)
            {
                binding[i] -= waiver.Phase is { } phase ? PhaseSet.Of(phase) : PhaseSet.All;
            }
        }
    }
}
