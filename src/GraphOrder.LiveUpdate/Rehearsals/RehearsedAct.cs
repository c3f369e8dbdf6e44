namespace GraphOrder.LiveUpdate;

/// <summary>What the holder of the sessions does in one step.</summary>
public enum RehearsedAct
{
    /// <summary>Creates a session.</summary>
    Create,

    /// <summary>Preserves a file.</summary>
    Preserve,

    /// <summary>Does something of its own, which no kernel sees.</summary>
    Act,

    /// <summary>Jumps.</summary>
    Kexec,

    /// <summary>Retrieves a session.</summary>
    RetrieveSession,

    /// <summary>Retrieves a file.</summary>
    Retrieve,

    /// <summary>Finishes a session and closes it.</summary>
    Finish,

    /// <summary>Closes a session that was not handed over.</summary>
    Close,

    /// <summary>Nothing more: it was killed, and the kernel closes what it held.</summary>
    Die,
}
