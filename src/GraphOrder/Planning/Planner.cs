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
        KernelAcceptance.Check(graph, kernels, diagnostics);

        FileLayout layout = new(graph);
        OrderLift lift = new(kernels);
        CycleReport cycles = new(graph, layout, lift, phases, kernels, options.ExactWalkMax);
        ObjectOrders objects = new(graph, phases, layout.CarriedCount > 0, cancellation);
        foreach ((PhaseSet alike, PrecedenceGraph relation) in objects.Relations)
        {
            cycles.AddObjects(alike, relation, objects[alike.First].Contradictions, cancellation);
        }

        OrderConstraints constraints = new(graph, layout, lift, phases);
        PrecedenceOrder[] orders = OrderSolver.Solve(lift, constraints, cancellation);
        foreach (int order in OrderSolver.SessionsFirst(lift))
        {
            cycles.AddOrder(order, constraints[order], orders[order].Contradictions, cancellation);
        }

        foreach (Diagnostic cycle in cycles.ToDiagnostics())
        {
            diagnostics.Add(cycle);
        }

        if (diagnostics.HasErrors)
        {
            return new PlanResult(
                kernels.ModelName, graph.Set.Digest, DependencyRules.Digest, diagnostics.ToImmutable());
        }

        int retrieveOrder = lift.NumberOf(NamedOrder.OfFiles(Phase.Retrieve));
        int[] retrieve = retrieveOrder < 0 ? [] : RetrieveOrder.Of(
            graph, layout, constraints[retrieveOrder], orders[retrieveOrder], cancellation);
        PlanAssembler assembler = new(graph, layout, kernels, objects, order => orders[lift.NumberOf(order)]);
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
}
