namespace GraphOrder.PageTables;

/// <summary>
/// What a table does not say of itself. A fact that is absent leaves its defects unchecked, and the summary
/// lists them. Immutable.
/// </summary>
public sealed record WalkFacts
{
    /// <summary>No facts.</summary>
    public static WalkFacts Unknown { get; } = new();

    /// <summary>Bits of a physical address of the platform (E02).</summary>
    public int? PhysicalBits { get; init; }

    /// <summary>
    /// Bits of an input address: MGAW, IAS, or the domain's aperture (E21). Absent: what the root's level
    /// gives, which is checked too. On Arm it gives the size of the root.
    /// </summary>
    public int? InputBits { get; init; }

    /// <summary>
    /// Tables of the root side by side (Arm stage 2: 1 to 16), where <see cref="InputBits"/> is absent.
    /// </summary>
    public int? RootTables { get; init; }

    /// <summary>The bit that marks encrypted memory, 12 to 51: the C-bit of AMD SME (E12).</summary>
    public int? EncryptionBit { get; init; }

    /// <summary>The sizes of leaf that the hardware has: bit n is 2 to the n bytes (E13).</summary>
    public ulong? PageSizes { get; init; }

    /// <summary>Whether hardware sets access flags (E09).</summary>
    public bool? UpdatesAccess { get; init; }

    /// <summary>Whether hardware sets dirty flags (E10).</summary>
    public bool? UpdatesDirty { get; init; }

    /// <summary>
    /// Whether VT-d hardware has snoop control; without it bit 11 of a leaf is reserved (E01).
    /// </summary>
    public bool? HasSnoopControl { get; init; }

    /// <summary>Whether RISC-V hardware has Svrsw60t59b; without it bits 60:59 are reserved (E01).</summary>
    public bool? HasSvrsw60t59b { get; init; }

    /// <summary>Whether nested domains stand on this one (E22).</summary>
    public bool? IsNestParent { get; init; }

    /// <summary>The level that the hardware is given: context or PASID entry, device table (T09).</summary>
    public int? HardwareTopLevel { get; init; }

    /// <summary>
    /// What the root's own entry leaves to the table: IR and IW of an AMD device-table entry.
    /// </summary>
    public PageAccess RootAccess { get; init; } = PageAccess.All;

    /// <summary>Memory that is preserved for the next kernel (T05).</summary>
    public PhysicalRangeSet? Preserved { get; init; }

    /// <summary>Memory that the next kernel boots in (T07).</summary>
    public PhysicalRangeSet? Scratch { get; init; }

    /// <summary>Memory of devices: not encrypted (E12).</summary>
    public PhysicalRangeSet? Mmio { get; init; }
}
