namespace GraphOrder;

/// <summary>
/// What ordering needs on the way and nobody needs afterwards: orders that are solved one after another share
/// one. Not thread-safe.
/// </summary>
internal sealed class OrderScratch
{
    private int[] _cells = [];

    /// <summary>The arcs that are being ordered.</summary>
    public OrderRows Rows { get; } = new();

    /// <summary>The first ends of a condensation's arcs.</summary>
    public List<int> Firsts { get; } = [];

    /// <summary>And the other ends.</summary>
    public List<int> Thens { get; } = [];

    /// <summary>Cells for whatever is needed next; what is in them does not matter.</summary>
    public Span<int> Cells(int count) => Scratch.Take(ref _cells, count);
}
