namespace GraphOrder;

/// <summary>
/// Below what no schedule of a network can come: for each guest its critical path, and for the guests that
/// compete for one class how long its places take to serve them all.
/// </summary>
/// <remarks>
/// A guest's own work in a class is the longest chain of it that no other guest waits for. Without precedence
/// between guests that is <i>P | pmtn | ΣC</i>, which serving the shortest first solves (McNaughton 1959;
/// Smith 1956), all starting at the earliest head; and, with own heads, one machine as fast as all places
/// together, which serving the shortest rest first solves (Schrage 1968). The greater of the two counts, and
/// each guest's own tail after it. O((V + A) · classes + guests · log guests).
/// </remarks>
internal sealed class ScheduleBound
{
    private const int Nobody = -1;
    private const int Several = -2;

    private readonly ActivityNetwork _network;
    private readonly SerialSchedule _free;
    private readonly int[] _owners;
    private readonly ClassWork[] _works;

    private ScheduleBound(ActivityNetwork network)
    {
        _network = network;
        _free = new SerialSchedule(network);
        _free.Run(null, isWhole: false, isLimited: false);
        PathOf = Array.ConvertAll(network.Targets, _free.EndOf);
        _owners = Owners();
        _works = new ClassWork[network.Targets.Length];
        for (int held = 0; held < network.Capacities.Length; held++)
        {
            AddClass(held);
        }

        Sum = SumOfPaths();
        for (int held = 0; held < network.Capacities.Length; held++)
        {
            Sum += Math.Max(0, ServiceOf(held) - PathsOf(held));
        }
    }

    /// <summary>The length of each guest's critical path.</summary>
    public long[] PathOf { get; }

    /// <summary>Below this no sum of ends can be.</summary>
    public long Sum { get; }

    /// <summary>The bounds of a network.</summary>
    public static ScheduleBound Of(ActivityNetwork network) => new(network);

    private long SumOfPaths()
    {
        long sum = 0;
        foreach (long path in PathOf)
        {
            sum += path;
        }

        return sum;
    }

    // The guest that alone waits for each activity.
    private int[] Owners()
    {
        int[] owners = new int[_network.Count];
        Array.Fill(owners, Nobody);
        for (int guest = 0; guest < _network.Targets.Length; guest++)
        {
            int target = _network.Targets[guest];
            owners[target] = owners[target] == Nobody ? guest : Several;
        }

        for (int i = _network.Count - 1; i >= 0; i--)
        {
            int activity = _network.Order[i];
            foreach (int arc in _network.ArcsFrom(activity))
            {
                int owner = owners[_network.ThenOf(arc)];
                owners[activity] = owners[activity] == Nobody || owners[activity] == owner ? owner
                    : owner == Nobody ? owners[activity]
                    : Several;
            }
        }

        return owners;
    }

    // The work of each guest in a class, where it weighs more than in the classes looked at so far.
    private void AddClass(int held)
    {
        long[] work = new long[_network.Count];
        long[] tails = new long[_network.Count];
        ClassWork[] found = new ClassWork[_works.Length];
        Array.Fill(found, new ClassWork(held, 0, long.MaxValue, long.MaxValue));
        for (int i = _network.Count - 1; i >= 0; i--)
        {
            int activity = _network.Order[i];
            foreach (int arc in _network.ArcsFrom(activity))
            {
                int then = _network.ThenOf(arc);
                bool leadsToTarget = _network.IsRelevant[then];
                tails[activity] = leadsToTarget
                    ? Math.Max(tails[activity], tails[then] + _network.Microseconds[then])
                    : tails[activity];
            }
        }

        foreach (int activity in _network.Order)
        {
            int owner = _owners[activity];
            bool isOfClass = owner >= 0
                && _network.Competes(activity)
                && Array.IndexOf(_network.Classes[activity], held) >= 0;
            work[activity] += isOfClass ? _network.Microseconds[activity] : 0;
            if (isOfClass)
            {
                found[owner] = new ClassWork(
                    held,
                    Math.Max(found[owner].Microseconds, work[activity]),
                    Math.Min(found[owner].Head, _free.Starts[activity]),
                    Math.Min(found[owner].Tail, tails[activity]));
            }

            foreach (int arc in _network.ArcsFrom(activity))
            {
                int then = _network.ThenOf(arc);
                work[then] = owner >= 0 && _owners[then] == owner
                    ? Math.Max(work[then], work[activity])
                    : work[then];
            }
        }

        for (int guest = 0; guest < found.Length; guest++)
        {
            bool weighsMore = _works[guest].Microseconds == 0
                || (Int128)found[guest].Microseconds * _network.Capacities[_works[guest].Class]
                    > (Int128)_works[guest].Microseconds * _network.Capacities[held];
            _works[guest] = weighsMore ? found[guest] : _works[guest];
        }
    }

