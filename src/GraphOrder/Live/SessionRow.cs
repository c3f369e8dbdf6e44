namespace GraphOrder;

/// <summary>What a live graph knows of a session.</summary>
internal struct SessionRow
{
    /// <summary>Whether it is there, as the open change has it.</summary>
    public bool IsThere;

    /// <summary>Whether the open change has added it.</summary>
    public bool IsNew;

    /// <summary>Whether the kernel has it.</summary>
    public bool IsCreated;

    /// <summary>Its id in the last snapshot, counted from 1; 0 where it has none.</summary>
    public int LastId;

    /// <summary>Its name as text, made for the first snapshot.</summary>
    public SessionName Name;

    /// <summary>Its files and acts.</summary>
    public RowListEnds Objects;

    /// <summary>What the kernel has preserved in it, in that order.</summary>
    public RowListEnds Preserved;

    /// <summary>What it needs as a whole.</summary>
    public RowListEnds Needs;

    /// <summary>What needs it as a whole.</summary>
    public RowListEnds NeededBy;

    /// <summary>The arcs that say its place among what the kernel has created.</summary>
    public int FirstUse;
}
