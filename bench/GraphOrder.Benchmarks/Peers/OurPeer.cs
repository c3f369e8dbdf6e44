using GraphOrder.Benchmarks.Graphs;

namespace GraphOrder.Benchmarks.Peers;

/// <summary>Ours: what the planner orders with, with the waves and the canonical order of a plan.</summary>
internal sealed class OurPeer : IPeer
{
    private readonly OrderRows _rows = new();
    private int[] _sequence = [];
    private int[] _waves = [];
    private int[] _scratch = [];

    /// <inheritdoc/>
    public string Name { get; } = $"GraphOrder {typeof(Planner).Assembly.GetName().Version!.ToString(3)}";

    /// <inheritdoc/>
    public void Build(ArcStream arcs) =>
        _rows.Read(arcs.VertexCount, arcs.Firsts, arcs.Thens);

    /// <inheritdoc/>
    public void Order()
    {
        int count = _rows.VertexCount;
        if (_sequence.Length != count)
        {
            _sequence = new int[count];
            _waves = new int[count];
            _scratch = new int[2 * count];
        }

        OrderingKernel.Waves(_rows, count, _waves, _scratch, CancellationToken.None);
        OrderingKernel.SortByWave(_waves, _sequence, _scratch.AsSpan(0, count + 1));
    }

    /// <inheritdoc/>
    public int[] Sequence() => _sequence;

    /// <inheritdoc/>
    public void Clear()
    {
        // The rows keep their memory, as a workspace does.
    }
}
