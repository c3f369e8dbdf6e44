namespace GraphOrder;

/// <summary>
/// What preserving memfds costs in memory beside the memfds themselves (mm/memfd_luo.c): an array of 8
/// bytes a 4 KiB page while one is being preserved, and a table of 16 bytes a folio until it is retrieved.
/// All in bytes.
/// </summary>
/// <param name="Temporary">While the largest memfd is being preserved.</param>
/// <param name="TablesLeast">Afterwards, where all folios are 2 MiB.</param>
/// <param name="TablesMost">Afterwards, where all folios are 4 KiB.</param>
/// <param name="IsWhole">Whether the set says the size of every memfd.</param>
public readonly record struct KernelMemoryCost(
    long Temporary, long TablesLeast, long TablesMost, bool IsWhole)
{
    private const long PointerBytes = 8;
    private const long FolioEntryBytes = 16;
    private const long LargeFolioBytes = 2 << 20;

    /// <summary>The cost of the memfds of a set whose size it says.</summary>
    public static KernelMemoryCost Of(SessionSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        KernelMemoryCost cost = new(0, 0, 0, IsWhole: true);
        if (!set.Census.Has(ObjectKind.Memfd))
        {
            return cost;
        }

        foreach (ref readonly PreservedObject found in set.Objects.AsSpan())
        {
            if (found.Kind != ObjectKind.Memfd || !found.IsFile)
            {
                continue;
            }

            long bytes = found.Facts.Bytes ?? 0;
            long pages = Pieces(bytes, KernelProfile.PageBytes);
            cost = new KernelMemoryCost(
                Math.Max(cost.Temporary, PointerBytes * pages),
                cost.TablesLeast + FolioEntryBytes * Pieces(bytes, LargeFolioBytes),
                cost.TablesMost + FolioEntryBytes * pages,
                cost.IsWhole && found.Facts.Bytes is not null);
        }

        return cost;
    }

    /// <summary>How many pieces of a size a length needs.</summary>
    internal static long Pieces(long bytes, long pieceBytes) =>
        bytes / pieceBytes + (bytes % pieceBytes == 0 ? 0 : 1);
}
