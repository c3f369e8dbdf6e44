namespace GraphOrder;

/// <summary>
/// What a schedule is judged by: the sum over all guests, and among equal sums the longest. Less is better.
/// </summary>
/// <param name="Sum">The sum of the ends of all targets.</param>
/// <param name="Longest">The greatest of them, each with what its guest has waited on the other side.</param>
internal readonly record struct ScheduleGoal(long Sum, long Longest)
{
    /// <summary>Worse than any schedule.</summary>
    public static ScheduleGoal Worst { get; } = new(long.MaxValue, long.MaxValue);

    /// <summary>Whether it is better than another one.</summary>
    public bool IsBetterThan(ScheduleGoal other) =>
        Sum < other.Sum || (Sum == other.Sum && Longest < other.Longest);

    /// <summary>The goal that a schedule reaches.</summary>
    /// <param name="network">The network.</param>
    /// <param name="schedule">Its schedule.</param>
    /// <param name="waited">What each guest has waited on the other side.</param>
    public static ScheduleGoal Of(ActivityNetwork network, SerialSchedule schedule, long[] waited)
    {
        long sum = 0;
        long longest = 0;
        for (int guest = 0; guest < waited.Length; guest++)
        {
            long end = schedule.EndOf(network.Targets[guest]);
            sum += end;
            longest = Math.Max(longest, end + waited[guest]);
        }

        return new ScheduleGoal(sum, longest);
    }
}
