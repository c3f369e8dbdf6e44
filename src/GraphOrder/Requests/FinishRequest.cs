namespace GraphOrder;

/// <summary>A plan in, the names of what is finished out. Thread-safe.</summary>
public static class FinishRequest
{
    /// <summary>
    /// The finish order: sessions where the next kernel's model finishes sessions, ids where it finishes
    /// files or objects; where it finishes everything at once, every session in the order of the set.
    /// </summary>
    /// <param name="set">The set.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="kernels">The kernels that it was made for.</param>
    /// <param name="files">Whether files are wanted, whatever moves as one.</param>
    public static IReadOnlyList<string> Names(
        SessionSet set, Plan plan, KernelPair kernels, bool files = false)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(kernels);
        return files ? Files(set, plan[Phase.Finish]) : Steps(set, plan, kernels[Phase.Finish]);
    }

    // What a caller names, one call after another; an act is none.
    private static IReadOnlyList<string> Steps(SessionSet set, Plan plan, PhaseRule rule) =>
        rule.IsCalledBySession ? [.. plan.Sessions.In(rule).Select(session => session.Text)]
        : rule.Unit == StepUnit.Everything ? [.. set.Sessions.Select(session => session.Name.Text)]
        : [.. plan[Phase.Finish].Select(step => step.ObjectName).OfType<string>()];

    // The files of all steps; of one step that moves several, in the order in which it lists them.
    private static List<string> Files(SessionSet set, PhaseSteps steps)
    {
        List<string> files = [];
        foreach (PlanStep step in steps)
        {
            IEnumerable<string> moved = step.ObjectName is { } name
                ? [name]
                : Enumerable.Range(0, step.CarriedCount).Select(step.CarriedName);
            files.AddRange(moved.Where(id => set.TryFind(id, out ObjectId found)
                && set.Objects[found.Index].IsFile));
        }

        return files;
    }
}
