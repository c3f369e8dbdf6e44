namespace GraphOrder.PageTables;

/// <summary>What a walk takes on. Immutable.</summary>
public sealed record WalkLimits
{
    /// <summary>16,777,216 tables, 1,000 faults told.</summary>
    public static WalkLimits Default { get; } = new();

    /// <summary>
    /// Tables that are walked, each once, at least 1; those beyond are counted and left out
    /// (<see cref="WalkSummary.SkippedTables"/>). About 64 bytes are kept for each.
    /// </summary>
    public int TableMax { get; init; } = 1 << 24;

    /// <summary>Faults that are told one by one; the counts by kind are always whole.</summary>
    public int FaultMax { get; init; } = 1000;
}
