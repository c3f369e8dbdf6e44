using GraphOrder.Benchmarks.Graphs;

namespace GraphOrder.Benchmarks.Peers;

/// <summary>A library that can order a graph. Not thread-safe.</summary>
internal interface IPeer
{
    /// <summary>The library and its version.</summary>
    string Name { get; }

    /// <summary>From arcs in memory to the library's own graph. Timed.</summary>
    void Build(ArcStream arcs);

    /// <summary>Orders what was built, as often as asked. Timed.</summary>
    void Order();

    /// <summary>The order found last, what goes first at the beginning. Not timed.</summary>
    int[] Sequence();

    /// <summary>Forgets the graph and its order. Not timed.</summary>
    void Clear();
}
