using BenchmarkDotNet.Attributes;
using GraphOrder.Interop;
using QuikGraph.Algorithms;

namespace GraphOrder.Benchmarks.Planning;

/// <summary>
/// What a user waits for after a set is read: QuikGraph's topological sort of the objects, against a full
/// plan in six phases with the orders of sessions, and against the check of that plan. The checksum counts
/// what was ordered.
/// </summary>
[MemoryDiagnoser]
public class OrderBenchmarks
{
    private readonly PlanWorkspace _workspace = new();
    private SessionSet _set = null!;
    private DependencyGraph _graph = null!;
    private QuikDependencyGraph _quikGraph = null!;
    private Plan _plan = null!;

    /// <summary>How many objects.</summary>
    [Params(1_000, 100_000)]
    public int ObjectCount { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _set = SessionSetGenerator.Generate("layered", new GeneratorOptions { Objects = ObjectCount });
        _graph = DependencyGraph.Of(_set);
        _quikGraph = _graph.AsQuikGraph();
        _plan = Planner.Plan(_graph, KernelPair.Linux73).GetPlanOrThrow();
    }

    [Benchmark(Baseline = true)]
    public int QuikGraphTopologicalSort() => _quikGraph.TopologicalSort().Count(end => !end.IsSession);

    [Benchmark]
    public int PlanInSixPhases() =>
        Planner.Plan(_graph, KernelPair.Linux73).GetPlanOrThrow()[Phase.Finish].Count;

    [Benchmark]
    public int PlanInSixPhasesWithAWorkspace() =>
        _workspace.Plan(_graph, KernelPair.Linux73).GetPlanOrThrow()[Phase.Finish].Count;

    [Benchmark]
    public int VerifyInSixPhases() => PlanVerifier.Verify(_set, _plan).IsLegal ? ObjectCount : -1;
}
