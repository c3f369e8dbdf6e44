namespace GraphOrder.Interop;

/// <summary>Shows a dependency graph to QuikGraph.</summary>
public static class DependencyGraphExtensions
{
    /// <summary>The graph with the dependencies of all phases, as a view. O(1) space.</summary>
    public static QuikDependencyGraph AsQuikGraph(this DependencyGraph graph) =>
        graph.AsQuikGraph(PhaseSet.All);

    /// <summary>
    /// The graph with the dependencies that bind in at least one of some phases, as a view.
    /// </summary>
    public static QuikDependencyGraph AsQuikGraph(this DependencyGraph graph, PhaseSet phases)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new QuikDependencyGraph(graph, phases);
    }
}
