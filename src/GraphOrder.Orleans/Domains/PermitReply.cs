namespace GraphOrder.Orleans;

/// <summary>What a domain answers to one order. Immutable.</summary>
/// <param name="Answer">Whether the host may be updated.</param>
/// <param name="Given">The number of the event that gave the permit; 0 for none.</param>
[GenerateSerializer]
[Immutable]
public readonly record struct PermitReply(PermitAnswer Answer, long Given);
