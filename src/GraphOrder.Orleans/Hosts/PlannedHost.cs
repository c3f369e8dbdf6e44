namespace GraphOrder.Orleans;

/// <summary>What planning a host's set gives. Immutable; nobody writes into its bytes.</summary>
/// <param name="Standing">What to think of it.</param>
/// <param name="Plan">The plan or the refusal (<c>graphorder/plan/1</c>), with its certificate.</param>
[GenerateSerializer]
[Immutable]
public sealed record PlannedHost(HostStanding Standing, byte[] Plan);
