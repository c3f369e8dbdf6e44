using BenchmarkDotNet.Attributes;
using GraphOrder.Benchmarks.Graphs;
using QuikGraph;
using QuikGraph.Algorithms;

namespace GraphOrder.Benchmarks.Live;

/// <summary>
/// An order after every arc of a host that grows: kept, against QuikGraph's, which is made once, after the
/// last arc, since once an arc is out of the question. The checksum counts vertices and arcs.
/// </summary>
[MemoryDiagnoser]
public class IncrementalOrderBenchmarks
{
    private ArcStream _arcs = null!;

    /// <summary>How many guests, each of 40 objects and 100 arcs.</summary>
    [Params(100, 10_000)]
    public int VmCount { get; set; }

    [GlobalSetup]
    public void SetUp() => _arcs = ArcStream.Host(VmCount);

    [Benchmark(Baseline = true)]
    public int QuikGraphSortsOnce()
    {
        AdjacencyGraph<int, SEdge<int>> graph = new();
        graph.AddVertexRange(Enumerable.Range(0, _arcs.VertexCount));
        for (int arc = 0; arc < _arcs.Firsts.Length; arc++)
        {
            graph.AddEdge(new(_arcs.Firsts[arc], _arcs.Thens[arc]));
        }

        return graph.TopologicalSort().Count() + graph.EdgeCount;
    }

    [Benchmark]
    public int KeptOrder()
    {
        IncrementalOrder order = new();
        for (int vertex = 0; vertex < _arcs.VertexCount; vertex++)
        {
            order.AddVertex();
        }

        for (int arc = 0; arc < _arcs.Firsts.Length; arc++)
        {
            order.TryAddArc(_arcs.Firsts[arc], _arcs.Thens[arc], out _);
        }

        return order.VertexCount + order.ArcCount;
    }
}
