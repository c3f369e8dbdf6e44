using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Computes the orders in which a set may live through a live update: legal in every phase at once, or the
/// proof that there is none. Thread-safe.
/// </summary>
/// <remarks>
/// Each dependency of a phase constrains exactly one named order (<see cref="LifecycleModel"/>): the file
/// order, the retrieve order, or an order of sessions. Each named order is a topological sort of a
/// quotient, by waves and inside a wave by document position, so that the same input gives the same plan.
/// O(V + E) time and space for a plan; a refusal adds the search for one shortest cycle per strong
/// component.
/// </remarks>
public static class Planner
{
    /// <summary>Plans a set.</summary>
    /// <param name="set">Everything that is to live through the update.</param>
    /// <param name="kernels">The two kernels of the update.</param>
    /// <param name="options">What may be chosen; null for nothing special.</param>
    /// <param name="cancellation">Checked at least once for each 4,096 objects.</param>
    /// <returns>A plan, or at least one error; in either case what else is worth knowing.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example>
    /// <code>
    /// PlanResult result = Planner.Plan(SessionSet.Read(stream), KernelPair.Linux73);
    /// </code>
    /// </example>
    public static PlanResult Plan(
        SessionSet set,
        KernelPair kernels,
        PlanOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        return Plan(DependencyGraph.Of(set), kernels, options, cancellation);
    }

    /// <summary>Plans a graph.</summary>
    /// <inheritdoc cref="Plan(SessionSet, KernelPair, PlanOptions?, CancellationToken)"/>
    public static PlanResult Plan(
        DependencyGraph graph,
        KernelPair kernels,
        PlanOptions? options = null,
        CancellationToken cancellation = default) =>
        new PlanWorkspace().Plan(graph, kernels, options, cancellation);

    /// <summary>
    /// What <see cref="Plan(DependencyGraph, KernelPair, PlanOptions?, CancellationToken)"/> says of a set,
    /// sorted, without making the plan; a walk that is merely short is told where no shortest is asked for.
    /// </summary>
    internal static ImmutableArray<Diagnostic> Judge(
        PlanGround ground, KernelPair kernels, CancellationToken cancellation)
    {
        DiagnosticList diagnostics = new();
        SolvedOrders orders = new(new OrderScratch());
        Solve(ground, new OrderLift(kernels), orders, diagnostics, 0, cancellation);
        KernelAcceptance.Check(ground.Graph, kernels, diagnostics);
        return diagnostics.ToImmutable();
    }

    /// <summary>Whether <see cref="Judge"/> finds no error, without a word on what it is.</summary>
    internal static bool IsLegal(PlanGround ground, KernelPair kernels, CancellationToken cancellation)
    {
        foreach (PhaseSet alike in ground.Objects.Alike)
        {
            List<int[]> components = ground.Objects[alike.First].Contradictions;
            foreach (int[] component in components)
            {
                if (!CycleReport.Hindered(ground.Layout, kernels, alike, component).IsEmpty)
                {
                    return false;
                }
            }
        }

        OrderLift lift = new(kernels);
        SolvedOrders orders = SolvedOrders.Of(ground, lift, cancellation);
        for (int order = 0; order < lift.Orders.Length; order++)
        {
            if (!orders[order].IsPossible)
            {
                return false;
            }
        }

        DiagnosticList diagnostics = new();
        ActRefusals.Add(ground.Graph, kernels, orders.Acts, diagnostics);
        KernelAcceptance.Check(ground.Graph, kernels, diagnostics);
        return !diagnostics.HasErrors;
    }

    /// <summary>Solves all named orders, and adds an error for each reason why there is none.</summary>
    /// <param name="ground">The graph.</param>
    /// <param name="lift">What its dependencies constrain.</param>
    /// <param name="orders">Where the answers go.</param>
    /// <param name="diagnostics">Where the errors go.</param>
    /// <param name="exactWalkMax">Up to which size a strong component is told by its shortest cycle.</param>
    /// <param name="cancellation">As for planning.</param>
    internal static void Solve(
        PlanGround ground,
        OrderLift lift,
        SolvedOrders orders,
        DiagnosticList diagnostics,
        long exactWalkMax,
        CancellationToken cancellation)
    {
        orders.Solve(ground, lift, cancellation);
        ActRefusals.Add(ground.Graph, lift.Kernels, orders.Acts, diagnostics);
        CycleReport? cycles = null;
        foreach (PhaseSet alike in ground.Objects.Alike)
        {
            PrecedenceOrder order = ground.Objects[alike.First];
            if (!order.IsPossible)
            {
                cycles ??= new CycleReport(ground, lift, orders.Acts, exactWalkMax);
                cycles.AddObjects(
                    alike, ground.Objects.Relation(alike), order.Contradictions, cancellation);
            }
        }

        foreach (int order in lift.SessionsFirst)
        {
            if (!orders[order].IsPossible)
            {
                cycles ??= new CycleReport(ground, lift, orders.Acts, exactWalkMax);
                cycles.AddOrder(
                    order, orders.ConstraintsOf(order), orders[order].Contradictions, cancellation);
            }
        }

        foreach (Diagnostic cycle in cycles?.ToDiagnostics() ?? [])
        {
            diagnostics.Add(cycle);
        }
    }
}
