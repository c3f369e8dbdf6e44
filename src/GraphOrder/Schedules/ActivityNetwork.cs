namespace GraphOrder;

/// <summary>
/// An activity-on-node network: how long each activity takes, which wait for which, and which hold a place of
/// a class of which there are only so many. Activities without a length join and part paths. Immutable.
/// </summary>
internal sealed class ActivityNetwork
{
    private readonly int[] _firsts;
    private readonly int[] _thens;
    private readonly AdjacencyRows _leaving;

    /// <summary>Makes a network. O(V + A).</summary>
    /// <param name="microseconds">The length of each activity.</param>
    /// <param name="firsts">Of each arc the activity that must end first.</param>
    /// <param name="thens">Of each arc the activity that must wait for it.</param>
    /// <param name="classes">Of each activity the limited classes of which it holds a place.</param>
    /// <param name="capacities">How many places each limited class has; at least one.</param>
    /// <param name="targets">The activities whose ends count, one for each guest.</param>
    /// <exception cref="System.Diagnostics.UnreachableException">The arcs close a cycle.</exception>
    public ActivityNetwork(
        long[] microseconds, int[] firsts, int[] thens, int[][] classes, int[] capacities, int[] targets)
    {
        Microseconds = microseconds;
        _firsts = firsts;
        _thens = thens;
        _leaving = AdjacencyRows.Of(microseconds.Length, firsts);
        Classes = classes;
        Capacities = capacities;
        Targets = targets;
        WaitCounts = new int[microseconds.Length];
        foreach (int then in thens)
        {
            WaitCounts[then]++;
        }

        Order = TopologicalOrder();
        IsRelevant = Ancestors();
    }

    /// <summary>How many activities there are.</summary>
    public int Count => Microseconds.Length;

    /// <summary>How long each activity takes.</summary>
    public long[] Microseconds { get; }

    /// <summary>The limited classes of which each activity holds a place while it runs.</summary>
    public int[][] Classes { get; }

    /// <summary>How many places each limited class has.</summary>
    public int[] Capacities { get; }

    /// <summary>The activities whose ends count, one for each guest.</summary>
    public int[] Targets { get; }

    /// <summary>For how many arcs each activity waits.</summary>
    public int[] WaitCounts { get; }

    /// <summary>All activities, each behind those that it waits for.</summary>
    public int[] Order { get; }

    /// <summary>Whether a target is, or waits for, each activity.</summary>
    public bool[] IsRelevant { get; }

    /// <summary>The arcs that leave an activity; <see cref="ThenOf"/> tells where they lead.</summary>
    public ReadOnlySpan<int> ArcsFrom(int activity) => _leaving[activity];

    /// <summary>The activity that waits by an arc.</summary>
    public int ThenOf(int arc) => _thens[arc];

    /// <summary>
    /// Whether an activity competes for places: a class of it has a limit, and it takes time.
    /// </summary>
    public bool Competes(int activity) => Classes[activity].Length > 0 && Microseconds[activity] > 0;

    /// <summary>The same network with time run backward.</summary>
    public ActivityNetwork Reversed() =>
        new(Microseconds, _thens, _firsts, Classes, Capacities, Targets);

    /// <summary>The same network with other lengths or places.</summary>
    public ActivityNetwork With(long[] microseconds, int[] capacities) =>
        new(microseconds, _firsts, _thens, Classes, capacities, Targets);

    private int[] TopologicalOrder()
    {
        int[] left = [.. WaitCounts];
        int[] order = new int[Count];
        int count = 0;
        for (int activity = 0; activity < Count; activity++)
        {
            if (left[activity] == 0)
            {
                order[count++] = activity;
            }
        }

        for (int next = 0; next < count; next++)
        {
            foreach (int arc in ArcsFrom(order[next]))
            {
                if (--left[_thens[arc]] == 0)
                {
                    order[count++] = _thens[arc];
                }
            }
        }

        Invariant.Require(count == Count, "the activities of a legal plan wait in a circle");
        return order;
    }

    private bool[] Ancestors()
    {
        bool[] isRelevant = new bool[Count];
        foreach (int target in Targets)
        {
            isRelevant[target] = true;
        }

        for (int i = Count - 1; i >= 0; i--)
        {
            foreach (int arc in ArcsFrom(Order[i]))
            {
                isRelevant[Order[i]] |= isRelevant[_thens[arc]];
            }
        }

        return isRelevant;
    }
}
