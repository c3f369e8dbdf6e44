namespace GraphOrder.LiveUpdate;

/// <summary>How far a run came.</summary>
public enum RunEnd : byte
{
    /// <summary>Everything is preserved; whoever has custody calls reboot.</summary>
    Ready,

    /// <summary>
    /// The reboot call was made and did not come back. Only a simulated kernel lets anybody see this.
    /// </summary>
    Jumped,

    /// <summary>Everything is retrieved and finished.</summary>
    Done,

    /// <summary>A step failed; what was done stands.</summary>
    Stopped,

    /// <summary>
    /// A step failed or somebody called it off, and every session was closed in the plan's order.
    /// </summary>
    CalledOff,
}

/// <summary>How a run ended. Immutable.</summary>
/// <param name="End">How far it came.</param>
/// <param name="Step">
/// The step that failed; 0 where none did, or where it was the journal's own session.
/// </param>
/// <param name="Error">Why the kernel refused it.</param>
/// <param name="Why">Why it failed where no error number tells; null where one does.</param>
public sealed record RunOutcome(RunEnd End, int Step = 0, Errno Error = Errno.None, string? Why = null);
