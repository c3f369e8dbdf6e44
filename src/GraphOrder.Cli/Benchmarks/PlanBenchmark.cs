using QuikGraph;
using QuikGraph.Algorithms;

namespace GraphOrder.Cli;

/// <summary>
/// Times full plans of a graph beside QuikGraph's topological sort of its objects, and what each of the two
/// builds first. Used once.
/// </summary>
internal sealed class PlanBenchmark(GraphBenchmarkInput input, CancellationToken cancellation)
{
    private const string Sort = "QuikGraph: sort";
    private const string Build = "QuikGraph: build";

    // So that no work can be left out.
    private int _ordered;

    /// <summary>Plans and sorts.</summary>
    public GraphBenchmarkResult Run()
    {
        DependencyGraph graph = input.Graph;
        AdjacencyGraph<int, SEdge<int>> quikGraph = Built();
        Rounds timed = new(cancellation);
        timed.Add(Sort, () => _ordered = quikGraph.TopologicalSort().Count());
        timed.Add("plan, six phases", () => Expect(Planner.Plan(graph, input.Kernels, null, cancellation)));
        timed.Add(Build, () => _ordered = Built().EdgeCount, baseline: 2);
        timed.Add("build", () => _ordered = DependencyGraph.Of(graph.Set).DependencyCount, baseline: 2);
        List<Measured> measured = timed.Run(input.Rounds);
        return new("plan", input,
        [
            Row(measured[0], Sort, input.SortedCount),
            Row(measured[1], Sort, graph.DependencyCount),
            Row(measured[2], Build, input.SortedCount),
            Row(measured[3], Build, graph.DependencyCount),
        ],
        [
            ("MEASURED", "plan: the orders of all six phases and of sessions, from a graph that is built. "
                + $"sort: one topological order, by the dependencies of {input.SortedPhase.Name()} alone "
                + $"({input.SortedCount}; it is the phase that has most). build: the graph that either needs "
                + "first."),
            ("LEFT OUT", "reading a set and writing a plan, page tables, repairs, verification."),
        ]);
    }

    private AdjacencyGraph<int, SEdge<int>> Built()
    {
        AdjacencyGraph<int, SEdge<int>> built = new(allowParallelEdges: true);
        for (int vertex = 0; vertex < input.Graph.ObjectCount + input.Graph.SessionCount; vertex++)
        {
            built.AddVertex(vertex);
        }

        for (int i = 0; i < input.Graph.DependencyCount; i++)
        {
            if (input.IsSorted(i))
            {
                built.AddEdge(input.EdgeOf(i));
            }
        }

        return built;
    }

    private MeasuredGraph Row(Measured time, string baseline, int dependencies) =>
        new(time, baseline, input.Graph.ObjectCount, dependencies);

    private static void Expect(PlanResult result)
    {
        if (!result.IsLegal)
        {
            throw new System.Diagnostics.UnreachableException("A plan was legal, and is no more.");
        }
    }
}
