namespace GraphOrder.PageTables;

/// <summary>
/// What can be wrong with a page table, under the names of the defect catalogue. The number is the one of
/// the code: 3000 + n for En (how a word is encoded), 3100 + n for Tn (how the tree is built). Defects
/// against areas, owners and orders (O, I, G) are named where those are known.
/// </summary>
public enum PageTableFaultKind : ushort
{
    /// <summary>No fault.</summary>
    None = 0,

    /// <summary>E01: a bit that the format reserves is set.</summary>
    ReservedBitSet = 3001,

    /// <summary>E02: an address has more bits than the platform.</summary>
    AddressWiderThanPlatform = 3002,

    /// <summary>E03: the output address of a large leaf is not a multiple of its size.</summary>
    MisalignedSuperpage = 3003,

    /// <summary>E04: a leaf where the format allows only tables.</summary>
    LeafAtIllegalLevel = 3004,

    /// <summary>E05: at level 0, an encoding that only a table can have.</summary>
    TableEncodingAtLevel0 = 3005,

    /// <summary>E06: an encoding that the format keeps for the future.</summary>
    ReservedLeafEncoding = 3006,

    /// <summary>E07: not present, yet not zero.</summary>
    GhostEntry = 3007,

    /// <summary>E08: a leaf through which nothing is allowed.</summary>
    NoPermissionLeaf = 3008,

    /// <summary>E09: the access flag is clear and hardware does not set it.</summary>
    AccessFlagClear = 3009,

    /// <summary>E10: writable, the dirty flag is clear and hardware does not set it.</summary>
    DirtyNotPreset = 3010,

    /// <summary>E11: the memory attributes differ from those of the table's first leaf.</summary>
    CoherencyAttributeMixed = 3011,

    /// <summary>E12: the encryption bit is missing on memory or a table, or set on MMIO.</summary>
    EncryptionBitMismatch = 3012,

    /// <summary>E13: a leaf of a size that the hardware does not have.</summary>
    PageSizeNotAdvertised = 3013,

    /// <summary>E14: AMD's default page at level 3 (512 GiB), a known hardware bug.</summary>
    AmdDefault512G = 3014,

    /// <summary>E15: an AMD size code outside the sizes of its level.</summary>
    AmdSizeCodeOutOfRange = 3015,

    /// <summary>E16: the entries of an AMD group are not the same.</summary>
    AmdReplicaMismatch = 3016,

    /// <summary>E17: a replicated group does not begin at a multiple of its count.</summary>
    GroupMisaligned = 3017,

    /// <summary>E18: the entries of a RISC-V NAPOT group are not the same.</summary>
    NapotReplicaMismatch = 3018,

    /// <summary>E19: Arm's contiguous bit on some entries of a group, or on entries that are not.</summary>
    ContiguousBitInconsistent = 3019,

    /// <summary>E20: AMD's NextLevel is not the level below.</summary>
    NextLevelMismatch = 3020,

    /// <summary>E21: an entry for addresses that the device cannot use.</summary>
    NonCanonicalOrBeyondWidth = 3021,

    /// <summary>
    /// E22: a read-only leaf of a domain that nested domains stand on (Intel erratum SPR17).
    /// </summary>
    ReadOnlyUnderNestParent = 3022,

    /// <summary>T01: an entry points to its own table or to one above it.</summary>
    TableCycle = 3101,

    /// <summary>T02: two entries point to one table.</summary>
    TableShared = 3102,

    /// <summary>T03: a leaf lets the device reach a page of its own table.</summary>
    TableReachableByDma = 3103,

    /// <summary>T04: a table that the image does not have.</summary>
    TableOutsideImage = 3104,

    /// <summary>T05: a table page that is not preserved.</summary>
    TableNotPreserved = 3105,

    /// <summary>
    /// T07: a table page, or the memory of a leaf, in memory that the next kernel boots in.
    /// </summary>
    TableOrLeafInScratch = 3107,

    /// <summary>T08: a table without entries.</summary>
    EmptyTable = 3108,

    /// <summary>T09: the level on record is not the one that the hardware is given.</summary>
    TopLevelMismatch = 3109,

    /// <summary>T10: the root is not aligned to its size, or wider than the format's addresses.</summary>
    RootMisaligned = 3110,

    /// <summary>T11: one page is a table of two levels.</summary>
    SameTableAtTwoLevels = 3111,

    /// <summary>T12: a full table maps one run that a single larger leaf could map.</summary>
    CouldBeSuperpage = 3112,
}
