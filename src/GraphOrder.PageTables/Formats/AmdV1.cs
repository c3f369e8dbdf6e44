using System.Numerics;

namespace GraphOrder.PageTables;

/// <summary>
/// AMD v1 (host) tables, 1 to 6 levels. AMD I/O virtualization technology specification (48882), section
/// 2.2.3 (host page tables, tables 14 and 15); what Linux writes: drivers/iommu/generic_pt/fmt/amdv1.h of
/// 7.3. NextLevel 7 is a leaf whose size is coded in its address: below the lowest zero bit all are ones, and
/// each of its entries is the same word. NextLevel may name a level further down; hardware follows that and
/// Linux does not, so it is a fault.
/// </summary>
public readonly struct AmdV1 : IPageTableFormat
{
    private const ulong Present = 1 << 0;
    private const int NextLevelShift = 9;
    private const int SizeCoded = 7;
    private const ulong Address = 0x000F_FFFF_FFFF_F000;
    private const ulong LeafReserved = 0x07F0_0000_0000_0000;
    private const ulong TableReserved = LeafReserved;

    // Attributes of a leaf that a table entry should not have: by the specification alone, unseen elsewhere.
    private const ulong TableUnused = 0x1800_0000_0000_0000;
    private const ulong ForceCoherent = 1UL << 60;
    private const int ReadShift = 61;
    private const int LevelOf512G = 3;

    /// <inheritdoc/>
    public static FormatDescription Description { get; } = new(
        "amd-v1", "", "AMD v1 host tables, 1 to 6 levels", "AMD 48882, section 2.2.3", false);

    /// <inheritdoc/>
    public static int GranuleLg2 => 12;

    /// <inheritdoc/>
    public static int TopLevelMin => 0;

    /// <inheritdoc/>
    public static int TopLevelMax => 5;

    /// <inheritdoc/>
    public static int LeafLevelMax => 4;

    /// <inheritdoc/>
    public static int PhysicalBits => 52;

    /// <inheritdoc/>
    public static bool IsSignExtended => false;

    /// <inheritdoc/>
    public static bool HasExactRoot => false;

    /// <inheritdoc/>
    public static bool HasEncryptionBit => true;

    /// <inheritdoc/>
    public static EntryFaults NeedsFacts => EntryFaults.None;

    /// <inheritdoc/>
    public static GroupKind Groups => GroupKind.Replicated;

    /// <inheritdoc/>
    public static PageTableFaultKind GroupFault => PageTableFaultKind.AmdReplicaMismatch;

    /// <inheritdoc/>
    public static int AddressShift => 0;

    /// <inheritdoc/>
    public static int InputBits(int topLevel) => Math.Min(21 + 9 * topLevel, 64);

    /// <inheritdoc/>
    public static ulong LeafSizes(int level)
    {
        int item = 12 + 9 * level;
        ulong sizes = level <= LeafLevelMax ? Levels.LowMask(item + 9) & ~Levels.LowMask(item) : 0;
        return sizes & Levels.LowMask(52) & ~(1UL << 39);
    }

    /// <summary>Accessed and dirty (bits 5 and 6).</summary>
    public static ulong HardwareBits(int level) => 0x60;

    /// <summary>Untranslated and force-coherent (bits 59 and 60).</summary>
    public static ulong Attributes(ulong word, int level) => word & TableUnused;

    /// <inheritdoc/>
    public static EntryReading Read(ulong word, int level, in EntryFacts facts)
    {
        if ((word & Present) == 0)
        {
            return word == 0 ? EntryReading.Empty : EntryReading.Ghost(EntryKind.Empty);
        }

        int next = (int)((word >> NextLevelShift) & 7);
        ulong address = word & Address & ~facts.EncryptionMask;
        PageAccess access = (PageAccess)((word >> ReadShift) & 3);
        if (next is not (0 or SizeCoded))
        {
            return ReadTable(word, level, next, address, access);
        }

        if (level > LeafLevelMax)
        {
            return EntryReading.Refused(EntryFaults.LeafAtIllegalLevel, EntryKind.Table);
        }

        EntryFaults faults = (word & LeafReserved) != 0 ? EntryFaults.ReservedBitSet : EntryFaults.None;
        int item = 12 + 9 * level;
        if (next == 0)
        {
            ulong low = address & Levels.LowMask(item);
            faults |= low != 0 ? EntryFaults.MisalignedSuperpage : EntryFaults.None;
            faults |= level == LevelOf512G ? EntryFaults.AmdDefault512G : EntryFaults.None;
            return new(EntryKind.Leaf, EntryKind.Leaf, address - low, item, 0, access, faults);
        }

        int size = BitOperations.TrailingZeroCount(~(address | 0xFFF)) + 1;
        if (size == item)
        {
            faults |= EntryFaults.AmdSizeCodeOutOfRange;
        }
        else if (((LeafSizes(level) >> size) & 1) == 0)
        {
            return EntryReading.Refused(EntryFaults.AmdSizeCodeOutOfRange | faults, EntryKind.Leaf);
        }

        ulong page = address & ~Levels.LowMask(size);
        return new(EntryKind.Leaf, EntryKind.Leaf, page, size, size - item, access, faults);
    }

    /// <inheritdoc/>
    public static ulong Leaf(ulong physical, int level, int sizeLg2, PageAccess access, in EntryFacts facts)
    {
        ulong word = Present | ForceCoherent | facts.EncryptionMask
            | ((ulong)(access & PageAccess.ReadWrite) << ReadShift);
        bool isCoded = sizeLg2 != 12 + 9 * level;
        ulong code = isCoded
            ? (Levels.LowMask(sizeLg2 - 1) & Address) | ((ulong)SizeCoded << NextLevelShift)
            : 0;
        return word | physical | code;
    }

    /// <inheritdoc/>
    public static ulong Table(ulong physical, int level, in EntryFacts facts) =>
        physical | Present | ((ulong)level << NextLevelShift) | (3UL << ReadShift) | facts.EncryptionMask;

    private static EntryReading ReadTable(ulong word, int level, int next, ulong address, PageAccess access)
    {
        if (level == 0)
        {
            return EntryReading.Refused(EntryFaults.TableEncodingAtLevel0, EntryKind.Leaf);
        }

        if (next != level)
        {
            return new(
                EntryKind.TableElsewhere, EntryKind.Table, address, Access: access,
                Errors: EntryFaults.NextLevelMismatch);
        }

        EntryFaults errors = (word & TableReserved) != 0 ? EntryFaults.ReservedBitSet : EntryFaults.None;
        bool isUnused = errors == EntryFaults.None && (word & TableUnused) != 0;
        EntryFaults warnings = isUnused ? EntryFaults.ReservedBitSet : EntryFaults.None;
        return new(
            EntryKind.Table, EntryKind.Table, address, 0, 0, access | PageAccess.Execute, errors, warnings);
    }
}
