using QuikGraph;

namespace GraphOrder.Cli;

/// <summary>What orders are measured on. Immutable.</summary>
internal sealed class GraphBenchmarkInput
{
    /// <summary>An input.</summary>
    /// <param name="shape">The set's shape.</param>
    /// <param name="graph">The set, with its dependencies.</param>
    /// <param name="kernels">The kernels under which it is to be legal.</param>
    /// <param name="rounds">How often each thing is timed.</param>
    public GraphBenchmarkInput(string shape, DependencyGraph graph, KernelPair kernels, int rounds)
    {
        Shape = shape;
        Graph = graph;
        Kernels = kernels;
        Rounds = rounds;
        SortedPhase = Enum.GetValues<Phase>().MaxBy(CountOf);
        SortedCount = CountOf(SortedPhase);
    }

    /// <summary>The set's shape.</summary>
    public string Shape { get; }

    /// <summary>The set, with its dependencies.</summary>
    public DependencyGraph Graph { get; }

    /// <summary>The kernels under which it is to be legal.</summary>
    public KernelPair Kernels { get; }

    /// <summary>How often each thing is timed.</summary>
    public int Rounds { get; }

    /// <summary>
    /// The phase whose dependencies QuikGraph gets: the one that has most. Those of all phases together may
    /// have a cycle though each phase has an order.
    /// </summary>
    public Phase SortedPhase { get; }

    /// <summary>How many dependencies QuikGraph gets.</summary>
    public int SortedCount { get; }

    /// <summary>Whether QuikGraph gets a dependency.</summary>
    public bool IsSorted(int dependency) => Graph.Dependencies[dependency].Phases.Contains(SortedPhase);

    /// <summary>The vertex of an end: objects by their index, and sessions behind them.</summary>
    public int VertexOf(DependencyEnd end) =>
        end.IsSession ? Graph.ObjectCount + end.SessionId.Index : end.ObjectId.Index;

    /// <summary>A dependency as QuikGraph gets it: an edge from the end that needs.</summary>
    public SEdge<int> EdgeOf(int dependency)
    {
        Dependency found = Graph.Dependencies[dependency];
        return new(VertexOf(found.Dependent), VertexOf(found.On));
    }

    private int CountOf(Phase phase)
    {
        int count = 0;
        foreach (ref readonly Dependency dependency in Graph.Dependencies)
        {
            count += dependency.Phases.Contains(phase) ? 1 : 0;
        }

        return count;
    }
}
