namespace GraphOrder.Orleans;

/// <summary>That a host is away, and why. Immutable.</summary>
/// <param name="Order">What it was given for.</param>
/// <param name="Status">Why the host is still away.</param>
/// <param name="Given">The number of the event that gave it.</param>
[GenerateSerializer]
[Immutable]
public sealed record Permit(UpdateOrder Order, PermitStatus Status, long Given);
