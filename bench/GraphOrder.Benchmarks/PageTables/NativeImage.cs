using GraphOrder.PageTables;

namespace GraphOrder.Benchmarks.PageTables;

/// <summary>
/// The tables of one domain in one piece of memory outside the heap, mapped by small leaves.
/// </summary>
internal sealed class NativeImage<TFormat> : IDisposable where TFormat : struct, IPageTableFormat
{
    private readonly OwnedMemory _memory;

    /// <summary>Writes tables.</summary>
    /// <param name="tablesLg2">Log2 of the number of tables of level 0.</param>
    /// <param name="layout">How the memory lies.</param>
    /// <param name="askForHugePages">Called with the memory before it is touched.</param>
    public NativeImage(int tablesLg2, TableLayout layout, Action<nint, nuint> askForHugePages)
    {
        int itemsLg2 = TFormat.GranuleLg2 - 3;
        TableImageOptions options = new()
        {
            MappedBytes = 1UL << (tablesLg2 + itemsLg2 + TFormat.GranuleLg2),
            LeafLg2 = TFormat.GranuleLg2,
            RunBytes = (ulong)layout.RunPages() << TFormat.GranuleLg2,
            ShufflesTables = layout != TableLayout.OneRun,
            Seed = 1,
        };
        if (!TableImage<TFormat>.TryPlan(options, out TableImage<TFormat>? image, out TableImageFlaw flaw))
        {
            throw new InvalidOperationException($"No image: {flaw}.");
        }

        Image = image;
        Pages = 1L << (tablesLg2 + itemsLg2);
        _memory = new(image.Bytes, 0);
        askForHugePages(First, Length);
        using Stream stream = _memory.OpenWrite();
        image.Write(stream, CancellationToken.None);
    }

    /// <summary>What was written.</summary>
    public TableImage<TFormat> Image { get; }

    /// <summary>Pages that are mapped.</summary>
    public long Pages { get; }

    /// <summary>Bytes of tables.</summary>
    public nuint Length => (nuint)_memory.Bytes;

    /// <summary>Where the image begins.</summary>
    public nint First => _memory.First;

    /// <summary>The tables as memory for a walk: the image begins at address 0.</summary>
    public BorrowedMemory Memory => _memory.Memory;

    /// <summary>Reads every word.</summary>
    public ulong Sum() => _memory.Sum();

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
