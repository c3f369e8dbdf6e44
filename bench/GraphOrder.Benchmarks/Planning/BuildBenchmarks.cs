using BenchmarkDotNet.Attributes;
using QuikGraph;

namespace GraphOrder.Benchmarks.Planning;

/// <summary>
/// From declared dependencies to a graph that can be walked both ways. The checksum counts dependencies.
/// </summary>
[MemoryDiagnoser]
public class BuildBenchmarks
{
    private SessionSet _set = null!;

    /// <summary>How many objects.</summary>
    [Params(1_000, 100_000)]
    public int ObjectCount { get; set; }

    [GlobalSetup]
    public void SetUp() =>
        _set = SessionSetGenerator.Generate("star", new GeneratorOptions { Objects = ObjectCount });

    [Benchmark(Baseline = true)]
    public int QuikGraphBidirectionalGraph()
    {
        BidirectionalGraph<int, SEdge<int>> graph = new();
        foreach (DeclaredDependency declared in _set.Dependencies)
        {
            graph.AddVerticesAndEdge(
                new SEdge<int>(declared.Dependent.ObjectId.Index, declared.On.ObjectId.Index));
        }

        return graph.EdgeCount;
    }

    [Benchmark]
    public int DependencyGraphOfSet() => DependencyGraph.Of(_set).DependencyCount;
}
