using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary>Where a walk begins, and what is known by then. Immutable.</summary>
/// <param name="Format">The format.</param>
/// <param name="Top">Physical address of the root.</param>
/// <param name="TopLevel">Its level.</param>
/// <param name="DomainId">The domain's number, where an entry was followed that holds it.</param>
/// <param name="Facts">What the user tells, and the entry that was followed.</param>
internal sealed record WalkRoot(
    PageTableFormat Format, ulong Top, int TopLevel, int? DomainId, WalkFacts Facts)
{
    // A root table's address is aligned to 4 KiB; bit 0 of a device-table entry says that it is valid.
    private const ulong IsDeviceEntry = 1;

    /// <summary>Finds the root that the user means.</summary>
    /// <exception cref="ToolException">There is none, or the image does not tell.</exception>
    public static WalkRoot Find(WalkQuery query, PhysicalImage image)
    {
        if (query.Root is { } top)
        {
            return new(query.Format!, top, query.TopLevel, null, query.Facts);
        }

        DeviceAddress device = query.Device!.Value;
        FileMemory memory = image.Memory;
        ulong encryption = query.Facts.EncryptionBit is { } bit ? 1UL << bit : 0;
        if (query.DeviceTable is { } table)
        {
            bool isThere = AmdDeviceTable.TryFind(
                memory, table, device, encryption, out PageTableRoot? root, out RootFlaw flaw);
            return isThere ? Of(root!, query.Facts, hasDomain: true) : throw Refusal(device, flaw);
        }

        ulong word = query.RootTableAddress ?? WordOf(image);
        if (query.RootTableAddress is null && (word & IsDeviceEntry) != 0)
        {
            // Of the entry the list carries one word; a guest's table would need the others.
            bool isHost = AmdDeviceTable.TryRead(
                memory, [word, 0, 0, 0], encryption, out PageTableRoot? root, out RootFlaw flaw)
                && root.InputBits is null;
            return isHost
                ? Of(root!, query.Facts, hasDomain: false)
                : throw Refusal(device, flaw == RootFlaw.None ? RootFlaw.Unsupported : flaw);
        }

        return VtdRoots.TryFind(
            memory, word, device, query.Pasid, out PageTableRoot? found, out RootFlaw why)
            ? Of(found, query.Facts, hasDomain: true)
            : throw Refusal(device, why);
    }

    private static WalkRoot Of(PageTableRoot root, WalkFacts facts, bool hasDomain) => new(
        root.Format, root.Top, root.TopLevel, hasDomain ? root.DomainId : null, root.AddTo(facts));

    private static ulong WordOf(PhysicalImage image) =>
        image.Layout == ImageLayout.PageList && image.Word is { } word
            ? word
            : throw ToolException.Usage(
                "This image does not say where the table of a device begins. Give --rtaddr ADDRESS or "
                + "--amd-device-table ADDRESS too, or --table, --top-level and --root.");

    private static ToolException Refusal(DeviceAddress device, RootFlaw flaw) => new(
        ExitCodes.Refused,
        flaw switch
        {
            RootFlaw.OutsideImage => $"The image lacks a page on the way to the table of {device}. Take an "
                + "image that holds the root, context and PASID tables, or give --table, --top-level and "
                + "--root.",
            RootFlaw.NotPresent => $"An entry on the way to the table of {device} is not present: its DMA is "
                + "blocked. Check --device.",
            RootFlaw.PassThrough => $"The DMA of {device} is not translated, so it has no table. Check "
                + "--device.",
            RootFlaw.PasidOutOfRange => $"The PASID is beyond the tables of {device}. Check --pasid.",
            _ => $"The entries of {device} have a mode that is reserved or not known here. Give --table, "
                + "--top-level and --root.",
        });
}
