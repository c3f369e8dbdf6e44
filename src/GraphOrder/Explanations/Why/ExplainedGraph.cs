namespace GraphOrder;

/// <summary>A graph with all its orders under two kernels, ready to be asked about.</summary>
internal sealed class ExplainedGraph
{
    private readonly PlanGround _ground;
    private readonly CancellationToken _cancellation;

    public ExplainedGraph(DependencyGraph graph, KernelPair kernels, CancellationToken cancellation)
    {
        Graph = graph;
        Kernels = kernels;
        _cancellation = cancellation;
        _ground = PlanGround.Of(graph, cancellation);
        Lift = new OrderLift(kernels);
        Orders = SolvedOrders.Of(_ground, Lift, cancellation);
        Rules = new OrderRules(graph, Layout, Lift, _ground.Phases);
    }

    public DependencyGraph Graph { get; }

    public KernelPair Kernels { get; }

    public FileLayout Layout => _ground.Layout;

    public OrderLift Lift { get; }

    public ActPlaces Acts => Orders.Acts;

    public SolvedOrders Orders { get; }

    public OrderRules Rules { get; }

    /// <summary>Makes sure that an end is no act, which has a place in one phase alone.</summary>
    public void DemandNoAct(DependencyEnd end)
    {
        if (IsAct(end))
        {
            throw new ArgumentException("An act is neither an object nor a session.", nameof(end));
        }
    }

    /// <summary>Makes sure that an act is asked about in its own phase, where it has a place.</summary>
    public void DemandPhase(DependencyEnd end, Phase phase)
    {
        if (IsAct(end) && (Graph[end.ObjectId].Act!.Phase != phase || Acts.VertexOf(end.ObjectId.Index) < 0))
        {
            throw new ArgumentException("An act has a place in its own phase alone.", nameof(end));
        }
    }

    /// <summary>Whether an end is an act.</summary>
    public bool IsAct(DependencyEnd end) => !end.IsSession && Graph[end.ObjectId].Act is not null;

    /// <summary>Whether the kernel moves an end by itself.</summary>
    public bool IsKernelMoved(DependencyEnd end) => !end.IsSession && Graph[end.ObjectId].IsMovedByKernel;

    /// <summary>The session of an end; null where the kernel moves it.</summary>
    public SessionId? SessionOf(DependencyEnd end) =>
        end.IsSession ? end.SessionId : Graph.SessionOf(end.ObjectId);

    /// <summary>The relation between objects alone.</summary>
    public PhaseArena Relation(Phase phase)
    {
        ObjectOrders objects = new(new OrderScratch());
        objects.Read(_ground, needsBothWays: false, _cancellation);
        foreach (PhaseSet alike in objects.Alike)
        {
            if (alike.Contains(phase))
            {
                return new PhaseArena(this, phase, objects.Relation(alike));
            }
        }

        throw new System.Diagnostics.UnreachableException("Every phase has a relation.");
    }

    /// <summary>
    /// The order that decides a phase for ends of one session, or of two; null where it moves them at once.
    /// </summary>
    public PhaseArena? Arena(Phase phase, bool isInsideSession) =>
        Kernels[phase].Unit != StepUnit.Everything && Lift.Of(phase, isInsideSession) is { } use
            ? new PhaseArena(this, phase, use)
            : null;
}
