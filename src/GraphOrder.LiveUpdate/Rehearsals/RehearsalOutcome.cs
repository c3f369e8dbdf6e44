namespace GraphOrder.LiveUpdate;

/// <summary>How a rehearsal ended.</summary>
public enum RehearsalOutcome
{
    /// <summary>Every session is finished.</summary>
    Finished,

    /// <summary>Before the jump; every session was closed, and everything runs on in the old
    /// kernel.</summary>
    CalledOff,

    /// <summary>In the next kernel, with sessions that are not finished.</summary>
    Stuck,

    /// <summary>The next kernel stopped while it booted.</summary>
    Panicked,
}
