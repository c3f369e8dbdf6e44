using BenchmarkDotNet.Attributes;
using QuikGraph;
using QuikGraph.Algorithms;

namespace GraphOrder.Benchmarks.Live;

/// <summary>
/// A guest comes and goes on a host: QuikGraph takes its objects and dependencies and sorts, which is how an
/// order is had from it; the live graph keeps six. The checksum counts the objects that are there between.
/// </summary>
[MemoryDiagnoser]
public class LiveDependencyGraphBenchmarks
{
    private const int Vm = HostOfVms.ObjectsPerVm;

    private HostOfVms _host = null!;
    private BidirectionalGraph<int, SEdge<int>> _quikGraph = null!;
    private SEdge<int>[] _guest = [];

    /// <summary>How many guests are there already.</summary>
    [Params(100, 10_000)]
    public int VmCount { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _host = new HostOfVms(VmCount);
        DependencyGraph graph = _host.Live.Snapshot();
        _quikGraph = new BidirectionalGraph<int, SEdge<int>>();
        _quikGraph.AddVertexRange(Enumerable.Range(0, graph.ObjectCount));
        foreach (Dependency dependency in graph.Dependencies)
        {
            _quikGraph.AddEdge(new(dependency.Dependent.ObjectId.Index, dependency.On.ObjectId.Index));
        }

        // The last guest once more, under new ids.
        int first = graph.ObjectCount - Vm;
        _guest =
        [
            .. _quikGraph.Edges.Where(edge => edge.Source >= first)
                .Select(edge => new SEdge<int>(Moved(edge.Source, first), Moved(edge.Target, first))),
        ];
    }

    [Benchmark(Baseline = true)]
    public int QuikGraphSortsAgain()
    {
        _quikGraph.AddVerticesAndEdgeRange(_guest);
        foreach (int _ in _quikGraph.TopologicalSort())
        {
            break;
        }

        int count = _quikGraph.VertexCount;
        int first = count - Vm;
        for (int vertex = count - 1; vertex >= first; vertex--)
        {
            _quikGraph.RemoveVertex(vertex);
        }

        return count;
    }

    [Benchmark]
    public int LiveGraph()
    {
        _host.Arrive();
        int count = _host.Live.ObjectCount;
        _host.Leave(_host.VmCount - 1);
        return count;
    }

    private static int Moved(int id, int first) => id >= first ? id + Vm : id;
}
