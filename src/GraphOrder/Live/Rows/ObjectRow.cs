namespace GraphOrder;

/// <summary>What a live graph knows of an object.</summary>
internal struct ObjectRow
{
    /// <summary>Whether it is there, as the open change has it.</summary>
    public bool IsThere;

    /// <summary>Whether the open change has added it.</summary>
    public bool IsNew;

    /// <summary>Whether it is a file that the kernel has preserved.</summary>
    public bool IsPreserved;

    /// <summary>For whom it is among those that may have changed.</summary>
    public ChangeReader ChangedFor;

    /// <summary>Its place among all objects that ever came.</summary>
    public long Arrival;

    /// <summary>What it is, by rows of the live graph.</summary>
    public PreservedObject Object;

    /// <summary>What it carries.</summary>
    public RowListEnds Carried;

    /// <summary>What it needs.</summary>
    public RowListEnds Needs;

    /// <summary>What needs it.</summary>
    public RowListEnds NeededBy;

    /// <summary>What it maps; null for all but an IOAS that has mapped something once.</summary>
    public AreaList? Areas;

    /// <summary>The arcs that say its place in a whole session and behind what is preserved.</summary>
    public int FirstUse;
}
