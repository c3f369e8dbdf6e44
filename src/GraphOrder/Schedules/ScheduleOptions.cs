namespace GraphOrder;

/// <summary>What may be asked of a schedule. Immutable.</summary>
public sealed record ScheduleOptions
{
    /// <summary>The usual limits, no demand.</summary>
    public static ScheduleOptions Default { get; } = new();

    /// <summary>The longest blackout that is allowed, in microseconds; null where nobody asks.</summary>
    public long? BlackoutMicrosecondsMax { get; init; }

    /// <summary>
    /// How many steps may be placed on the way, over all schedules tried on one side of the jump. Counted in
    /// work, not in time, so that every machine gives the same answer.
    /// </summary>
    public long WorkMax { get; init; } = 2_000_000;
}
