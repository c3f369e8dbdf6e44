namespace GraphOrder.Orleans;

/// <summary>The last update of a host. Immutable.</summary>
/// <param name="Order">Its order.</param>
/// <param name="Domain">The failure domain that gave the permit.</param>
/// <param name="Outcome">How it has ended; null while it runs.</param>
/// <param name="Ended">The number of the event that says so; 0 while it runs.</param>
[GenerateSerializer]
[Immutable]
public sealed record HostUpdate(UpdateOrder Order, string Domain, UpdateOutcome? Outcome, long Ended);
