namespace GraphOrder;

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

    /// <summary>
    /// Whether an act may stand in the phase: where the caller makes its calls, one a step or one a session,
    /// and so can do something between two of them. What the kernel walks by itself (its list of created
    /// sessions, one row of all files) or does at once has no such place.
    /// </summary>
    public bool TakesActs => Unit != StepUnit.Everything
        && (Between.IsInterleaved ? Inside == InsideSession.Chosen : Between != SessionOrder.Create);
}
