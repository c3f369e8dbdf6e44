namespace GraphOrder.PageTables;

/// <summary>
/// The x86-64 layout, 4 or 5 levels: VT-d first stage and AMD v2 (guest) tables. Intel SDM volume 3A, section
/// 4.5; VT-d specification rev. 4.1, section 9.7; AMD I/O virtualization specification (48882) section 2.2.6;
/// what Linux writes: drivers/iommu/generic_pt/fmt/x86_64.h of 7.3. Reading is always allowed. The low bits
/// that a large leaf must keep clear begin at bit 13: bit 12 is PAT. An AMD v2 domain has 47 or 56 input
/// bits.
/// </summary>
public readonly struct X86FirstStage : IPageTableFormat
{
    private const ulong Present = 1 << 0;
    private const ulong Writable = 1 << 1;
    private const ulong User = 1 << 2;
    private const ulong Accessed = 1 << 5;
    private const ulong Dirty = 1 << 6;
    private const ulong PageSize = 1 << 7;
    private const ulong LargePat = 1 << 12;
    private const ulong Address = 0x000F_FFFF_FFFF_F000;

    /// <inheritdoc/>
    public static FormatDescription Description { get; } = new(
        "x86-64", "", "VT-d first stage and AMD v2, 4 or 5 levels", "Intel SDM 3A, section 4.5", true);

    /// <inheritdoc/>
    public static int GranuleLg2 => 12;

    /// <inheritdoc/>
    public static int TopLevelMin => 3;

    /// <inheritdoc/>
    public static int TopLevelMax => 4;

    /// <inheritdoc/>
    public static int LeafLevelMax => 2;

    /// <inheritdoc/>
    public static int PhysicalBits => 52;

    /// <inheritdoc/>
    public static bool IsSignExtended => true;

    /// <inheritdoc/>
    public static bool HasExactRoot => false;

    /// <inheritdoc/>
    public static bool HasEncryptionBit => true;

    /// <inheritdoc/>
    public static EntryFaults NeedsFacts => EntryFaults.DirtyNotPreset;

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

    /// <summary>Accessed and dirty (bits 5 and 6).</summary>
    public static ulong HardwareBits(int level) => Accessed | Dirty;

    /// <summary>PWT and PCD, and PAT: bit 7 of the smallest leaf, bit 12 of a larger one.</summary>
    public static ulong Attributes(ulong word, int level) =>
        (word & 0x18) | ((word >> (level == 0 ? 7 : 12)) & 1);

    /// <inheritdoc/>
    public static EntryReading Read(ulong word, int level, in EntryFacts facts)
    {
        if ((word & Present) == 0)
        {
            return word == 0 ? EntryReading.Empty : EntryReading.Ghost(EntryKind.Empty);
        }

        ulong address = word & Address & ~facts.EncryptionMask;
        bool isLarge = level > 0 && (word & PageSize) != 0;
        PageAccess access = (word & Writable) != 0 ? PageAccess.ReadWrite : PageAccess.Read;
        if (isLarge && level > LeafLevelMax)
        {
            return EntryReading.Refused(EntryFaults.LeafAtIllegalLevel, EntryKind.Table);
        }

        if (level > 0 && !isLarge)
        {
            return new(EntryKind.Table, EntryKind.Table, address, Access: access | PageAccess.Execute);
        }

        int size = 12 + 9 * level;
        ulong low = address & Levels.LowMask(size);
        bool isMisaligned = (low & ~LargePat) != 0;
        bool isClean = facts.HasNoDirtyUpdate && (word & (Writable | Dirty)) == Writable;
        return new(
            EntryKind.Leaf, EntryKind.Leaf, address - low, size, 0, access,
            isMisaligned ? EntryFaults.MisalignedSuperpage : EntryFaults.None,
            isClean ? EntryFaults.DirtyNotPreset : EntryFaults.None);
    }

    /// <inheritdoc/>
    public static ulong Leaf(
        ulong physical, int level, int sizeLg2, PageAccess access, in EntryFacts facts) =>
        physical | Present | User | Accessed | facts.EncryptionMask
        | ((access & PageAccess.Write) != 0 ? Writable | Dirty : 0)
        | (level > 0 ? PageSize : 0);

    /// <inheritdoc/>
    public static ulong Table(ulong physical, int level, in EntryFacts facts) =>
        physical | Present | Writable | User | Accessed | facts.EncryptionMask;
}
