namespace GraphOrder.PageTables;

/// <summary>
/// Intel VT-d second stage, 3 to 5 levels. VT-d architecture specification rev. 4.1, section 9.8
/// (second-stage paging entries); what Linux writes: drivers/iommu/generic_pt/fmt/vtdss.h of 7.3. Hardware
/// sees nothing where neither R nor W is set; Linux sees nothing only where the word is zero, and follows the
/// rest.
/// </summary>
public readonly struct VtdSecondStage : IPageTableFormat
{
    private const ulong Read0 = 1 << 0;
    private const ulong Write1 = 1 << 1;
    private const ulong PageSize = 1 << 7;
    private const ulong Snoop = 1 << 11;
    private const ulong Address = 0x000F_FFFF_FFFF_F000;

    /// <inheritdoc/>
    public static FormatDescription Description { get; } = new(
        "vtd-second-stage", "", "Intel VT-d second stage, 3 to 5 levels", "VT-d 4.1, section 9.8", false);

    /// <inheritdoc/>
    public static int GranuleLg2 => 12;

    /// <inheritdoc/>
    public static int TopLevelMin => 2;

    /// <inheritdoc/>
    public static int TopLevelMax => 4;

    /// <inheritdoc/>
    public static int LeafLevelMax => 2;

    /// <inheritdoc/>
    public static int PhysicalBits => 52;

    /// <inheritdoc/>
    public static bool IsSignExtended => false;

    /// <inheritdoc/>
    public static bool HasExactRoot => false;

    /// <inheritdoc/>
    public static bool HasEncryptionBit => false;

    /// <inheritdoc/>
    public static EntryFaults NeedsFacts => EntryFaults.ReadOnlyUnderNestParent;

    /// <inheritdoc/>
    public static GroupKind Groups => GroupKind.None;

    /// <inheritdoc/>
    public static PageTableFaultKind GroupFault => PageTableFaultKind.None;

    /// <inheritdoc/>
    public static int AddressShift => 0;

    /// <inheritdoc/>
    public static int InputBits(int topLevel) => 21 + 9 * topLevel;

    /// <inheritdoc/>
    public static ulong LeafSizes(int level) => level <= LeafLevelMax ? 1UL << (12 + 9 * level) : 0;

    /// <summary>Accessed and dirty (bits 8 and 9).</summary>
    public static ulong HardwareBits(int level) => 0x300;

    /// <summary>Memory type, ignore-PAT and snoop (bits 6:3 and 11).</summary>
    public static ulong Attributes(ulong word, int level) => word & 0x878;

    /// <inheritdoc/>
    public static EntryReading Read(ulong word, int level, in EntryFacts facts)
    {
        bool isLarge = level > 0 && (word & PageSize) != 0;
        bool kernelSeesLeaf = level == 0 || (isLarge && level <= LeafLevelMax);
        if ((word & (Read0 | Write1)) == 0)
        {
            EntryKind kernelKind = kernelSeesLeaf ? EntryKind.Leaf : EntryKind.Table;
            return word == 0 ? EntryReading.Empty : EntryReading.Ghost(kernelKind);
        }

        PageAccess access = (PageAccess)(word & 3);
        if (!kernelSeesLeaf)
        {
            EntryFaults reserved = (word & Snoop) != 0 ? EntryFaults.ReservedBitSet : EntryFaults.None;
            return isLarge
                ? EntryReading.Refused(EntryFaults.LeafAtIllegalLevel, EntryKind.Table)
                : new(EntryKind.Table, EntryKind.Table, word & Address, Access: access, Errors: reserved);
        }

        int size = 12 + 9 * level;
        ulong low = Address & Levels.LowMask(size);
        EntryFaults faults = (word & low) != 0 ? EntryFaults.MisalignedSuperpage : EntryFaults.None;
        bool badSnoop = facts.HasNoSnoopControl && (word & Snoop) != 0;
        faults |= badSnoop ? EntryFaults.ReservedBitSet : EntryFaults.None;
        bool isReadOnly = facts.IsNestParent && (access & PageAccess.Write) == 0;
        faults |= isReadOnly ? EntryFaults.ReadOnlyUnderNestParent : EntryFaults.None;
        return new(EntryKind.Leaf, EntryKind.Leaf, word & Address & ~low, size, 0, access, faults);
    }

    /// <inheritdoc/>
    public static ulong Leaf(
        ulong physical, int level, int sizeLg2, PageAccess access, in EntryFacts facts) =>
        physical | (ulong)(access & PageAccess.ReadWrite) | (level > 0 ? PageSize : 0);

    /// <inheritdoc/>
    public static ulong Table(ulong physical, int level, in EntryFacts facts) => physical | Read0 | Write1;
}
