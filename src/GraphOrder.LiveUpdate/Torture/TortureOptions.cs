namespace GraphOrder.LiveUpdate;

/// <summary>How long random calls go on, and which.</summary>
public sealed record TortureOptions
{
    /// <summary>What everything follows from.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Sequences at most; no limit where it is 0.</summary>
    public int RoundsMax { get; init; }

    /// <summary>When to stop beginning sequences; no limit where it is zero.</summary>
    public TimeSpan TimeMax { get; init; }

    /// <summary>Calls of a sequence, before those that look at what is left.</summary>
    public int Length { get; init; } = 60;
}
