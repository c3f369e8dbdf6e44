namespace GraphOrder.Orleans;

/// <summary>A host that stands in a failure domain. Immutable.</summary>
/// <param name="Host">Which host, and what it needs.</param>
/// <param name="Standing">What was to be thought of its set when it was listed.</param>
[GenerateSerializer]
[Immutable]
public sealed record InventoryHost(FleetHost Host, HostStanding Standing);
