namespace GraphOrder;

/// <summary>What moves as one in a phase.</summary>
public enum StepUnit : byte
{
    /// <summary>Each object by itself.</summary>
    Object,

    /// <summary>A file with all that it carries.</summary>
    File,

    /// <summary>A session with all its files.</summary>
    Session,

    /// <summary>Everything at once.</summary>
    Everything,
}

/// <summary>How a phase orders the steps inside one session.</summary>
public enum InsideSession : byte
{
    /// <summary>In an order of our choice.</summary>
    Chosen,

    /// <summary>In preserve order.</summary>
    PreserveForward,

    /// <summary>In reverse preserve order.</summary>
    PreserveBackward,

    /// <summary>At once: order inside does not matter.</summary>
    Together,
}

/// <summary>The session orders that the built-in models name.</summary>
public enum SessionOrder : byte
{
    /// <summary>None: steps of different sessions mix freely.</summary>
    Interleaved,

    /// <summary>The order in which sessions are created.</summary>
    Create,

    /// <summary>The order in which outgoing sessions are closed when the update is called off.</summary>
    Close,

    /// <summary>The order in which sessions are finished.</summary>
    Finish,
}

/// <summary>How a lifecycle model decides the order of one phase. Immutable.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Unit">What moves as one.</param>
/// <param name="Between">How sessions follow one another.</param>
/// <param name="IsBackward">Whether the phase runs that order from its last session to its first.</param>
/// <param name="Inside">What decides inside a session.</param>
public readonly record struct PhaseRule(
    Phase Phase,
    StepUnit Unit,
    SessionOrder Between,
    bool IsBackward,
    InsideSession Inside)
{
    /// <summary>
    /// Whether a dependency inside one session constrains the order in which files are preserved.
    /// </summary>
    public bool ReadsPreserveOrder =>
        Inside is InsideSession.PreserveForward or InsideSession.PreserveBackward;
}