    private List<ClassWork> WorksOf(int held)
    {
        List<ClassWork> works = [];
        foreach (ClassWork work in _works)
        {
            if (work.Microseconds > 0 && work.Class == held)
            {
                works.Add(work);
            }
        }

        return works;
    }

    private long PathsOf(int held)
    {
        long sum = 0;
        for (int guest = 0; guest < _works.Length; guest++)
        {
            sum += _works[guest].Microseconds > 0 && _works[guest].Class == held ? PathOf[guest] : 0;
        }

        return sum;
    }

    // The sum of the ends of those guests that compete for a class, at least.
    private long ServiceOf(int held)
    {
        List<ClassWork> works = WorksOf(held);
        long tails = 0;
        foreach (ClassWork work in works)
        {
            tails += work.Tail;
        }

        int capacity = _network.Capacities[held];
        return tails + Math.Max(ShortestFirst(works, capacity), ShortestRestFirst(works, capacity));
    }

    // All start at the least head; each place serves the shortest that is left.
    private static long ShortestFirst(List<ClassWork> works, int capacity)
    {
        works.Sort(static (a, b) => a.Microseconds.CompareTo(b.Microseconds));
        long head = long.MaxValue;
        foreach (ClassWork work in works)
        {
            head = Math.Min(head, work.Head);
        }

        long sum = 0;
        long[] places = new long[Math.Min(capacity, works.Count)];
        for (int i = 0; i < works.Count; i++)
        {
            // In this order the place that is free first is the next one around.
            long end = places[i % places.Length] += works[i].Microseconds;
            sum += head + end;
        }

        return sum;
    }

    // One machine that does a unit of work in 1/capacity of the time; times are scaled by the capacity.
    private static long ShortestRestFirst(List<ClassWork> works, int capacity)
    {
        works.Sort(static (a, b) => a.Head.CompareTo(b.Head));
        PriorityQueue<int, long> waiting = new();
        Int128 now = 0;
        Int128 sum = 0;
        int next = 0;
        while (next < works.Count || waiting.Count > 0)
        {
            if (waiting.Count == 0)
            {
                now = Int128.Max(now, (Int128)works[next].Head * capacity);
            }

            for (; next < works.Count && (Int128)works[next].Head * capacity <= now; next++)
            {
                waiting.Enqueue(next, works[next].Microseconds);
            }

            waiting.TryDequeue(out int work, out long left);
            Int128 pause = next < works.Count ? (Int128)works[next].Head * capacity : now + left;
            if (pause >= now + left)
            {
                now += left;
                sum += now;
            }
            else
            {
                waiting.Enqueue(work, left - (long)(pause - now));
                now = pause;
            }
        }

        return (long)((sum + capacity - 1) / capacity);
    }

    // Of a guest in a class: its longest chain of own work, what comes at least before it, and after it.
    private readonly record struct ClassWork(int Class, long Microseconds, long Head, long Tail);
}
