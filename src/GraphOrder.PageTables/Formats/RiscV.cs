namespace GraphOrder.PageTables;

/// <summary>
/// RISC-V first-stage tables, Sv39, Sv48 and Sv57, with Svnapot and Svpbmt. RISC-V privileged specification
/// 1.13, chapter 12 (sections 12.4 to 12.6, Svnapot, Svpbmt); what Linux writes:
/// drivers/iommu/generic_pt/fmt/riscv.h of 7.3. Leaves may stand at every level. At level 0 a valid word
/// without R, W and X is a leaf to Linux and a fault to hardware; so is W without R.
/// </summary>
/// <typeparam name="TMode">The mode.</typeparam>
public readonly struct RiscV<TMode> : IPageTableFormat
    where TMode : struct, IRiscVMode
{
    private const ulong Valid = 1 << 0;
    private const ulong Readable = 1 << 1;
    private const ulong Writable = 1 << 2;
    private const ulong Executable = 1 << 3;
    private const ulong User = 1 << 4;
    private const ulong Accessed = 1 << 6;
    private const ulong Dirty = 1 << 7;
    private const ulong PageNumber = 0x003F_FFFF_FFFF_FC00;
    private const ulong MemoryType = 3UL << 61;
    private const ulong Napot = 1UL << 63;
    private const ulong AlwaysReserved = 0x07C0_0000_0000_0000;
    private const ulong SoftwareOrReserved = 3UL << 59;
    private const ulong TableReserved = AlwaysReserved | MemoryType | Napot | User | Accessed | Dirty;
    private const int NapotLg2 = 4;

    /// <inheritdoc/>
    public static FormatDescription Description { get; } = new(
        TMode.Name, "", $"RISC-V first stage, {TMode.TopLevel + 1} levels",
        "RISC-V privileged 1.13, 12.4-12.6", true);

    /// <inheritdoc/>
    public static int GranuleLg2 => 12;

    /// <inheritdoc/>
    public static int TopLevelMin => TMode.TopLevel;

    /// <inheritdoc/>
    public static int TopLevelMax => TMode.TopLevel;

    /// <inheritdoc/>
    public static int LeafLevelMax => TMode.TopLevel;

    /// <inheritdoc/>
    public static int PhysicalBits => 56;

    /// <inheritdoc/>
    public static bool IsSignExtended => true;

    /// <inheritdoc/>
    public static bool HasExactRoot => false;

    /// <inheritdoc/>
    public static bool HasEncryptionBit => false;

    /// <inheritdoc/>
    public static EntryFaults NeedsFacts => EntryFaults.AccessFlagClear | EntryFaults.DirtyNotPreset;

    /// <inheritdoc/>
    public static GroupKind Groups => GroupKind.Replicated;

    /// <inheritdoc/>
    public static PageTableFaultKind GroupFault => PageTableFaultKind.NapotReplicaMismatch;

    /// <inheritdoc/>
    public static int AddressShift => 2;

    /// <inheritdoc/>
    public static int InputBits(int topLevel) => 21 + 9 * topLevel;

    /// <inheritdoc/>
    public static ulong LeafSizes(int level) => level switch
    {
        0 => (1UL << 12) | (1UL << 16),
        _ when level <= LeafLevelMax => 1UL << (12 + 9 * level),
        _ => 0,
    };

    /// <summary>Accessed and dirty (bits 6 and 7).</summary>
    public static ulong HardwareBits(int level) => Accessed | Dirty;

    /// <summary>Memory type (bits 62:61, Svpbmt).</summary>
    public static ulong Attributes(ulong word, int level) => word & MemoryType;

    /// <inheritdoc/>
    public static EntryReading Read(ulong word, int level, in EntryFacts facts)
    {
        if ((word & Valid) == 0)
        {
            return word == 0 ? EntryReading.Empty : EntryReading.Ghost(EntryKind.Empty);
        }

        ulong address = (word & PageNumber) << 2;
        ulong reserved = AlwaysReserved | (facts.ReservesSoftwareBits ? SoftwareOrReserved : 0);
        if ((word & (Readable | Writable | Executable)) == 0)
        {
            if (level == 0)
            {
                return EntryReading.Refused(EntryFaults.TableEncodingAtLevel0, EntryKind.Leaf);
            }

            bool isBad = (word & (reserved | TableReserved)) != 0;
            return new(
                EntryKind.Table, EntryKind.Table, address, Access: PageAccess.All,
                Errors: isBad ? EntryFaults.ReservedBitSet : EntryFaults.None);
        }

        return IsReservedEncoding(word, level)
            ? EntryReading.Refused(EntryFaults.ReservedLeafEncoding, EntryKind.Leaf)
            : ReadLeaf(word, level, address, reserved, facts);
    }

    /// <inheritdoc/>
    public static ulong Leaf(ulong physical, int level, int sizeLg2, PageAccess access, in EntryFacts facts)
    {
        bool isGroup = level == 0 && sizeLg2 == GranuleLg2 + NapotLg2;
        bool isWritable = (access & PageAccess.Write) != 0;
        return (physical >> 2) | Valid | User | Accessed
            | (isWritable || (access & PageAccess.Read) != 0 ? Readable : 0)
            | (isWritable ? Writable | Dirty : 0)
            | ((access & PageAccess.Execute) != 0 ? Executable : 0)
            | (isGroup ? Napot | (1UL << 13) : 0);
    }

    /// <inheritdoc/>
    public static ulong Table(ulong physical, int level, in EntryFacts facts) => (physical >> 2) | Valid;

    // W without R, memory type 3, a group above level 0 or of another size than 64 KiB.
    private static bool IsReservedEncoding(ulong word, int level) =>
        (word & (Readable | Writable)) == Writable
        || (word & MemoryType) == MemoryType
        || ((word & Napot) != 0 && (level > 0 || (word & 0x3C00) != 0x2000));

    private static EntryReading ReadLeaf(
        ulong word, int level, ulong address, ulong reserved, in EntryFacts facts)
    {
        int group = (word & Napot) != 0 ? NapotLg2 : 0;
        int item = 12 + 9 * level;
        ulong low = address & Levels.LowMask(item + group);
        EntryFaults errors = EntryFaults.None;
        errors |= group == 0 && low != 0 ? EntryFaults.MisalignedSuperpage : 0;
        errors |= (word & reserved) != 0 ? EntryFaults.ReservedBitSet : 0;
        errors |= facts.HasNoAccessUpdate && (word & Accessed) == 0 ? EntryFaults.AccessFlagClear : 0;
        bool isClean = (word & (Writable | Dirty)) == Writable;
        errors |= facts.HasNoDirtyUpdate && isClean ? EntryFaults.DirtyNotPreset : 0;
        PageAccess access = (PageAccess)((word >> 1) & 7);
        return new(EntryKind.Leaf, EntryKind.Leaf, address - low, item + group, group, access, errors);
    }
}
