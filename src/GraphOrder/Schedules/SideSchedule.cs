namespace GraphOrder;

/// <summary>
/// The schedule of what one kernel does: in the old one with time run backward from the jump, so that both
/// are the same problem. Immutable once made.
/// </summary>
internal sealed class SideSchedule
{
    private readonly IReadOnlyList<PhaseActivities> _phases;
    private readonly SerialSchedule _schedule;
    private readonly bool _isBackward;
    private readonly int[] _ranks;
    private readonly ScheduledCall[] _calls;
    private BindingChain? _chains;

    private SideSchedule(
        ActivityNetwork network,
        ScheduleBound bound,
        IReadOnlyList<PhaseActivities> phases,
        bool isBackward,
        (int[] Ranks, bool IsBest) found)
    {
        Network = network;
        Bound = bound;
        _phases = phases;
        _isBackward = isBackward;
        _ranks = found.Ranks;
        _schedule = new SerialSchedule(network);
        _schedule.Run(_ranks, isWhole: true);
        Ends = Array.ConvertAll(network.Targets, _schedule.EndOf);
        foreach (long end in Ends)
        {
            Sum += end;
        }

        _calls = Calls();
        SumMin = found.IsBest ? Sum : bound.Sum;
        for (int activity = 0; activity < network.Count; activity++)
        {
            Length = Math.Max(Length, _schedule.EndOf(activity));
        }
    }

    /// <summary>What was scheduled.</summary>
    public ActivityNetwork Network { get; }

    /// <summary>What bounds it.</summary>
    public ScheduleBound Bound { get; }

    /// <summary>
    /// How far from the jump each guest's act is: the end of its resume, the start of its pause.
    /// </summary>
    public long[] Ends { get; }

    /// <summary>The sum of <see cref="Ends"/>.</summary>
    public long Sum { get; }

    /// <summary>No schedule has a lesser sum.</summary>
    public long SumMin { get; }

    /// <summary>How long everything takes.</summary>
    public long Length { get; }

    /// <summary>Schedules one side.</summary>
    /// <param name="builder">Its phases.</param>
    /// <param name="targets">The acts whose distance from the jump counts, one for each guest.</param>
    /// <param name="isBackward">Whether the side lies in front of the jump.</param>
    /// <param name="waited">What each guest waits on the other side; null for what is not known yet.</param>
    /// <param name="workMax">How much may be tried.</param>
    /// <param name="cancellation">Cancels it.</param>
    public static SideSchedule Of(
        SideBuilder builder,
        IEnumerable<ObjectId> targets,
        bool isBackward,
        long[]? waited,
        long workMax,
        CancellationToken cancellation)
    {
        ActivityNetwork network = builder.Build(targets);
        network = isBackward ? network.Reversed() : network;
        ScheduleBound bound = ScheduleBound.Of(network);
        (int[] Ranks, bool IsBest) found = ScheduleSearch.Find(
            network, bound, waited ?? new long[network.Targets.Length], workMax, cancellation);
        return new SideSchedule(network, bound, builder.Phases, isBackward, found);
    }

    /// <summary>When the steps of one of the two phases run, counted from the start of this side.</summary>
    public StepTime[] TimesOf(int phase)
    {
        PhaseActivities activities = _phases[phase];
        StepTime[] times = new StepTime[activities.Steps.Count];
        for (int step = 0; step < times.Length; step++)
        {
            long start = StartOf(activities.ActivityOf[step]) + activities.Offsets[step];
            times[step] = new StepTime(start, activities.Microseconds[step]);
        }

        return times;
    }

    /// <summary>How many steps some target waits for, and of how many the set says no cost.</summary>
    public (int Waited, int Unknown) CountsOf(DependencyGraph graph)
    {
        int waited = 0;
        int unknown = 0;
        foreach (PhaseActivities activities in _phases)
        {
            for (int step = 0; step < activities.Steps.Count; step++)
            {
                if (Network.IsRelevant[activities.ActivityOf[step]])
                {
                    waited++;
                    unknown += StepCosts.IsKnown(graph, activities.Steps, step) ? 0 : 1;
                }
            }
        }

        return (waited, unknown);
    }

    /// <summary>
    /// What a guest waits for, in the order of time: activities that take any, each with the class for which
    /// it waits; -1 for none.
    /// </summary>
    public List<(int Activity, int Class)> ChainOf(int guest)
    {
        _chains ??= new BindingChain(Network, _schedule);
        List<(int Activity, int Class)> chain = _chains.To(Network.Targets[guest]);
        if (_isBackward)
        {
            // The last of the list is nearest to the jump. A wait for a place lies between two links, and is
            // told of the later one.
            for (int i = chain.Count - 1; i > 0; i--)
            {
                chain[i] = (chain[i].Activity, chain[i - 1].Class);
            }

            chain[0] = (chain[0].Activity, -1);
        }
        else
        {
            chain.Reverse();
        }

        return chain;
    }

    /// <summary>The call that an activity is; null where it only joins paths.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="offset">When this side starts.</param>
    public ScheduledCall? CallOf(int activity, long offset) => _calls[activity] is { StepCount: > 0 } call
        ? call with { StartMicroseconds = offset + StartOf(activity) }
        : null;

    /// <summary>By how much less the sum would be if an activity took no time.</summary>
    public long GainWithout(int activity)
    {
        long[] microseconds = [.. Network.Microseconds];
        microseconds[activity] = 0;
        return GainOf(Network.With(microseconds, Network.Capacities));
    }

    /// <summary>By how much less the sum would be if a class had one place more.</summary>
    public long GainOfPlace(int held)
    {
        int[] capacities = [.. Network.Capacities];
        capacities[held] += capacities[held] < int.MaxValue ? 1 : 0;
        return GainOf(Network.With(Network.Microseconds, capacities));
    }

    private ScheduledCall[] Calls()
    {
        ScheduledCall[] calls = new ScheduledCall[Network.Count];
        foreach (PhaseActivities activities in _phases)
        {
            for (int step = 0; step < activities.Steps.Count; step++)
            {
                int activity = activities.ActivityOf[step];
                int first = calls[activity].StepCount == 0 ? step : calls[activity].FirstStep;
                calls[activity] = new ScheduledCall(
                    activities.Steps.Phase, first, step - first + 1, 0, Network.Microseconds[activity]);
            }
        }

        return calls;
    }

    private long GainOf(ActivityNetwork changed)
    {
        SerialSchedule schedule = new(changed);
        schedule.Run(_ranks, isWhole: false);
        long sum = 0;
        foreach (int target in changed.Targets)
        {
            sum += schedule.EndOf(target);
        }

        return Sum - sum;
    }

    private long StartOf(int activity) =>
        _isBackward ? Length - _schedule.EndOf(activity) : _schedule.Starts[activity];
}
