namespace GraphOrder;

/// <summary>One step of the run.</summary>
/// <param name="Number">Its number over the whole run, from 1 up.</param>
/// <param name="Verb">What the caller does.</param>
/// <param name="Session">The session; none for the jump and for everything at once.</param>
/// <param name="Object">The file, object or act; none where a session or everything is meant.</param>
/// <param name="Row">Its place in the phase of the plan.</param>
public readonly record struct RunStep(
    int Number,
    StepVerb Verb,
    SessionId? Session,
    ObjectId? Object,
    int Row);
