namespace GraphOrder.Orleans;

/// <summary>An update of a host. Immutable.</summary>
/// <param name="Order">Its order.</param>
/// <param name="Domain">The failure domain that gave the permit.</param>
/// <param name="Outcome">How it has ended; null while it runs, or where it was refused.</param>
/// <param name="Ended">The number of the event that says so; 0 where it has not ended.</param>
[GenerateSerializer]
[Immutable]
public sealed record HostUpdate(UpdateOrder Order, string Domain, UpdateOutcome? Outcome, long Ended)
{
    /// <summary>Why the order was not carried out and never will be; null where it was.</summary>
    [Id(0)]
    public string? Refused { get; init; }

    /// <summary>Why it failed (<see cref="UpdateResult.Why"/>).</summary>
    [Id(1)]
    public string Why { get; init; } = "";

    internal UpdateReport Report => new(Refused, Outcome, Ended) { Why = Why };
}
