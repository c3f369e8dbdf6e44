namespace GraphOrder;

/// <summary>
/// The steps of one phase of a plan as a clock: when an object moves, and how many objects, at which cost,
/// have moved when so many steps are done. Immutable.
/// </summary>
internal sealed class PhaseClock
{
    private readonly int[] _stepOf;
    private readonly int[] _objects;
    private readonly Int128[] _microseconds;

    /// <summary>Reads a phase of a plan that was made for this graph. O(V).</summary>
    public PhaseClock(DependencyGraph graph, PhaseSteps steps)
    {
        _stepOf = new int[graph.ObjectCount];
        _objects = new int[steps.Count + 1];
        _microseconds = new Int128[steps.Count + 1];
        Phase = steps.Phase;
        Array.Fill(_stepOf, -1);
        for (int step = 0; step < steps.Count; step++)
        {
            PlanRow row = steps.Rows[step];
            int count = row.CarriedCount;
            Int128 cost = 0;
            foreach (int carried in steps.Carried.AsSpan(row.FirstCarried, row.CarriedCount))
            {
                _stepOf[carried] = step;
                cost += CostOf(graph, carried);
            }

            if (row.Object >= 0)
            {
                _stepOf[row.Object] = step;
                cost += CostOf(graph, row.Object);
                count++;
            }

            _objects[step + 1] = _objects[step] + count;
            _microseconds[step + 1] = _microseconds[step] + cost;
        }
    }

    public Phase Phase { get; }

    public int StepCount => _objects.Length - 1;

    /// <summary>The step in which an object moves; -1 where the kernel moves it.</summary>
    public int StepOf(int id) => _stepOf[id];

    /// <summary>How many objects move in the steps after a step, up to and with another one.</summary>
    public int ObjectsBetween(int step, int last) => _objects[last + 1] - _objects[step + 1];

    /// <summary>What they cost.</summary>
    public Int128 MicrosecondsBetween(int step, int last) =>
        _microseconds[last + 1] - _microseconds[step + 1];

    /// <summary>What the set says that moving an object costs in this phase.</summary>
    public Int128 CostOf(DependencyGraph graph, int id) => StepCosts.Of(graph, Phase, id);
}
