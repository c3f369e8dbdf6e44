namespace GraphOrder.PageTables;

/// <summary>
/// The faults that a word shows by itself, as flags: bit n is defect En of the catalogue, that is
/// <see cref="PageTableFaultKind"/> 3000 + n.
/// </summary>
[Flags]
public enum EntryFaults : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>E01.</summary>
    ReservedBitSet = 1u << 1,

    /// <summary>E03.</summary>
    MisalignedSuperpage = 1u << 3,

    /// <summary>E04.</summary>
    LeafAtIllegalLevel = 1u << 4,

    /// <summary>E05.</summary>
    TableEncodingAtLevel0 = 1u << 5,

    /// <summary>E06.</summary>
    ReservedLeafEncoding = 1u << 6,

    /// <summary>E07.</summary>
    GhostEntry = 1u << 7,

    /// <summary>E09.</summary>
    AccessFlagClear = 1u << 9,

    /// <summary>E10.</summary>
    DirtyNotPreset = 1u << 10,

    /// <summary>E14.</summary>
    AmdDefault512G = 1u << 14,

    /// <summary>E15.</summary>
    AmdSizeCodeOutOfRange = 1u << 15,

    /// <summary>E20.</summary>
    NextLevelMismatch = 1u << 20,

    /// <summary>E22.</summary>
    ReadOnlyUnderNestParent = 1u << 22,
}
