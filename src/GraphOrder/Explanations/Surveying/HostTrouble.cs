namespace GraphOrder;

/// <summary>One cause for which a host cannot be updated. Immutable.</summary>
/// <param name="Key">The cause, without ids.</param>
/// <param name="First">The first diagnostic of it, with the host's ids.</param>
public sealed record HostTrouble(CauseKey Key, Diagnostic First);
