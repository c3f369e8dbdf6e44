namespace GraphOrder;

/// <summary>What the blackouts would be if the steps ran one after another in the plan's order.</summary>
internal sealed class OneByOne
{
    private readonly DependencyGraph _graph;
    private readonly Plan _plan;

    public OneByOne(DependencyGraph graph, Plan plan)
    {
        _graph = graph;
        _plan = plan;
    }

    /// <summary>The sum over some guests.</summary>
    /// <param name="guests">The sessions of the guests.</param>
    /// <param name="kexecMicroseconds">How long the jump takes.</param>
    public long Sum(List<SessionEntry> guests, long kexecMicroseconds)
    {
        Dictionary<int, long> starts = [];
        Dictionary<int, long> ends = [];
        long now = Run(Phase.Preserve, 0, starts, ends);
        now = Run(Phase.Freeze, now, starts, ends) + kexecMicroseconds;
        now = Run(Phase.Retrieve, now, starts, ends);
        Run(Phase.Finish, now, starts, ends);
        long sum = 0;
        foreach (SessionEntry guest in guests)
        {
            BlackoutActs acts = guest.Blackout!.Value;
            sum += ends[acts.Resume.Index] - starts[acts.Pause.Index];
        }

        return sum;
    }

    private long Run(Phase phase, long now, Dictionary<int, long> starts, Dictionary<int, long> ends)
    {
        PhaseSteps steps = _plan[phase];
        for (int step = 0; step < steps.Count; step++)
        {
            PlanRow row = steps.Rows[step];
            long end = now + (long)StepCosts.Of(_graph, steps, step);
            if (row.IsAct)
            {
                starts[row.Object] = now;
                ends[row.Object] = end;
            }

            now = end;
        }

        return now;
    }
}
