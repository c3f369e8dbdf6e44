namespace GraphOrder.Orleans;

/// <summary>How far the update of an order is. Immutable.</summary>
/// <param name="Refused">Why it will not be carried out; null where it will.</param>
/// <param name="Outcome">How it has ended; null while it runs.</param>
/// <param name="Ended">The number of the host's event that says so; 0 while it runs.</param>
[GenerateSerializer]
[Immutable]
public sealed record UpdateReport(string? Refused, UpdateOutcome? Outcome, long Ended)
{
    /// <summary>Why it failed (<see cref="UpdateResult.Why"/>).</summary>
    [Id(0)]
    public string Why { get; init; } = "";

    /// <summary>It runs.</summary>
    public static UpdateReport Running { get; } = new(null, null, 0);

    /// <summary>It will not be carried out.</summary>
    public static UpdateReport No(string why) => new(why, null, 0);
}
