namespace GraphOrder;

/// <summary>A plan that would have been, or that there is none. Not thread-safe.</summary>
internal sealed class CounterPlan(Plan? plan, StepTable table)
{
    private readonly int[]?[] _places = new int[]?[Phases.Count];

    /// <summary>Whether there is a plan at all.</summary>
    public bool IsLegal => plan is not null;

    /// <summary>Whether it has one step before another; false where it lacks one.</summary>
    public bool HasFirst(Phase phase, int key, int then)
    {
        if (plan is null)
        {
            return false;
        }

        int[] places = _places[(int)phase] ??=
            StepPairs.PlacesOf(table.KeysOf(plan[phase]), table.KeyCount);
        return key < places.Length && then < places.Length
            && places[key] >= 0 && places[key] < places[then];
    }

    /// <summary>Whether it has the steps that it shares with another plan in that plan's order.</summary>
    public bool HasOrderOf(Plan other)
    {
        foreach (Phase phase in Phases.All)
        {
            if (plan is null || !HasOrderOf(phase, other))
            {
                return false;
            }
        }

        return true;
    }

    private bool HasOrderOf(Phase phase, Plan other)
    {
        int[] keys = table.KeysOf(other[phase]);
        int[] own = table.KeysOf(plan![phase]);
        return new StepPairs(keys, own, table.KeyCount).Change.MovedCount == 0;
    }
}
