namespace GraphOrder.PageTables;

/// <summary>
/// What a format must know of the platform to read or write a word. The default knows nothing: what cannot
/// be told then is not a fault. Immutable.
/// </summary>
public readonly record struct EntryFacts
{
    /// <summary>
    /// The bit that marks encrypted memory (AMD SME C-bit) as a mask; 0 where there is none.
    /// </summary>
    public ulong EncryptionMask { get; init; }

    /// <summary>Whether hardware is known not to set access flags.</summary>
    public bool HasNoAccessUpdate { get; init; }

    /// <summary>Whether hardware is known not to set dirty flags.</summary>
    public bool HasNoDirtyUpdate { get; init; }

    /// <summary>Whether hardware is known not to have snoop control (VT-d bit 11 of a leaf).</summary>
    public bool HasNoSnoopControl { get; init; }

    /// <summary>Whether nested domains stand on the table (VT-d, Intel erratum SPR17).</summary>
    public bool IsNestParent { get; init; }

    /// <summary>Whether RISC-V bits 60:59 are known to be reserved (no Svrsw60t59b).</summary>
    public bool ReservesSoftwareBits { get; init; }

    /// <summary>
    /// Whether addresses have 52 bits (Arm with 64 KiB granules: bits 51:48 stand at 15:12).
    /// </summary>
    public bool Has52BitAddresses { get; init; }
}
