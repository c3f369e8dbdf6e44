using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>The answer to a plan request. Immutable.</summary>
/// <param name="Result">The plan, or why there is none.</param>
/// <param name="Repairs">The ways out; empty where an order exists.</param>
/// <param name="Schedule">
/// When the steps run; null where nobody asked, where there is no order, or where the set says of no guest
/// when it is paused. A plan that is refused for its blackouts alone has one.
/// </param>
public sealed record PlanAnswer(PlanResult Result, RepairList Repairs, Schedule? Schedule = null)
{
    /// <summary>Whether it is legal, and the two kernels would take every step of it.</summary>
    public bool IsAccepted =>
        Result.IsLegal && !Result.Diagnostics.Any(static found => found.Code.IsKernelRefusal());

    /// <summary>
    /// The same with what the machine itself has against it, as warnings: an order is no less legal.
    /// </summary>
    public PlanAnswer With(DiagnosticList host)
    {
        ArgumentNullException.ThrowIfNull(host);
        ImmutableArray<Diagnostic> more =
        [
            .. host.ToImmutable().Select(
                static found => found with { Severity = DiagnosticSeverity.Warning }),
        ];
        return this with
        {
            Result = Result.TryGetPlan(out Plan? plan)
                ? new PlanResult(plan.With(plan.Diagnostics.AddRange(more)))
                : Result.With(more),
        };
    }
}

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
    /// <param name="schedule">What is asked of a schedule; null where none is asked for.</param>
    /// <param name="cancellation">Cancels all of it.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PlanAnswer Answer(
        SessionSet set,
        KernelPair kernels,
        PlanOptions? options = null,
        RepairOptions? limits = null,
        ScheduleOptions? schedule = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        set.BeginDigest();
        return Answer(DependencyGraph.Of(set), kernels, options, limits, schedule, cancellation);
    }

    /// <summary>Plans a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="kernels">The two kernels of the update.</param>
    /// <param name="options">What may be chosen; null for nothing special.</param>
    /// <param name="limits">How far to look for repairs; null for the usual limits.</param>
    /// <param name="schedule">What is asked of a schedule; null where none is asked for.</param>
    /// <param name="cancellation">Cancels all of it.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PlanAnswer Answer(
        DependencyGraph graph,
        KernelPair kernels,
        PlanOptions? options = null,
        RepairOptions? limits = null,
        ScheduleOptions? schedule = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        PlanResult result = Planner.Plan(graph, kernels, options, cancellation);
        if (result.TryGetPlan(out Plan? plan))
        {
            return schedule is null
                ? new PlanAnswer(result, RepairList.None)
                : Scheduled(graph, kernels, plan, schedule, cancellation);
        }

        RepairList repairs = Repairer.Find(graph.Set, kernels, options, limits, cancellation);
        return new PlanAnswer(result.With(repairs.Diagnostics), repairs);
    }

    private static PlanAnswer Scheduled(
        DependencyGraph graph,
        KernelPair kernels,
        Plan plan,
        ScheduleOptions options,
        CancellationToken cancellation)
    {
        Scheduler.TrySchedule(graph, kernels, plan, out Schedule? schedule, options, cancellation);
        PlanResult result = BlackoutDemand.Hold(graph, plan, schedule, options.BlackoutMicrosecondsMax);
        return new PlanAnswer(result, RepairList.None, schedule);
    }
}
