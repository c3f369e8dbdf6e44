namespace GraphOrder.PageTables;

/// <summary>
/// Arm VMSAv8-64 tables as SMMUv3 uses them. Arm ARM (DDI 0487), sections D8.3 (descriptors) and D8.7.1 (the
/// contiguous bit); what Linux writes: drivers/iommu/io-pgtable-arm.c of 7.3. Arm's lookup level is 3 minus
/// ours. Reserved bits do not fault here, so they are warnings. With dirty-bit management (bit 51) a leaf is
/// writable whatever its read-only bit says. Addresses of 52 bits are known with 64 KiB granules only.
/// </summary>
/// <typeparam name="TStage">Stage 1 or 2.</typeparam>
/// <typeparam name="TGranule">The granule.</typeparam>
public readonly struct ArmLpae<TStage, TGranule> : IPageTableFormat
    where TStage : struct, IArmStage
    where TGranule : struct, IArmGranule
{
    private const ulong AccessFlag = 1 << 10;
    private const ulong InnerShareable = 3 << 8;
    private const ulong NoTranslation = 1 << 16;
    private const ulong DirtyManagement = 1UL << 51;
    private const ulong Contiguous = 1UL << 52;
    private const int WideShift = 36;

    /// <inheritdoc/>
    public static FormatDescription Description { get; } = new(
        TStage.IsSecond ? "arm-lpae-s2" : "arm-lpae-s1",
        TGranule.Name,
        $"Arm SMMUv3 stage {(TStage.IsSecond ? 2 : 1)}, granule {TGranule.Name}",
        "Arm ARM DDI 0487, sections D8.3 and D8.7.1",
        true);

    /// <inheritdoc/>
    public static int GranuleLg2 => TGranule.Lg2;

    /// <inheritdoc/>
    public static int TopLevelMin => 0;

    /// <inheritdoc/>
    public static int TopLevelMax => TGranule.TopLevelMax;

    /// <inheritdoc/>
    public static int LeafLevelMax => TGranule.BlockLevelMax;

    /// <inheritdoc/>
    public static int PhysicalBits => TGranule.Lg2 == 16 ? 52 : 48;

    /// <inheritdoc/>
    public static bool IsSignExtended => false;

    /// <inheritdoc/>
    public static bool HasExactRoot => true;

    /// <inheritdoc/>
    public static bool HasEncryptionBit => false;

    /// <inheritdoc/>
    public static EntryFaults NeedsFacts => EntryFaults.AccessFlagClear;

    /// <inheritdoc/>
    public static GroupKind Groups => GroupKind.OwnAddress;

    /// <inheritdoc/>
    public static PageTableFaultKind GroupFault => PageTableFaultKind.ContiguousBitInconsistent;

    /// <inheritdoc/>
    public static int AddressShift => 0;

    // Bits 47 to the granule.
    private static ulong Address => Levels.LowMask(48) & ~Levels.LowMask(TGranule.Lg2);

    /// <inheritdoc/>
    public static int InputBits(int topLevel) =>
        Math.Min(48, TGranule.Lg2 + (topLevel + 1) * (TGranule.Lg2 - 3));

    /// <inheritdoc/>
    public static ulong LeafSizes(int level) =>
        level <= LeafLevelMax ? 1UL << (TGranule.Lg2 + level * (TGranule.Lg2 - 3)) : 0;

    /// <summary>
    /// The access flag. What hardware does to the read-only bit changes the access and counts.
    /// </summary>
    public static ulong HardwareBits(int level) => AccessFlag;

    /// <summary>AttrIndx or MemAttr, and shareability.</summary>
    public static ulong Attributes(ulong word, int level) =>
        word & (InnerShareable | (TStage.IsSecond ? 0x3CUL : 0x1CUL));

    /// <inheritdoc/>
    public static EntryReading Read(ulong word, int level, in EntryFacts facts)
    {
        if ((word & 1) == 0)
        {
            return word == 0 ? EntryReading.Empty : EntryReading.Ghost(EntryKind.Empty);
        }

        bool isLong = (word & 2) != 0;
        if (level > 0 && isLong)
        {
            EntryFaults soft = SoftFaults(word, TableReserved(facts));
            return new(
                EntryKind.Table, EntryKind.Table, ReadAddress(word, facts), Access: TableAccess(word),
                Warnings: soft);
        }

        if (level == 0 && !isLong)
        {
            return EntryReading.Refused(EntryFaults.ReservedLeafEncoding, EntryKind.Refused);
        }

        if (level > BlockLevelMax(facts))
        {
            return EntryReading.Refused(EntryFaults.LeafAtIllegalLevel, EntryKind.Leaf);
        }

        int size = TGranule.Lg2 + level * (TGranule.Lg2 - 3);
        ulong address = ReadAddress(word, facts);
        ulong low = address & Levels.LowMask(size);
        EntryFaults errors = (low & ~NoTranslation) != 0 ? EntryFaults.MisalignedSuperpage : EntryFaults.None;
        bool faultsOnUse = facts.HasNoAccessUpdate && (word & AccessFlag) == 0;
        errors |= faultsOnUse ? EntryFaults.AccessFlagClear : EntryFaults.None;
        int group = (word & Contiguous) != 0 ? TGranule.ContiguousLg2(level) : 0;
        return new(
            EntryKind.Leaf, EntryKind.Leaf, address - low, size, group, LeafAccess(word), errors,
            SoftFaults(word, LeafReserved(facts)));
    }

    /// <inheritdoc/>
    public static ulong Leaf(ulong physical, int level, int sizeLg2, PageAccess access, in EntryFacts facts)
    {
        bool isWritable = (access & PageAccess.Write) != 0;
        ulong type = level == 0 ? 3UL : 1UL;
        ulong attributes = TStage.IsSecond
            ? 0x3CUL | ((ulong)(access & PageAccess.ReadWrite) << 6)
            : 0x844UL | (isWritable ? 0UL : 0x80UL);
        return WriteAddress(physical, facts) | type | attributes | AccessFlag | InnerShareable;
    }

    /// <inheritdoc/>
    public static ulong Table(ulong physical, int level, in EntryFacts facts) =>
        WriteAddress(physical, facts) | 3;

    private static int BlockLevelMax(in EntryFacts facts) =>
        TGranule.Lg2 == 16 && facts.Has52BitAddresses ? 2 : TGranule.BlockLevelMax;

    private static ulong ReadAddress(ulong word, in EntryFacts facts) =>
        TGranule.Lg2 == 16 && facts.Has52BitAddresses
            ? (word & Address) | ((word & 0xF000) << WideShift)
            : word & Address;

    private static ulong WriteAddress(ulong physical, in EntryFacts facts) =>
        TGranule.Lg2 == 16 && facts.Has52BitAddresses
            ? (physical & Address) | ((physical >> WideShift) & 0xF000)
            : physical;

    // Stage 1 has a guarded-page bit (50); stage 2 keeps it and bit 63.
    private static ulong LeafReserved(in EntryFacts facts) =>
        0x0003_0000_0000_0000 | (TStage.IsSecond ? 0x8004_0000_0000_0000 : 0) | BelowGranule(facts);

    // Stage 2 tables take nothing away: bits 63:59 are for stage 1.
    private static ulong TableReserved(in EntryFacts facts) =>
        0x0007_0000_0000_0000 | (TStage.IsSecond ? 0xF800_0000_0000_0000 : 0) | BelowGranule(facts);

    private static ulong BelowGranule(in EntryFacts facts) =>
        TGranule.Lg2 == 16 && facts.Has52BitAddresses ? 0 : Levels.LowMask(TGranule.Lg2) & ~0xFFFUL;

    private static EntryFaults SoftFaults(ulong word, ulong reserved) =>
        (word & reserved) != 0 ? EntryFaults.ReservedBitSet : EntryFaults.None;

    private static PageAccess TableAccess(ulong word) =>
        !TStage.IsSecond && (word & (1UL << 62)) != 0 ? PageAccess.All & ~PageAccess.Write : PageAccess.All;

    private static PageAccess LeafAccess(ulong word)
    {
        bool isManaged = (word & DirtyManagement) != 0;
        PageAccess access = TStage.IsSecond
            ? (PageAccess)((word >> 6) & 3)
            : (word & 0x80) == 0 ? PageAccess.ReadWrite : PageAccess.Read;
        return isManaged ? access | PageAccess.Write : access;
    }
}
