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
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(kernels);
        options ??= PlanOptions.Default;
        DiagnosticList diagnostics = new(options.DiagnosticCountMax);
        List<string> waived = [];
        PhaseSet[] phases = WaiverList.Apply(graph, options, diagnostics, waived);
        PlanGround ground = new(graph, phases, cancellation);
        PlanResult result = Order(
            graph,
            kernels,
            ground,
            diagnostics,
            waived,
            asksKernels: true,
            cancellation);
        return options.WithCertificate && result.TryGetPlan(out Plan? plan)
            ? new PlanResult(plan.With(PlanCertificate.Of(graph, kernels)))
            : result;
    }

    /// <summary>Whether an order exists, and which; the kernels are not asked what they accept.</summary>
    internal static PlanResult Order(
        DependencyGraph graph, KernelPair kernels, PlanGround ground, CancellationToken cancellation) =>
        Order(
            graph,
            kernels,
            ground,
            new DiagnosticList(),
            [],
            asksKernels: false,
            cancellation);

    /// <summary>
    /// What <see cref="Plan(DependencyGraph, KernelPair, PlanOptions?, CancellationToken)"/> says of a set,
    /// sorted, without making the plan; a walk that is merely short is told where no shortest is asked for.
    /// </summary>
    internal static ImmutableArray<Diagnostic> Judge(
        DependencyGraph graph, KernelPair kernels, PlanGround ground, CancellationToken cancellation)
    {
        DiagnosticList diagnostics = new();
        OrderLift lift = new(kernels);
        ActPlaces acts = new(graph, ground.Layout, lift);
        Solve(graph, kernels, ground, lift, acts, diagnostics, 0, cancellation);
        KernelAcceptance.Check(graph, kernels, diagnostics);
        return diagnostics.ToImmutable();
    }

    /// <summary>Whether <see cref="Judge"/> finds no error, without a word on what it is.</summary>
    internal static bool IsLegal(
        DependencyGraph graph, KernelPair kernels, PlanGround ground, CancellationToken cancellation)
    {
        OrderLift lift = new(kernels);
        ActPlaces acts = new(graph, ground.Layout, lift);
        foreach (PhaseSet alike in ground.Objects.Alike)
        {
            List<int[]> components = ground.Objects[alike.First].Contradictions;
            if (components.Exists(component =>
                !CycleReport.Hindered(ground.Layout, kernels, alike, component).IsEmpty))
            {
                return false;
            }
        }

        SolvedOrders orders = new(graph, ground.Layout, lift, acts, ground.Phases, cancellation);
        for (int order = 0; order < lift.Orders.Count; order++)
        {
            if (!orders[order].IsPossible)
            {
                return false;
            }
        }

        DiagnosticList diagnostics = new();
        ActRefusals.Add(graph, kernels, acts, diagnostics);
        KernelAcceptance.Check(graph, kernels, diagnostics);
        return !diagnostics.HasErrors;
    }

    private static PlanResult Order(
        DependencyGraph graph,
        KernelPair kernels,
        PlanGround ground,
        DiagnosticList diagnostics,
        List<string> waived,
        bool asksKernels,
        CancellationToken cancellation)
    {
        FileLayout layout = ground.Layout;
        OrderLift lift = new(kernels);
        ActPlaces acts = new(graph, layout, lift);
        SolvedOrders orders = Solve(
            graph, kernels, ground, lift, acts, diagnostics, ShortestWalk.ExactMax, cancellation);
        if (asksKernels)
        {
            KernelAcceptance.Check(graph, kernels, diagnostics);
        }

        if (diagnostics.HasErrors)
        {
            return new PlanResult(
                kernels.ModelName, graph.Set.Digest, DependencyRules.Digest, diagnostics.ToImmutable());
        }

        NamedOrder filesRetrieved = NamedOrder.OfFiles(Phase.Retrieve);
        int retrieveOrder = lift.NumberOf(filesRetrieved);
        int[] retrieve = retrieveOrder < 0 ? [] : RetrieveOrder.Of(
            graph.SessionCount,
            acts.SessionsOf(retrieveOrder),
            orders.MayConnectSessions(retrieveOrder) ? orders.ConstraintsOf(retrieveOrder) : null,
            acts.Sorted(filesRetrieved, orders[retrieveOrder]),
            cancellation);
        // The answers alone: what they had to respect may go before the steps are made.
        PrecedenceOrder[] answers = orders.Answers;
        PlanAssembler assembler = new(
            graph, layout, kernels, lift, acts, ground.Objects, order => answers[lift.NumberOf(order)]);
        return new PlanResult(new Plan(
            kernels.ModelName,
            graph.Set.Digest,
            DependencyRules.Digest,
            assembler.Sessions(retrieve),
            assembler.Assemble(retrieve))
        {
            Waived = [.. waived],
            Diagnostics = diagnostics.ToImmutable(),
        });
    }

    // All named orders, and an error for each reason why there is none.
    private static SolvedOrders Solve(
        DependencyGraph graph,
        KernelPair kernels,
        PlanGround ground,
        OrderLift lift,
        ActPlaces acts,
        DiagnosticList diagnostics,
        long exactWalkMax,
        CancellationToken cancellation)
    {
        ActRefusals.Add(graph, kernels, acts, diagnostics);
        CycleReport cycles = new(graph, ground.Layout, lift, acts, ground.Phases, kernels, exactWalkMax);
        foreach (PhaseSet alike in ground.Objects.Alike)
        {
            PrecedenceOrder order = ground.Objects[alike.First];
            if (!order.IsPossible)
            {
                cycles.AddObjects(alike, ground.Objects.Relation(alike), order.Contradictions, cancellation);
            }
        }

        SolvedOrders orders = new(graph, ground.Layout, lift, acts, ground.Phases, cancellation);
        foreach (int order in SolvedOrders.SessionsFirst(lift))
        {
            if (!orders[order].IsPossible)
            {
                cycles.AddOrder(
                    order, orders.ConstraintsOf(order), orders[order].Contradictions, cancellation);
            }
        }

        foreach (Diagnostic cycle in cycles.ToDiagnostics())
        {
            diagnostics.Add(cycle);
        }

        return orders;
    }
}
