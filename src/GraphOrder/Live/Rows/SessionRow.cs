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

    /// <summary>For whom it is among those that may have changed.</summary>
    public ChangeReader ChangedFor;

    /// <summary>Its place among all sessions that ever came.</summary>
    public long Arrival;

    /// <summary>Its place among all sessions that the kernel ever had; meaningless where it has it not.
    /// </summary>
    public long Creation;

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

    /// <summary>Its place among all sessions: what the kernel has stands first.</summary>
    public readonly long Place => IsCreated ? Creation : long.MaxValue / 2 + Arrival;
}
