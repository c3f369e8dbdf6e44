namespace GraphOrder;

/// <summary>
/// What makes an object an act: a step of the user's own and no kernel call (pause, seal, reattach, resume).
/// It has a step in its own phase alone, and dependencies with it count there alone. Immutable.
/// </summary>
/// <param name="Session">The session whose step it is.</param>
/// <param name="Phase">The phase in which it is done.</param>
/// <param name="IsLate">Whether it is done as late as is legal instead of as early.</param>
public sealed record ActFacts(SessionId Session, Phase Phase, bool IsLate = false);
