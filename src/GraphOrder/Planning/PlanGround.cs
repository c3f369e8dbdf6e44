namespace GraphOrder;

/// <summary>
/// What planning needs of a graph under every model: whoever plans one graph for several models makes it
/// once. It stands for one graph until it reads another one.
/// </summary>
internal sealed class PlanGround
{
    private readonly List<string> _waived = [];
    private readonly ObjectOrders _objects;
    private readonly KernelMovedPaths?[] _paths = new KernelMovedPaths?[GraphOrder.Phases.Count];
    private readonly Phase[] _firstLike = new Phase[GraphOrder.Phases.Count];
    private PhaseSet _hasPaths;
    private PhaseSet[] _phases = [];
    private CancellationToken _cancellation;
    private bool _hasObjects;

    /// <summary>The ground of no graph yet.</summary>
    /// <param name="scratch">What orders that are solved one after another share.</param>
    public PlanGround(OrderScratch scratch) => _objects = new ObjectOrders(scratch);

    /// <summary>The graph.</summary>
    public DependencyGraph Graph { get; private set; } = null!;

    /// <summary>Of each dependency the phases in which it binds; the array may be longer.</summary>
    public PhaseSet[] Phases => _phases;

    /// <summary>What was waived, as <c>DEPENDENT=&gt;ON@PHASE</c>.</summary>
    public IReadOnlyList<string> Waived => _waived;

    /// <summary>Files and sessions by number.</summary>
    public FileLayout Layout { get; } = new();

    /// <summary>The dependencies between files.</summary>
    public LiftedDependencies Lifted { get; } = new();

    /// <summary>The relations between objects alone; solved for the first who asks.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ObjectOrders Objects
    {
        get
        {
            if (!_hasObjects)
            {
                _objects.Read(this, Layout.CarriedCount > 0, _cancellation);
                _hasObjects = true;
            }

            return _objects;
        }
    }

    /// <summary>
    /// What the kernel moves on paths from one step to another in a phase; found for the first who asks, and
    /// once for phases in which the same dependencies bind.
    /// </summary>
    public KernelMovedPaths PathsOf(Phase phase)
    {
        Phase first = _firstLike[(int)phase];
        KernelMovedPaths paths = _paths[(int)first] ??= new KernelMovedPaths();
        if (!_hasPaths.Contains(first))
        {
            paths.Read(Graph, _phases, first);
            _hasPaths = _hasPaths.With(first);
        }

        return paths;
    }

    /// <summary>The ground of a graph of which nothing is waived.</summary>
    public static PlanGround Of(DependencyGraph graph, CancellationToken cancellation = default) =>
        Of(graph, PlanOptions.Default, cancellation);

    /// <summary>The ground of a graph; not a word on waivers without effect.</summary>
    public static PlanGround Of(
        DependencyGraph graph, PlanOptions options, CancellationToken cancellation)
    {
        PlanGround ground = new(new OrderScratch());
        ground.Read(graph, options, new DiagnosticList(), cancellation);
        return ground;
    }

    /// <summary>The ground of a graph whose dependencies bind in other phases than they say.</summary>
    public static PlanGround Of(
        DependencyGraph graph, PhaseSet[] phases, CancellationToken cancellation)
    {
        PlanGround ground = new(new OrderScratch()) { _phases = phases };
        ground.Read(graph, arePhasesKnown: true, cancellation);
        return ground;
    }

    /// <summary>Stands for a graph from now on. O(V + E).</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="options">What is waived.</param>
    /// <param name="diagnostics">Where to say what was waived, and what could not be.</param>
    /// <param name="cancellation">As for planning.</param>
    public void Read(
        DependencyGraph graph,
        PlanOptions options,
        DiagnosticList diagnostics,
        CancellationToken cancellation)
    {
        Span<PhaseSet> phases = Scratch.Take(ref _phases, graph.DependencyCount);
        _waived.Clear();
        bool isWaiving = !options.Waivers.IsEmpty;
        if (isWaiving)
        {
            WaiverList.Apply(graph, options, phases, diagnostics, _waived);
        }

        Read(graph, isWaiving, cancellation);
    }

    private void Read(DependencyGraph graph, bool arePhasesKnown, CancellationToken cancellation)
    {
        Graph = graph;
        _cancellation = cancellation;
        _hasObjects = false;
        _hasPaths = PhaseSet.None;
        Layout.Read(graph);
        Lifted.Read(graph, Layout, _phases.AsSpan(0, graph.DependencyCount), arePhasesKnown);
        foreach (Phase phase in GraphOrder.Phases.All)
        {
            _firstLike[(int)phase] = Lifted.Bound.FirstLike(phase);
        }
    }
}
