using GraphOrder.Benchmarks.Graphs;

namespace GraphOrder.Benchmarks.Peers;

/// <summary>Ours: what the planner orders with, with the waves and the canonical order of a plan.</summary>
internal sealed class OurPeer : IPeer
{
    private PrecedenceGraph? _graph;
    private int[] _sequence = [];

    /// <inheritdoc/>
    public string Name { get; } = $"GraphOrder {typeof(Planner).Assembly.GetName().Version!.ToString(3)}";

    /// <inheritdoc/>
    public void Build(ArcStream arcs)
    {
        PrecedenceGraph graph = new(arcs.VertexCount, arcs.Firsts.Length);
        for (int arc = 0; arc < arcs.Firsts.Length; arc++)
        {
            graph.AddArc(arcs.Firsts[arc], arcs.Thens[arc], ArcLabel.Fixed);
        }

        _graph = graph;
    }

    /// <inheritdoc/>
    public void Order() =>
        _sequence = PrecedenceOrder.Of(_graph!, CancellationToken.None).Sorted(_graph!.StepCount);

    /// <inheritdoc/>
    public int[] Sequence() => _sequence;

    /// <inheritdoc/>
    public void Clear() => (_graph, _sequence) = (null, []);
}
