namespace GraphOrder;

/// <summary>
/// Memory for planning again and again: whoever keeps one plans without allocating anything but the result,
/// once it has grown to the size of the largest graph. One thread at a time; holds on to the graph that it
/// planned last.
/// </summary>
/// <remarks>
/// Three cases allocate beyond that: a refusal, which searches for its cycles; paths through what the kernel
/// moves that come back to where they left; and page tables that were walked, which are compared with what
/// the set declares.
/// </remarks>
/// <example>
/// <code>
/// PlanWorkspace workspace = new();
/// PlanResult result = workspace.Plan(graph, KernelPair.Linux73);
/// </code>
/// </example>
public sealed class PlanWorkspace
{
    private readonly DiagnosticList _diagnostics = new();
    private readonly AcceptanceScratch _acceptance = new();
    private readonly PlanGround _ground;
    private readonly SolvedOrders _orders;
    private readonly RetrieveOrder _retrieve;
    private readonly PlanAssembler _assembler = new();
    private OrderLift? _lift;
    private int _isBusy;

    /// <summary>Begins with as good as none.</summary>
    public PlanWorkspace()
    {
        OrderScratch scratch = new();
        _ground = new PlanGround(scratch);
        _orders = new SolvedOrders(scratch);
        _retrieve = new RetrieveOrder(scratch);
    }

    /// <summary>
    /// Plans a graph as
    /// <see cref="Planner.Plan(DependencyGraph, KernelPair, PlanOptions?, CancellationToken)"/> does: the
    /// same answer, O(V + E).
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="kernels">The two kernels of the update.</param>
    /// <param name="options">What may be chosen; null for nothing special.</param>
    /// <param name="cancellation">Checked at least once for each 4,096 objects.</param>
    /// <exception cref="InvalidOperationException">Another thread plans with it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public PlanResult Plan(
        DependencyGraph graph,
        KernelPair kernels,
        PlanOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(kernels);
        options ??= PlanOptions.Default;
        if (Interlocked.Exchange(ref _isBusy, 1) != 0)
        {
            throw new InvalidOperationException("A PlanWorkspace plans for one thread at a time.");
        }

        try
        {
            _diagnostics.Clear(options.DiagnosticCountMax);
            _ground.Read(graph, options, _diagnostics, cancellation);
            PlanResult result = Order(_ground, kernels, asksKernels: true, cancellation);
            return options.WithCertificate && result.TryGetPlan(out Plan? plan)
                ? new PlanResult(plan.With(PlanCertificate.Of(graph, kernels)))
                : result;
        }
        finally
        {
            Volatile.Write(ref _isBusy, 0);
        }
    }

    /// <summary>Whether an order exists, and which; the kernels are not asked what they accept.</summary>
    internal PlanResult Order(PlanGround ground, KernelPair kernels, CancellationToken cancellation)
    {
        _diagnostics.Clear(DiagnosticList.CountMaxDefault);
        return Order(ground, kernels, asksKernels: false, cancellation);
    }

    private PlanResult Order(
        PlanGround ground, KernelPair kernels, bool asksKernels, CancellationToken cancellation)
    {
        DependencyGraph graph = ground.Graph;
        OrderLift lift = LiftOf(kernels);
        Planner.Solve(ground, lift, _orders, _diagnostics, ShortestWalk.ExactMax, cancellation);
        if (asksKernels)
        {
            KernelAcceptance.Check(graph, kernels, _diagnostics, _acceptance);
        }

        if (_diagnostics.HasErrors)
        {
            return new PlanResult(
                lift.ModelName, graph.Set.Digest, DependencyRules.Digest, _diagnostics.ToImmutable());
        }

        int retrieve = lift.NumberOf(NamedOrder.OfFiles(Phase.Retrieve));
        if (retrieve < 0)
        {
            _retrieve.Clear();
        }
        else
        {
            _retrieve.Read(graph, _orders, retrieve, cancellation);
        }

        _assembler.Read(ground, kernels, lift, _orders);
        Plan plan = new(
            lift.ModelName,
            graph.Set.Digest,
            DependencyRules.Digest,
            _assembler.Sessions(_retrieve.Steps),
            _assembler.Assemble(_retrieve.Steps))
        {
            Waived = [.. ground.Waived],
            Diagnostics = _diagnostics.ToImmutable(),
        };
        _assembler.Clear();
        return new PlanResult(plan);
    }

    private OrderLift LiftOf(KernelPair kernels) =>
        ReferenceEquals(_lift?.Kernels, kernels) ? _lift : _lift = new OrderLift(kernels);
}
