namespace GraphOrder.LiveUpdate;

/// <summary>A step that was done, or refused.</summary>
/// <param name="Number">Its number: those of a plan's text, from 1 up; steps behind a failure go on counting.
/// </param>
/// <param name="Act">What was done.</param>
/// <param name="Session">The session; null for the jump and for a death.</param>
/// <param name="Object">The file, or the act of the user's own; null where a session is meant.</param>
/// <param name="Error">What the kernel answered.</param>
public readonly record struct RehearsedStep(
    int Number, RehearsedAct Act, SessionId? Session, ObjectId? Object, Errno Error);
