namespace GraphOrder.PageTables;

/// <summary>How a format says that several entries are one.</summary>
public enum GroupKind : byte
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>
    /// All entries of a group are the same word; the address is that of the whole (AMD, NAPOT).
    /// </summary>
    Replicated,

    /// <summary>Each entry has its own address and a bit that says so (Arm).</summary>
    OwnAddress,
}
