namespace GraphOrder;

/// <summary>How far to look for repairs. Immutable.</summary>
public sealed record RepairOptions
{
    /// <summary>The usual limits: seconds at most on a set of a million objects.</summary>
    public static RepairOptions Default { get; } = new();

    /// <summary>The greatest number of repairs to offer.</summary>
    public int RepairCountMax { get; init; } = 6;

    /// <summary>
    /// How much may be planned on the way, in objects, dependencies and sessions over all plannings. Where
    /// it is used up, what was found is offered, and the list says that something cheaper may exist.
    /// </summary>
    public long WorkMax { get; init; } = 20_000_000;
}
