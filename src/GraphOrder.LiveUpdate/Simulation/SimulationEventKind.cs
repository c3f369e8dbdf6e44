namespace GraphOrder.LiveUpdate;

/// <summary>What a simulated kernel did, or tried: an event with an error says that it refused.</summary>
public enum SimulationEventKind
{
    /// <summary>A session was created.</summary>
    Create,

    /// <summary>A file was preserved.</summary>
    Preserve,

    /// <summary>A file was frozen.</summary>
    Freeze,

    /// <summary>A file was unfrozen, since the freeze failed at another.</summary>
    Unfreeze,

    /// <summary>A file was unpreserved, since its session was closed before a kexec.</summary>
    Unpreserve,

    /// <summary>The old kernel jumped into the next one.</summary>
    Jump,

    /// <summary>The next kernel stopped while it booted.</summary>
    Panic,

    /// <summary>A session was retrieved.</summary>
    RetrieveSession,

    /// <summary>A file was retrieved for the first time.</summary>
    Retrieve,

    /// <summary>A file was asked whether it can finish.</summary>
    AskFinish,

    /// <summary>A file was finished.</summary>
    Finish,

    /// <summary>A file that nobody retrieved was given up; what it held is free.</summary>
    Discard,

    /// <summary>All files of a session are finished.</summary>
    FinishSession,

    /// <summary>A session is gone: closed by its last holder.</summary>
    EndSession,

    /// <summary>A session cannot be reached any more: its close was refused, or a kexec came first.</summary>
    LoseSession,

    /// <summary>Global state of a subsystem was preserved, for its first file.</summary>
    FlbPreserve,

    /// <summary>The same was unpreserved, with its last file.</summary>
    FlbUnpreserve,

    /// <summary>The same was retrieved.</summary>
    FlbRetrieve,

    /// <summary>The same was finished, with its last file.</summary>
    FlbFinish,
}
