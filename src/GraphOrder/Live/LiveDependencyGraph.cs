using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// The graph of a host whose guests come and go, always legal: a change enters as a whole, or is refused with
/// the cycle that it would have closed, exactly where <see cref="Planner"/> would refuse the set that it
/// would make. What the kernels accept beside orders is not asked here; a plan of a snapshot says it.
/// </summary>
/// <remarks>
/// <para>For every order that the two lifecycle models name (of files, of objects, of sessions) one legal
/// order is kept (<see cref="IncrementalOrder"/>), and a dependency puts on each what the planner would put
/// on it. So a change costs what it touches and not what the host holds; a refused one is told by the
/// planner, who sees the sessions that its cycles run through and no others. Two things no kept order can
/// judge, and while there are such, each change that adds something is put to the planner as a whole: what
/// the kernel moves by itself needing something in a session, and a session that one of its own members
/// needs as a whole, or that needs one of them.</para>
/// <para>Memory follows the most that there was at once, O(V + E), since what has left is used again: under
/// Linux 7.3 a guest of 40 objects and 100 dependencies takes 30 KB. A guest that comes or goes allocates its
/// <see cref="Change"/> and nothing else once there was as much and names are no longer. What was frozen last
/// is kept for the next one, and so is the last graph with dense ids that was made of it.</para>
/// <para>Not thread-safe: one caller at a time, and at most one open change. What it has frozen is immutable
/// and may be used by anyone while the graph goes on. The ids that changes take and give belong to this
/// graph and to what it freezes (<see cref="FrozenGraph"/>); a snapshot has its own, and finds objects by
/// name.</para>
/// </remarks>
/// <example>
/// <code>
/// LiveDependencyGraph live = new(KernelPair.Linux73);
/// using Change change = live.BeginChange();
/// SessionId vm = change.AddSession("vm-01"u8);
/// ObjectId ram = change.AddFile(vm, "vm-01/ram"u8, ObjectKind.Memfd, token: 1);
/// ObjectId iommufd = change.AddFile(vm, "vm-01/iommufd"u8, ObjectKind.Iommufd, token: 2);
/// ObjectId ioas = change.AddObject(iommufd, "vm-01/ioas"u8, ObjectKind.Ioas);
/// change.Map(ioas, new IovaRange(0, 0xfff_ffff), ram, offset: 0, Access.ReadWrite);
/// ChangeResult outcome = change.TryCommit();
/// DependencyGraph now = live.Snapshot();
/// </code>
/// </example>
public sealed class LiveDependencyGraph
{
    private readonly LiveRows _rows = new();
    private readonly LiveOrders _orders;
    private readonly ChangeLog _log;
    private readonly ChangeJudge _judge;
    private bool _isOpen;
    private FrozenGraph _frozen = FrozenGraph.Empty;
    private bool _isCurrent = true;
    private PlanSteps? _planSteps;
    private bool _isPlanFollowed;

    /// <summary>An empty graph.</summary>
    /// <param name="kernels">The kernels under which it is to stay legal.</param>
    public LiveDependencyGraph(KernelPair kernels)
    {
        ArgumentNullException.ThrowIfNull(kernels);
        Kernels = kernels;
        _orders = new LiveOrders(_rows, kernels);
        _log = new ChangeLog(_rows);
        _judge = new ChangeJudge(_rows, _orders);
    }

    /// <summary>The kernels under which it stays legal.</summary>
    public KernelPair Kernels { get; }

    /// <summary>How many sessions there are, as the open change has it.</summary>
    public int SessionCount => _rows.SessionCount;

    /// <summary>How many objects there are, as the open change has it.</summary>
    public int ObjectCount => _rows.ObjectCount;

    /// <summary>
    /// How many dependencies are declared, as the open change has it; those of areas count once each.
    /// </summary>
    public int DependencyCount => _rows.DependencyCount;

    /// <summary>Begins a change. Nothing of it is in the graph before it is committed.</summary>
    /// <exception cref="InvalidOperationException">One is open.</exception>
    public Change BeginChange()
    {
        DemandNoChange();
        _isOpen = true;
        return new Change(this, _rows, _log);
    }

    /// <summary>
    /// The graph as it is, frozen, with the ids of this graph. O(what has changed since the last one), and a
    /// list of all pages is copied: 8 bytes for each 128 objects.
    /// </summary>
    /// <exception cref="InvalidOperationException">A change is open.</exception>
    public FrozenGraph Freeze()
    {
        DemandNoChange();
        if (!_isCurrent)
        {
            _frozen = _frozen.With(_rows);
            _rows.ForgetChanged(ChangeReader.FrozenGraph);
            _isCurrent = true;
        }

        return _frozen;
    }

    /// <summary>
    /// The graph as it is, with dense ids in document order: <see cref="Freeze"/>, and of that
    /// <see cref="FrozenGraph.Graph"/>. O(1) where nothing has changed since the last one; else O(V + E).
    /// </summary>
    /// <exception cref="InvalidOperationException">A change is open.</exception>
    public DependencyGraph Snapshot() => Freeze().Graph;

