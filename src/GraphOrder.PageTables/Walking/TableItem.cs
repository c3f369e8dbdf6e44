namespace GraphOrder.PageTables;

/// <summary>What a walk does with an item of a table.</summary>
internal readonly record struct TableItem
{
    /// <summary>Table: follow it. Leaf: it maps. Everything else: nothing.</summary>
    public EntryKind Kind { get; init; }

    /// <summary>The table, or the first byte of the leaf.</summary>
    public ulong Physical { get; init; }

    /// <summary>Log2 of the leaf's bytes.</summary>
    public int SizeLg2 { get; init; }

    /// <summary>Items that it takes: those of its group, else one.</summary>
    public int Count { get; init; }

    /// <summary>Whether it claims to belong to others: its neighbours must be read one by one.</summary>
    public bool IsGrouped { get; init; }

    /// <summary>What the device may do with it, the tables above included.</summary>
    public PageAccess Access { get; init; }

    /// <summary>Its memory attributes.</summary>
    public ulong Attributes { get; init; }

    /// <summary>Faults of the item that are errors: bit n is En.</summary>
    public uint Errors { get; init; }

    /// <summary>Faults of the item that are warnings: bit n is En.</summary>
    public uint Warnings { get; init; }

    /// <summary>What is wrong with its group, told once for each.</summary>
    public PageTableFaultKind GroupFault { get; init; }

    /// <summary>The item that shows it.</summary>
    public int GroupFaultIndex { get; init; }

    /// <summary>What hardware takes the word for.</summary>
    public EntryKind Hardware { get; init; }

    /// <summary>What Linux takes the word for.</summary>
    public EntryKind Kernel { get; init; }

    /// <summary>Whether anything is wrong with it.</summary>
    public bool IsFaulty => (Errors | Warnings) != 0 || GroupFault != PageTableFaultKind.None;
}
