namespace GraphOrder;

/// <summary>What a repair does, by what becomes of the sessions.</summary>
public enum RepairKind : byte
{
    /// <summary>Files move into other sessions that are there already.</summary>
    Move,

    /// <summary>Files of one session move into a new one.</summary>
    Split,

    /// <summary>Files of several sessions move into new ones.</summary>
    NewSession,

    /// <summary>Whole sessions are put into others.</summary>
    Merge,

    /// <summary>Soft dependencies are waived.</summary>
    Waive,

    /// <summary>More than one of these.</summary>
    Combined,
}
