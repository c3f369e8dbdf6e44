namespace GraphOrder;

/// <summary>How much of a difference is told. Immutable.</summary>
public sealed record PlanDiffOptions
{
    /// <summary>The usual limits.</summary>
    public static PlanDiffOptions Default { get; } = new();

    /// <summary>The greatest number of entries of each list; counts are of all.</summary>
    public int EntryCountMax { get; init; } = 1000;

    /// <summary>Of how many moved steps of a phase the cause is looked for.</summary>
    public int CauseCountMax { get; init; } = 100;

    /// <summary>
    /// The greatest number of plans to make while causes are looked for; 0 for what takes a few seconds.
    /// </summary>
    public int PlanCountMax { get; init; }
}