    /// <summary>
    /// Plans what is there: what the kernel has created and preserved keeps its place, and all else follows
    /// it. It is the plan that the set would get if it were declared anew in the order in which it came.
    /// </summary>
    /// <inheritdoc cref="Planner.Plan(SessionSet, KernelPair, PlanOptions?, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">A change is open.</exception>
    public PlanResult Plan(PlanOptions? options = null, CancellationToken cancellation = default) =>
        Planner.Plan(Snapshot(), Kernels, options, cancellation);

    /// <summary>
    /// What of the plan may be another since this was last called, for <see cref="LivePlan"/> to put into
    /// what stayed; the first time it is the whole plan. What the kernel has keeps its place.
    /// </summary>
    /// <remarks>
    /// O(the sessions that were touched, and those whose waves are others since, with what they hold). From
    /// the first call on each change also keeps waves, which costs time and memory (bench/README.md). The
    /// planner plans the whole, O(V + E), while there are acts, or what only it can judge, or sessions that
    /// retrieve files of one another in turn or are needed there as a whole, or sessions that are needed as
    /// a whole in preserve while the kernel has some. What the kernels accept beside orders is not asked.
    /// </remarks>
    /// <exception cref="InvalidOperationException">A change is open.</exception>
    public PlanChange PlanChanges()
    {
        DemandNoChange();
        _planSteps ??= _orders.KeepPlan(Kernels);
        if (!_orders.Plan!.CanFollow())
        {
            _isPlanFollowed = false;
            return WholePlan.Of(Freeze(), Kernels);
        }

        bool isWhole = !_isPlanFollowed;
        _isPlanFollowed = true;
        return _planSteps.Change(isWhole);
    }

    /// <summary>The object of an id.</summary>
    public bool TryFind(ReadOnlySpan<byte> id, out ObjectId found)
    {
        bool isThere = _rows.ObjectNames.TryFind(id, out int row);
        found = new ObjectId(row);
        return isThere;
    }

    /// <summary>The session of a name.</summary>
    public bool TryFindSession(ReadOnlySpan<byte> name, out SessionId found)
    {
        bool isThere = _rows.SessionNames.TryFind(name, out int row);
        found = new SessionId(row);
        return isThere;
    }

    /// <summary>How many areas of an IOAS map a file, as the open change has it.</summary>
    public int AreaCount(ObjectId ioas, ObjectId file) => _log.AreaCount(ioas.Index, file.Index);

    /// <summary>
    /// Whether one object goes before another in a phase, as the kept orders have it. O(1). False for two
    /// that move as one, and where the phase orders neither. A kept order is legal, what only the planner can
    /// judge aside; it is not the canonical one of a plan.
    /// </summary>
    /// <exception cref="ArgumentException">An object has no step in the phase.</exception>
    /// <exception cref="InvalidOperationException">A change is open.</exception>
    public bool GoesFirst(Phase phase, ObjectId first, ObjectId then)
    {
        DemandNoChange();
        DemandStep(phase, first, nameof(first));
        DemandStep(phase, then, nameof(then));
        return _orders.GoesFirst(phase, first.Index, then.Index);
    }

    internal ChangeResult TryCommit()
    {
        bool isTaken = _judge.TryApply(_log.Steps);
        bool isAsked = _orders.AskedCount > 0 && (!isTaken || _log.HasAdded);
        ImmutableArray<Diagnostic> problems = isAsked ? Ask(All())
            : isTaken ? []
            : Ask(new CycleArea(_rows, _orders).Graph());
        Invariant.Require(isTaken || !problems.IsEmpty, "what the orders refuse, the planner refuses");
        _isOpen = false;
        if (problems.IsEmpty)
        {
            _isCurrent &= _log.Steps.Count == 0;
            _log.Keep();
            return ChangeResult.Committed;
        }

        _judge.Withdraw(_log.Steps);
        _log.TakeBack();
        _judge.Restore(_log.Steps);
        _log.Clear();
        return ChangeResult.Refused(problems);
    }

    internal void Abandon()
    {
        _isOpen = false;
        _log.TakeBack();
        _log.Clear();
    }

    private ImmutableArray<Diagnostic> Ask(DependencyGraph graph)
    {
        PlanResult result = new PlanWorkspace().Order(PlanGround.Of(graph), Kernels, CancellationToken.None);
        return result.IsLegal ? [] : result.Diagnostics.RemoveAll(static found => !found.IsError);
    }

    // The rows as the open change has them; what is frozen stays as it was, and so does what is noted.
    private DependencyGraph All() => _frozen.With(_rows).Graph;

    private void DemandNoChange()
    {
        if (_isOpen)
        {
            throw new InvalidOperationException("A change is open: commit or dispose it first.");
        }
    }

    private void DemandStep(Phase phase, ObjectId id, string name)
    {
        if (!_rows.Has(id)
            || _rows.Object(id.Index).Object is var found
            && (found.IsMovedByKernel || (found.Act is { } act && act.Phase != phase)))
        {
            throw new ArgumentException($"Object {id} has no step in {phase.Name()}.", name);
        }
    }
}
