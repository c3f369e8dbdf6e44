namespace GraphOrder;

/// <summary>
/// The serial schedule generation scheme: activities are placed one after another, each as early as what it
/// waits for and the places of its classes allow, gaps included. For some ranking of those that compete it
/// gives the best schedule for any goal that never asks to end later (Kolisch, "Serial and parallel
/// resource-constrained project scheduling methods revisited", 1996). A workspace; not thread-safe.
/// </summary>
internal sealed class SerialSchedule
{
    private readonly ActivityNetwork _network;
    private readonly ClassProfile[] _profiles;
    private readonly int[] _waits;
    private readonly Stack<int> _free = new();
    private readonly PriorityQueue<int, (int Rank, int Activity)> _competing = new();

    public SerialSchedule(ActivityNetwork network)
    {
        _network = network;
        _profiles = Array.ConvertAll(network.Capacities, static capacity => new ClassProfile(capacity));
        _waits = new int[network.Count];
        Starts = new long[network.Count];
    }

    /// <summary>When each activity starts, after <see cref="Run"/>.</summary>
    public long[] Starts { get; }

    /// <summary>When an activity ends.</summary>
    public long EndOf(int activity) => Starts[activity] + _network.Microseconds[activity];

    /// <summary>Places activities. O((V + A) log V) beside the profiles.</summary>
    /// <param name="ranks">
    /// Among those that compete and could be placed, the one of the least rank goes first; null for their
    /// own order.
    /// </param>
    /// <param name="isWhole">Whether all are placed; else only those that a target waits for.</param>
    /// <param name="isLimited">Whether classes have limits.</param>
    public void Run(int[]? ranks, bool isWhole, bool isLimited = true)
    {
        _network.WaitCounts.CopyTo(_waits, 0);
        Array.Clear(Starts);
        foreach (ClassProfile profile in _profiles)
        {
            profile.Clear();
        }

        foreach (int activity in _network.Order)
        {
            if (_network.WaitCounts[activity] == 0)
            {
                Offer(activity, ranks, isWhole, isLimited);
            }
        }

        while (_free.TryPop(out int next) || _competing.TryDequeue(out next, out _))
        {
            if (isLimited && _network.Competes(next))
            {
                Compete(next);
            }

            foreach (int arc in _network.ArcsFrom(next))
            {
                int then = _network.ThenOf(arc);
                Starts[then] = Math.Max(Starts[then], EndOf(next));
                if (--_waits[then] == 0)
                {
                    Offer(then, ranks, isWhole, isLimited);
                }
            }
        }
    }

    // What no target waits for is placed after all others, so that it holds nobody up.
    private void Offer(int activity, int[]? ranks, bool isWhole, bool isLimited)
    {
        bool isRelevant = _network.IsRelevant[activity];
        if (!isRelevant && !isWhole)
        {
            return;
        }

        if (isLimited && _network.Competes(activity))
        {
            int rank = !isRelevant ? int.MaxValue : ranks?[activity] ?? 0;
            _competing.Enqueue(activity, (rank, activity));
        }
        else
        {
            _free.Push(activity);
        }
    }

    private void Compete(int activity)
    {
        long microseconds = _network.Microseconds[activity];
        int[] classes = _network.Classes[activity];
        long start = Starts[activity];
        for (long tried = -1; tried != start;)
        {
            tried = start;
            foreach (int held in classes)
            {
                start = _profiles[held].EarliestFree(start, microseconds);
            }
        }

        Starts[activity] = start;
        foreach (int held in classes)
        {
            _profiles[held].Take(start, microseconds);
        }
    }
}
