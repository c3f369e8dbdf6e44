using GraphOrder.PageTables;

namespace GraphOrder.Benchmarks.PageTables;

/// <summary>
/// The tables of one domain, mapped by leaves of the smallest size, in one piece of memory.
/// </summary>
/// <param name="Bytes">The tables, pinned.</param>
/// <param name="Top">Physical address of the root.</param>
/// <param name="TopLevel">Its level.</param>
/// <param name="Pages">Pages that are mapped.</param>
/// <param name="Runs">Maximal runs.</param>
internal sealed record TableImage(byte[] Bytes, ulong Top, int TopLevel, long Pages, long Runs)
{
    public const ulong Base = 1UL << 30;
    private const ulong FirstMapped = 1UL << 38;

    /// <summary>What the first walk saw of the output addresses: all must see the same.</summary>
    public ulong? Mix { get; set; }

    /// <summary>The tables as memory for a walk.</summary>
    public CallerMemory Memory => new(Bytes, Base);

    /// <summary>Writes tables.</summary>
    /// <param name="tablesLg2">Log2 of the number of tables of level 0.</param>
    /// <param name="layout">How the memory lies.</param>
    /// <param name="place">Called with the memory of the image before it is touched.</param>
    public static TableImage Write<TFormat>(int tablesLg2, TableLayout layout, Action<byte[]> place)
        where TFormat : struct, IPageTableFormat
    {
        int tableItems = 1 << (TFormat.GranuleLg2 - 3);
        long pages = (long)tableItems << tablesLg2;
        int topLevel = Math.Clamp(3, TFormat.TopLevelMin, TFormat.TopLevelMax);
        PageTableBuilder<TFormat> builder = new(topLevel, new()
        {
            LeafSizes = 1UL << TFormat.GranuleLg2,
            BaseAddress = Base,
            ShuffledTables = layout == TableLayout.OneRun ? 0 : (1 << tablesLg2) + 1024,
            Seed = 1,
        });
        if (!builder.TryMap(0, FirstMapped, (ulong)pages << TFormat.GranuleLg2, PageAccess.ReadWrite))
        {
            throw new InvalidOperationException("An empty table has room.");
        }

        int runPages = layout switch
        {
            TableLayout.Folios2M => 512,
            TableLayout.Runs8 => 8,
            TableLayout.Folios4K => 1,
            _ => 0,
        };
        long runs = runPages == 0 ? 1 : Shuffle(builder, pages, runPages);
        byte[] bytes = GC.AllocateUninitializedArray<byte>(
            checked((int)(builder.Arena.PageCount << 12)), pinned: true);
        place(bytes);
        builder.Arena.WriteRaw(new MemoryStream(bytes));
        return new(bytes, builder.Top, topLevel, pages, runs);
    }

    // Two runs that happen to lie side by side are one.
    private static long Shuffle<TFormat>(PageTableBuilder<TFormat> builder, long pages, int runPages)
        where TFormat : struct, IPageTableFormat
    {
        int[] order = new int[pages / runPages];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        new Random(1).Shuffle(order);
        int tableItems = 1 << (TFormat.GranuleLg2 - 3);
        ulong table = 0;
        long runs = 0;
        for (long page = 0; page < pages; page++)
        {
            if (page % tableItems == 0)
            {
                table = builder.WordAddress((ulong)page << TFormat.GranuleLg2, 0);
            }

            int run = (int)(page / runPages);
            ulong mapped = (ulong)order[run] * (ulong)runPages + (ulong)(page % runPages);
            builder.Arena.Word(table + (ulong)(page % tableItems) * 8) = TFormat.Leaf(
                FirstMapped + (mapped << TFormat.GranuleLg2), 0, TFormat.GranuleLg2, PageAccess.ReadWrite,
                default);
            bool isFirst = page % runPages == 0;
            runs += isFirst && (run == 0 || order[run] != order[run - 1] + 1) ? 1 : 0;
        }

        return runs;
    }
}
