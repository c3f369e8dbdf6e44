namespace GraphOrder;

/// <summary>
/// Looks for the ranking of competing activities whose schedule is best: all rankings where they are few,
/// else a few rules and then better neighbours, as far as the work allowed goes. Deterministic.
/// </summary>
internal sealed class ScheduleSearch
{
    /// <summary>Up to so many activities that compete, all rankings are tried.</summary>
    public const int ExactMax = 7;

    private const int NeighbourDistanceMax = 6;

    private readonly ActivityNetwork _network;
    private readonly ScheduleBound _bound;
    private readonly long[] _waited;
    private readonly CancellationToken _cancellation;
    private readonly SerialSchedule _schedule;
    private readonly int[] _competing;
    private readonly int[] _ranks;
    private long _workLeft;
    private ScheduleGoal _best = ScheduleGoal.Worst;
    private int[] _bestOrder = [];

    private ScheduleSearch(
        ActivityNetwork network,
        ScheduleBound bound,
        long[] waited,
        long workMax,
        CancellationToken cancellation)
    {
        _network = network;
        _bound = bound;
        _waited = waited;
        _workLeft = workMax;
        _cancellation = cancellation;
        _schedule = new SerialSchedule(network);
        _ranks = new int[network.Count];
        List<int> competing = [];
        foreach (int activity in network.Order)
        {
            if (network.IsRelevant[activity] && network.Competes(activity))
            {
                competing.Add(activity);
            }
        }

        _competing = [.. competing];
    }

    /// <summary>The ranks of the best schedule that was found, and whether none is better.</summary>
    /// <param name="network">The network.</param>
    /// <param name="bound">What bounds it.</param>
    /// <param name="waited">What each guest has waited on the other side.</param>
    /// <param name="workMax">How many activities may be placed on the way, over all schedules.</param>
    /// <param name="cancellation">Checked before each schedule.</param>
    public static (int[] Ranks, bool IsBest) Find(
        ActivityNetwork network,
        ScheduleBound bound,
        long[] waited,
        long workMax,
        CancellationToken cancellation)
    {
        ScheduleSearch search = new(network, bound, waited, workMax, cancellation);
        bool isBest = search.Run();
        search.Rank(search._bestOrder);
        return (search._ranks, isBest);
    }

    private bool Run()
    {
        TryRules();
        if (IsProven)
        {
            return true;
        }

        if (_competing.Length <= ExactMax)
        {
            return TryAll();
        }

        Improve();
        return _best.Sum == _bound.Sum;
    }

    // The sum and the longest are as small as can be.
    private bool IsProven => _best.Sum == _bound.Sum && _best.Longest == LongestAtLeast();

    private long LongestAtLeast()
    {
        long longest = 0;
        for (int guest = 0; guest < _waited.Length; guest++)
        {
            longest = Math.Max(longest, _bound.PathOf[guest] + _waited[guest]);
        }

        return longest;
    }

    // First come first served; shortest guest first; shortest activity first.
    private void TryRules()
    {
        _schedule.Run(null, isWhole: false, isLimited: false);
        long[] starts = [.. _schedule.Starts];
        long[] needed = NeededBy();
        Try(Sorted(activity => starts[activity]));
        Try(Sorted(activity => needed[activity]));
        Try(Sorted(activity => _network.Microseconds[activity]));
    }

    // The critical path of the guest that is done first among those that wait for an activity.
    private long[] NeededBy()
    {
        long[] needed = new long[_network.Count];
        Array.Fill(needed, long.MaxValue);
        for (int guest = 0; guest < _network.Targets.Length; guest++)
        {
            int target = _network.Targets[guest];
            needed[target] = Math.Min(needed[target], _bound.PathOf[guest]);
        }

        for (int i = _network.Count - 1; i >= 0; i--)
        {
            foreach (int arc in _network.ArcsFrom(_network.Order[i]))
            {
                int activity = _network.Order[i];
                needed[activity] = Math.Min(needed[activity], needed[_network.ThenOf(arc)]);
            }
        }

        return needed;
    }

    private int[] Sorted(Func<int, long> key)
    {
        int[] order = [.. _competing];
        (long Key, int Place)[] keys = new (long, int)[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            keys[i] = (key(order[i]), i);
        }

        Array.Sort(keys, order);
        return order;
    }

    private void Rank(int[] order)
    {
        for (int rank = 0; rank < order.Length; rank++)
        {
            _ranks[order[rank]] = rank;
        }
    }

    private bool Try(int[] order)
    {
        _cancellation.ThrowIfCancellationRequested();
        _workLeft -= _network.Count;
        Rank(order);
        _schedule.Run(_ranks, isWhole: false);
        ScheduleGoal goal = ScheduleGoal.Of(_network, _schedule, _waited);
        if (!goal.IsBetterThan(_best))
        {
            return false;
        }

        _best = goal;
        _bestOrder = [.. order];
        return true;
    }

    // Heap's way through all permutations. False where the work allowed was used up.
    private bool TryAll()
    {
        int[] order = [.. _competing];
        int[] counters = new int[order.Length];
        Try(order);
        for (int i = 1; i < order.Length && !IsProven;)
        {
            if (counters[i] >= i)
            {
                counters[i++] = 0;
                continue;
            }

            if (_workLeft <= 0)
            {
                return false;
            }

            int other = i % 2 == 0 ? 0 : counters[i];
            (order[other], order[i]) = (order[i], order[other]);
            Try(order);
            counters[i]++;
            i = 1;
        }

        return true;
    }

    // Moves one activity a few places at a time, as long as that helps.
    private void Improve()
    {
        bool helped = true;
        while (helped && _workLeft > 0 && !IsProven)
        {
            helped = false;
            for (int distance = 1; distance <= NeighbourDistanceMax && !helped; distance++)
            {
                for (int place = 0; place + distance < _competing.Length && _workLeft > 0; place++)
                {
                    helped |= Try(Moved(place, place + distance))
                        || (distance > 1 && Try(Moved(place + distance, place)));
                }
            }
        }
    }

    private int[] Moved(int from, int to)
    {
        List<int> order = [.. _bestOrder];
        int moved = order[from];
        order.RemoveAt(from);
        order.Insert(to, moved);
        return [.. order];
    }
}
