namespace GraphOrder.LiveUpdate;

/// <summary>How a guest is, as far as its pause and resume acts tell.</summary>
/// <param name="Session">Its session.</param>
/// <param name="IsPaused">Whether it was paused, and not resumed.</param>
/// <param name="Step">The step that last said so; 0 where none did yet.</param>
public readonly record struct GuestStatus(SessionId Session, bool IsPaused, int Step);
