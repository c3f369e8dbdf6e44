namespace GraphOrder;

/// <summary>What the set says that objects, and steps with all that they carry, cost.</summary>
internal static class StepCosts
{
    /// <summary>The microseconds of a step; what the set does not say counts as 0.</summary>
    public static Int128 Of(DependencyGraph graph, PhaseSteps steps, int step)
    {
        PlanRow row = steps.Rows[step];
        Int128 sum = row.Object >= 0 ? Of(graph, steps.Phase, row.Object) : 0;
        foreach (int carried in steps.Carried.AsSpan(row.FirstCarried, row.CarriedCount))
        {
            sum += Of(graph, steps.Phase, carried);
        }

        return sum;
    }

    /// <summary>Whether the set says what some part of a step costs in its phase.</summary>
    public static bool IsKnown(DependencyGraph graph, PhaseSteps steps, int step)
    {
        PlanRow row = steps.Rows[step];
        bool isKnown = row.Object >= 0 && IsSaid(graph, steps.Phase, row.Object);
        foreach (int carried in steps.Carried.AsSpan(row.FirstCarried, row.CarriedCount))
        {
            isKnown |= IsSaid(graph, steps.Phase, carried);
        }

        return isKnown;
    }

    /// <summary>The microseconds of an object; what the set does not say counts as 0.</summary>
    public static long Of(DependencyGraph graph, Phase phase, int id) =>
        graph[new ObjectId(id)].Facts.CostMicroseconds is { IsEmpty: false } costs
            ? Math.Max(0, costs[(int)phase])
            : 0;

    private static bool IsSaid(DependencyGraph graph, Phase phase, int id) =>
        graph[new ObjectId(id)].Facts.CostPhases.Contains(phase) || Of(graph, phase, id) > 0;
}
