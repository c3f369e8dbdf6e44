namespace GraphOrder;

/// <summary>
/// What a target waits for in a schedule: from it back to the beginning of time, each activity with the one
/// that ends as it starts, either because it waits for it or because it holds the last place of a class.
/// </summary>
internal sealed class BindingChain
{
    private const int NoClass = -1;

    private readonly ActivityNetwork _network;
    private readonly ActivityNetwork _reversed;
    private readonly SerialSchedule _schedule;
    private readonly Dictionary<(int Class, long End), int> _holders = [];

    public BindingChain(ActivityNetwork network, SerialSchedule schedule)
    {
        _network = network;
        _reversed = network.Reversed();
        _schedule = schedule;
        for (int activity = 0; activity < network.Count; activity++)
        {
            if (network.Competes(activity))
            {
                foreach (int held in network.Classes[activity])
                {
                    _holders[(held, schedule.EndOf(activity))] = activity;
                }
            }
        }
    }

    /// <summary>
    /// The activities of a chain, the last one first, each with the class by which it waits for the next one
    /// of the list; -1 where no class makes it wait.
    /// </summary>
    public List<(int Activity, int Class)> To(int target)
    {
        List<(int Activity, int Class)> chain = [];
        for (int activity = target; activity >= 0;)
        {
            int earlier = EndingAtStartOf(activity, out int held);
            chain.Add((activity, held));
            activity = earlier;
        }

        return chain;
    }

    private int EndingAtStartOf(int activity, out int held)
    {
        held = NoClass;
        long start = _schedule.Starts[activity];
        foreach (int arc in _reversed.ArcsFrom(activity))
        {
            if (_schedule.EndOf(_reversed.ThenOf(arc)) == start)
            {
                return _reversed.ThenOf(arc);
            }
        }

        foreach (int of in _network.Competes(activity) ? _network.Classes[activity] : [])
        {
            if (_holders.TryGetValue((of, start), out int holder))
            {
                held = of;
                return holder;
            }
        }

        return -1;
    }
}
