using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// What of a plan may be another since it was last asked for: the steps of all that was touched, as they
/// would stand in a plan of the whole. <see cref="LivePlan"/> puts it into what stayed. Immutable and
/// thread-safe.
/// </summary>
/// <remarks>
/// Ids are those of the live graph. What is touched and has no step here has left, or has none in that phase;
/// an id that has left may come again for something else.
/// </remarks>
public sealed class PlanChange
{
    private readonly ImmutableArray<LiveStep>[] _steps;

    internal PlanChange(ImmutableArray<LiveStep>[] steps, PhaseWaves[] waves, List<LiveSession> places)
    {
        _steps = steps;
        Waves = waves;
        Places = places;
    }

    /// <summary>Whether it is the whole plan, and nothing that was known before counts.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The objects that were touched, those that have left among them.</summary>
    public ImmutableArray<ObjectId> Objects { get; init; } = [];

    /// <summary>The sessions that were touched, those that have left among them.</summary>
    public ImmutableArray<SessionId> Sessions { get; init; } = [];

    /// <summary>
    /// The steps of a phase of what was touched and is there, in the order in which they run.
    /// </summary>
    public ImmutableArray<LiveStep> this[Phase phase] => _steps[(int)phase];

    /// <summary>How each phase counts its waves.</summary>
    internal PhaseWaves[] Waves { get; }

    /// <summary>Where the sessions stand that were touched and are there.</summary>
    internal List<LiveSession> Places { get; }
}
