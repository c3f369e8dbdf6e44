using System.Runtime.InteropServices;
using GraphOrder.PageTables;

namespace GraphOrder.Benchmarks.PageTables;

/// <summary>The tables of one domain in one piece of memory outside the heap, mapped by small leaves.</summary>
internal sealed unsafe class NativeImage<TFormat> : IDisposable where TFormat : struct, IPageTableFormat
{
    private const nuint HugePage = 1 << 21;
    private readonly byte* _first;

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
        Length = (nuint)image.Bytes;
        _first = (byte*)NativeMemory.AlignedAlloc(Length, HugePage);
        askForHugePages((nint)_first, Length);
        using UnmanagedMemoryStream stream = new(_first, 0, (long)Length, FileAccess.Write);
        image.Write(stream, CancellationToken.None);
    }

    /// <summary>What was written.</summary>
    public TableImage<TFormat> Image { get; }

    /// <summary>Pages that are mapped.</summary>
    public long Pages { get; }

    /// <summary>Bytes of tables.</summary>
    public nuint Length { get; }

    /// <summary>Where the image begins.</summary>
    public nint First => (nint)_first;

    /// <summary>The tables as memory for a walk: the image begins at address 0.</summary>
    public BorrowedMemory Memory => new((nint)_first, Length, 0);

    /// <inheritdoc/>
    public void Dispose() => NativeMemory.AlignedFree(_first);
}
