namespace GraphOrder;

/// <summary>
/// Builds the network of what one kernel does: its two phases, one behind the other. A phase that the caller
/// steps through has an activity for each step; one that takes whole sessions, an activity for each session;
/// one that the kernel runs through by itself, one activity. Not thread-safe.
/// </summary>
internal sealed class SideBuilder
{
    private readonly DependencyGraph _graph;
    private readonly KernelPair _kernels;
    private readonly Plan _plan;
    private readonly FileLayout _layout;
    private readonly OrderLift _lift;
    private readonly ActPlaces _acts;
    private readonly SolvedOrders _orders;
    private readonly string[] _classNames;
    private readonly List<long> _microseconds = [];
    private readonly List<int[]> _classes = [];
    private readonly List<int> _firsts = [];
    private readonly List<int> _thens = [];
    private readonly List<PhaseActivities> _phases = [];
    private readonly Dictionary<int, int> _activityOfAct = [];

    public SideBuilder(PlanGround ground, OrderLift lift, Plan plan, SolvedOrders orders)
    {
        _graph = ground.Graph;
        _layout = ground.Layout;
        _kernels = lift.Kernels;
        _lift = lift;
        _plan = plan;
        _acts = orders.Acts;
        _orders = orders;
        _classNames = [.. _graph.Set.Limits?.Keys ?? []];
    }

    /// <summary>The two phases, once they are added.</summary>
    public IReadOnlyList<PhaseActivities> Phases => _phases;

    /// <summary>Adds a phase behind those that are there.</summary>
    public void Add(Phase phase)
    {
        int earlierCount = _microseconds.Count;
        int barrier = earlierCount > 0 ? AddActivity() : -1;
        PhaseSteps steps = _plan[phase];
        int[] activityOf = new int[steps.Count];
        if (_kernels[phase].TakesActs)
        {
            AddVertices(phase, activityOf);
        }
        else if (steps.Count > 0)
        {
            Array.Fill(activityOf, AddActivity());
        }

        for (int earlier = 0; earlier < earlierCount; earlier++)
        {
            AddArc(earlier, barrier);
        }

        for (int later = barrier + 1; barrier >= 0 && later < _microseconds.Count; later++)
        {
            AddArc(barrier, later);
        }

        AddCosts(steps, activityOf);
    }

    /// <summary>The network of the phases added.</summary>
    /// <param name="targets">The acts whose ends count.</param>
    public ActivityNetwork Build(IEnumerable<ObjectId> targets)
    {
        int[] capacities = new int[_classNames.Length];
        for (int held = 0; held < capacities.Length; held++)
        {
            capacities[held] = _graph.Set.Limits![_classNames[held]];
        }

        List<int> ends = [];
        foreach (ObjectId target in targets)
        {
            ends.Add(_activityOfAct[target.Index]);
        }

        return new ActivityNetwork(
            [.. _microseconds], [.. _firsts], [.. _thens], [.. _classes], capacities, [.. ends]);
    }

    private int AddActivity()
    {
        _microseconds.Add(0);
        _classes.Add([]);
        return _microseconds.Count - 1;
    }

    private void AddArc(int first, int then)
    {
        _firsts.Add(first);
        _thens.Add(then);
    }

    // An activity for each vertex of the named order that the phase follows, and what orders them.
    private void AddVertices(Phase phase, int[] activityOf)
    {
        int order = _lift.Of(phase, isInsideSession: false)!.Value.Order;
        PrecedenceGraph constraints = _orders.ConstraintsOf(order);
        int offset = _microseconds.Count;
        for (int vertex = 0; vertex < constraints.VertexCount; vertex++)
        {
            AddActivity();
        }

        // What leaves a step and comes back to it through what the kernel moves orders nothing.
        bool isBackward = _lift.IsBackward(phase);
        for (int arc = 0; arc < constraints.ArcCount; arc++)
        {
            int first = offset + _orders[order].RepresentativeOf(constraints.Firsts[arc]);
            int then = offset + _orders[order].RepresentativeOf(constraints.Thens[arc]);
            if (first != then)
            {
                AddArc(isBackward ? then : first, isBackward ? first : then);
            }
        }

        PhaseSteps steps = _plan[phase];
        bool isChained = _lift.Orders[order].Unit != OrderUnit.Objects;
        int[] last = new int[_graph.SessionCount];
        Array.Fill(last, -1);
        for (int step = 0; step < steps.Count; step++)
        {
            PlanRow row = steps.Rows[step];
            int activity = offset + VertexOf(order, row);
            activityOf[step] = activity;
            if (row.IsAct)
            {
                _activityOfAct.Add(row.Object, activity);
            }

            // The calls of one session follow one another, as the plan has them.
            if (isChained && last[row.Session] is var earlier && earlier != activity)
            {
                if (earlier >= 0)
                {
                    AddArc(earlier, activity);
                }

                last[row.Session] = activity;
            }
        }
    }

    private int VertexOf(int order, PlanRow row) =>
        row.IsAct ? _acts.VertexOf(row.Object)
        : _lift.Orders[order].Unit switch
        {
            OrderUnit.Sessions => row.Session,
            OrderUnit.Files => _layout.FileOf(row.Object),
            _ => _layout.MovableOf(row.Object),
        };

    private void AddCosts(PhaseSteps steps, int[] activityOf)
    {
        long[] offsets = new long[steps.Count];
        long[] microseconds = new long[steps.Count];
        for (int step = 0; step < steps.Count; step++)
        {
            int activity = activityOf[step];
            microseconds[step] = (long)StepCosts.Of(_graph, steps, step);
            offsets[step] = _microseconds[activity];
            _microseconds[activity] += microseconds[step];
            _classes[activity] = Joined(_classes[activity], steps, step);
        }

        _phases.Add(new PhaseActivities(steps, activityOf, offsets, microseconds));
    }

    private int[] Joined(int[] classes, PhaseSteps steps, int step)
    {
        PlanRow row = steps.Rows[step];
        int[] joined = row.Object >= 0 ? Joined(classes, row.Object) : classes;
        foreach (int carried in steps.Carried.AsSpan(row.FirstCarried, row.CarriedCount))
        {
            joined = Joined(joined, carried);
        }

        return joined;
    }

    private int[] Joined(int[] classes, int id)
    {
        int held = _graph[new ObjectId(id)].Facts.Class is { } name ? Array.IndexOf(_classNames, name) : -1;
        return held < 0 || Array.IndexOf(classes, held) >= 0 ? classes : [.. classes, held];
    }
}
