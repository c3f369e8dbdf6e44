using GraphOrder.Benchmarks.Graphs;
using QuikGraph;
using QuikGraph.Algorithms;

namespace GraphOrder.Benchmarks.Peers;

/// <summary>QuikGraph with vertices that are ints, and edges that are structures.</summary>
internal sealed class QuikGraphPeer : IPeer
{
    private AdjacencyGraph<int, SEdge<int>>? _graph;
    private int[] _sequence = [];

    /// <inheritdoc/>
    public string Name { get; } =
        $"QuikGraph {typeof(SEdge<int>).Assembly.GetName().Version!.ToString(3)}";

    /// <inheritdoc/>
    public void Build(ArcStream arcs)
    {
        AdjacencyGraph<int, SEdge<int>> graph = new(allowParallelEdges: true, arcs.VertexCount);
        for (int vertex = 0; vertex < arcs.VertexCount; vertex++)
        {
            graph.AddVertex(vertex);
        }

        for (int arc = 0; arc < arcs.Firsts.Length; arc++)
        {
            graph.AddEdge(new SEdge<int>(arcs.Firsts[arc], arcs.Thens[arc]));
        }

        _graph = graph;
    }

    /// <inheritdoc/>
    public void Order() => _sequence = [.. _graph!.TopologicalSort()];

    /// <inheritdoc/>
    public int[] Sequence() => _sequence;

    /// <inheritdoc/>
    public void Clear() => (_graph, _sequence) = (null, []);
}
