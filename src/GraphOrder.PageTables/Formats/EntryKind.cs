namespace GraphOrder.PageTables;

/// <summary>What somebody takes a word for.</summary>
public enum EntryKind : byte
{
    /// <summary>Zero: nothing.</summary>
    Empty,

    /// <summary>Not zero, and still nothing.</summary>
    NotPresent,

    /// <summary>The address of a table, one level down.</summary>
    Table,

    /// <summary>A translation.</summary>
    Leaf,

    /// <summary>An access faults.</summary>
    Refused,

    /// <summary>The address of a table of another level than the one below (AMD v1).</summary>
    TableElsewhere,
}
