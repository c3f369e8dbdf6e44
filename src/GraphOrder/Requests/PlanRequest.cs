namespace GraphOrder;

/// <summary>The answer to a plan request. Immutable.</summary>
/// <param name="Result">The plan, or why there is none.</param>
/// <param name="Repairs">The ways out; empty where there is a plan.</param>
public sealed record PlanAnswer(PlanResult Result, RepairList Repairs);

/// <summary>
/// Plans a set and, where there is no plan, looks for repairs: what <c>plan</c> and <c>check</c> show.
/// Thread-safe.
/// </summary>
public static class PlanRequest
{
    /// <summary>Plans.</summary>
    /// <param name="set">The set.</param>
    /// <param name="kernels">The two kernels of the update.</param>
    /// <param name="options">What may be chosen; null for nothing special.</param>
    /// <param name="limits">How far to look for repairs; null for the usual limits.</param>
    /// <param name="cancellation">Cancels both.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PlanAnswer Answer(
        SessionSet set,
        KernelPair kernels,
        PlanOptions? options = null,
        RepairOptions? limits = null,
        CancellationToken cancellation = default)
    {
        PlanResult result = Planner.Plan(set, kernels, options, cancellation);
        if (result.IsLegal)
        {
            return new PlanAnswer(result, RepairList.None);
        }

        RepairList repairs = Repairer.Find(set, kernels, options, limits, cancellation);
        return new PlanAnswer(result.With(repairs.Diagnostics), repairs);
    }
}
