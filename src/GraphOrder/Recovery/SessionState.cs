namespace GraphOrder;

/// <summary>How far a session came. The first four are of the new kernel, the last two of the old one.
/// </summary>
public enum SessionState : byte
{
    /// <summary>New kernel: handed over and not retrieved yet.</summary>
    Held,

    /// <summary>New kernel: somebody holds its descriptor; closing that finishes it.</summary>
    Retrieved,

    /// <summary>New kernel: finished.</summary>
    Finished,

    /// <summary>New kernel: it is not there, and none of its files is.</summary>
    Lost,

    /// <summary>Old kernel: somebody holds its descriptor; closing that unpreserves its files.</summary>
    Open,

    /// <summary>Old kernel: closed, or never created.</summary>
    Closed,
}
