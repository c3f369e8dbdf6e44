namespace GraphOrder;

/// <summary>The two acts between which a session's guest does not run. Immutable.</summary>
/// <param name="Pause">The act that stops the guest, in the old kernel.</param>
/// <param name="Resume">The act that lets it run again, in the new kernel.</param>
public readonly record struct BlackoutActs(ObjectId Pause, ObjectId Resume);
