using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// When each step of a plan runs if the steps of different sessions run side by side: what that costs each
/// guest, how much less it could be, and what to make faster next. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// Times are microseconds from the start of the first step. Unfreeze and unpreserve are not scheduled: they
/// belong to an update that is called off.
/// </remarks>
public sealed class Schedule
{
    private readonly ImmutableArray<StepTime>[] _times;

    internal Schedule(ImmutableArray<StepTime>[] times) => _times = times;

    /// <summary>The plan whose steps it is about.</summary>
    public required Plan Plan { get; init; }

    /// <summary>The blackout of each guest, in document order.</summary>
    public required ImmutableArray<GuestBlackout> Blackouts { get; init; }

    /// <summary>The jump into the next kernel.</summary>
    public required ScheduledCall Kexec { get; init; }

    /// <summary>Whether the set says how long the jump takes; else it counts as 0.</summary>
    public required bool IsKexecKnown { get; init; }

    /// <summary>The sum of all blackouts.</summary>
    public required long SumMicroseconds { get; init; }

    /// <summary>
    /// No schedule of this plan's order has a lesser sum. Equal to the sum where it is proven least.
    /// </summary>
    public required long SumMicrosecondsMin { get; init; }

    /// <summary>The sum if the steps of the plan ran one after another, in its order.</summary>
    public required long OneByOneMicroseconds { get; init; }

    /// <summary>How many steps some paused guest waits for.</summary>
    public required int WaitedStepCount { get; init; }

    /// <summary>Of how many of them the set says no cost; they count as 0.</summary>
    public required int UnknownCostCount { get; init; }

    /// <summary>What the guest of the longest blackout waits for, from its pause to its resume.</summary>
    public required ImmutableArray<ChainLink> LongestChain { get; init; }

    /// <summary>
    /// What to make faster next, that which gains most first: at most three calls and one class.
    /// </summary>
    public required ImmutableArray<SpeedUp> SpeedUps { get; init; }

    /// <summary>The longest blackout; of equal ones the first.</summary>
    public GuestBlackout Longest
    {
        get
        {
            GuestBlackout longest = Blackouts[0];
            foreach (GuestBlackout blackout in Blackouts)
            {
                longest = blackout.Microseconds > longest.Microseconds ? blackout : longest;
            }

            return longest;
        }
    }

    /// <summary>Whether no schedule of this plan's order has a lesser sum.</summary>
    public bool IsLeast => SumMicroseconds == SumMicrosecondsMin;

    /// <summary>When the steps of a phase run; empty for unfreeze and unpreserve.</summary>
    public ImmutableArray<StepTime> this[Phase phase] => _times[(int)phase];
}
