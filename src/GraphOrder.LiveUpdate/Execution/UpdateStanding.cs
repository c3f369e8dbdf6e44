namespace GraphOrder.LiveUpdate;

/// <summary>Where an update stands, as far as its journal and the kernel that runs tell.</summary>
public enum UpdateStanding
{
    /// <summary>Everything is retrieved and finished.</summary>
    Done,

    /// <summary>It was called off.</summary>
    CalledOff,

    /// <summary>Everything is preserved, the journal too, and somebody else asks for the jump.</summary>
    Ready,

    /// <summary>Whoever held the sessions died before the jump, and the kernel let go of all.</summary>
    LetGo,

    /// <summary>The jump was, or may have been, and the new kernel's side was not begun.</summary>
    Waiting,

    /// <summary>It stopped at a step.</summary>
    Stopped,

    /// <summary>The process that held what was retrieved died, and something went with it.</summary>
    Lost,

    /// <summary>
    /// The same machine was booted since, and what was not finished is gone with its kernel.
    /// </summary>
    Rebooted,

    /// <summary>
    /// The journal tells how far it came, and the kernel that runs nothing of how it is now.
    /// </summary>
    Unknown,
}
