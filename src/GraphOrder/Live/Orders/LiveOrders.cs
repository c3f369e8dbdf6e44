namespace GraphOrder;

/// <summary>
/// All named orders of two kernels, kept while rows come and go: what a row puts on them, by the masks of
/// <see cref="OrderLift"/>, which the planner reads too. What they cannot judge is counted
/// (<see cref="AskedCount"/>): paths through what the kernel moves, and a session whose own member needs all
/// of it or is needed by it. Not thread-safe.
/// </summary>
internal sealed class LiveOrders
{
    private readonly LiveRows _rows;
    private readonly OrderLift _lift;
    private readonly LiveOrder[] _orders;
    private readonly LocalCycles _local;
    private readonly ArcUses _uses;
    private readonly int _create;

    public LiveOrders(LiveRows rows, KernelPair kernels)
    {
        _rows = rows;
        _lift = new OrderLift(kernels);
        _local = new LocalCycles(rows, kernels);
        _orders = new LiveOrder[_lift.Orders.Length];
        for (int order = 0; order < _orders.Length; order++)
        {
            _orders[order] = new LiveOrder(_lift.Orders[order].Unit);
        }

        _uses = new ArcUses(_orders);
        _create = _lift.NumberOf(NamedOrder.Of(SessionOrder.Create));
    }

    /// <summary>How many dependencies need the planner's judgement.</summary>
    public int AskedCount { get; private set; }

    /// <summary>The arcs of all rows, and what was refused of them.</summary>
    public ArcUses Uses => _uses;

    /// <summary>What is kept for a plan, where somebody asked for it.</summary>
    public KeptPlan? Plan { get; private set; }

    /// <summary>The order of a number.</summary>
    public LiveOrder this[int order] => _orders[order];

    /// <summary>Begins to keep what a plan of what has changed needs. O(V + E).</summary>
    public PlanSteps KeepPlan(KernelPair kernels)
    {
        Plan = new KeptPlan(_rows, this, _lift, kernels);
        return new PlanSteps(_rows, this, _lift, kernels, Plan);
    }

    /// <summary>Whether one object stands before another in a phase, as the kept orders have it.</summary>
    public bool GoesFirst(Phase phase, int first, int then)
    {
        bool areActs = IsAct(first) || IsAct(then);
        int sessionOfFirst = _rows.SessionOf(first);
        bool isInside = !areActs && sessionOfFirst == _rows.SessionOf(then);
        if (_lift.Of(phase, isInside) is not { } use)
        {
            return false;
        }

        bool isForward = use.IsForward == phase.NeededGoesFirst();
        int left = VertexOf(use.Order, new ObjectId(first), false);
        int right = VertexOf(use.Order, new ObjectId(then), false);
        return _orders[use.Order].Order.GoesFirst(isForward ? left : right, isForward ? right : left);
    }

    /// <summary>Gives a session its vertices.</summary>
    public void EnterSession(int row)
    {
        Plan?.EnterSession(row);
        foreach (LiveOrder order in _orders)
        {
            if (order.Unit == OrderUnit.Sessions)
            {
                order.Enter(row);
            }
        }
    }

    /// <summary>Takes its vertices from a session that is empty and needs nothing.</summary>
    public void LeaveSession(int row)
    {
        Plan?.LeaveSession(row);
        foreach (LiveOrder order in _orders)
        {
            if (order.Unit == OrderUnit.Sessions)
            {
                order.Leave(row);
            }
            else
            {
                order.RemoveBounds(row);
            }
        }
    }

    /// <summary>Gives an object its vertices.</summary>
    public void EnterObject(int row)
    {
        Plan?.EnterObject(row);
        if (_rows.Object(row).Object.Act is { } act)
        {
            OrderOf(act).EnterAct(row);
            return;
        }

        foreach (LiveOrder order in _orders)
        {
            if (HasVertex(order, row))
            {
                order.Enter(row);
            }
        }
    }

    /// <summary>Takes its vertices from an object that has no arcs.</summary>
    public void LeaveObject(int row)
    {
        Plan?.LeaveObject(row);
        if (_rows.Object(row).Object.Act is { } act)
        {
            OrderOf(act).LeaveAct(row);
            return;
        }

        foreach (LiveOrder order in _orders)
        {
            if (HasVertex(order, row))
            {
                order.Leave(row);
            }
        }
    }

    /// <summary>Puts a session behind what the kernel has created, or among it.</summary>
    public void PlaceSession(int row)
    {
        if (_create < 0)
        {
            return;
        }

        ref SessionRow session = ref _rows.Session(row);
        LiveOrder order = _orders[_create];
        int vertex = order.VertexOf(row);
        if (!session.IsCreated)
        {
            _uses.Add(ref session.FirstUse, _create, order.BeginningEnd, vertex);
            return;
        }

        if (_rows.PreviousCreated(row) is var previous and >= 0)
        {
            _uses.Add(ref session.FirstUse, _create, order.VertexOf(previous), vertex);
        }

        _uses.Add(ref session.FirstUse, _create, vertex, order.BeginningEnd);
    }

    /// <summary>
    /// Puts an object behind what the kernel has preserved, or among it, and between the bounds of its
    /// session where these are known.
    /// </summary>
    public void PlaceObject(int row)
    {
        int preserve = _lift.PreserveOrder;
        ref ObjectRow placed = ref _rows.Object(row);
        if (placed.Object.Act is { } act)
        {
            LiveOrder own = OrderOf(act);
            if (own == _orders[preserve])
            {
                _uses.Add(ref placed.FirstUse, preserve, own.BeginningEnd, own.VertexOfAct(row));
            }

            return;
        }

        for (int order = 0; order < _orders.Length; order++)
        {
            if (HasVertex(_orders[order], row) && _orders[order].HasBounds
                && _orders[order].TryFindBounds(_rows.SessionOf(row), out SessionBounds bounds))
            {
                AddMember(order, bounds, row);
            }
        }

        if (HasVertex(_orders[preserve], row))
        {
            PlaceBeginning(preserve, row);
        }
    }

    /// <summary>Removes all arcs that say the place of a session.</summary>
    public void LiftSession(int row)
    {
        if (_create >= 0)
        {
            _orders[_create].RecountWaves(row);
        }

        _uses.Remove(ref _rows.Session(row).FirstUse);
    }

    /// <summary>Removes all arcs that say the place of an object.</summary>
    public void LiftObject(int row)
    {
        LiveOrder preserve = _orders[_lift.PreserveOrder];
        if (HasVertex(preserve, row))
        {
            preserve.RecountWaves(row);
        }

        _uses.Remove(ref _rows.Object(row).FirstUse);
    }

    /// <summary>Puts a dependency on every order that it constrains; what closes a cycle is noted.</summary>
    public void Add(int row)
    {
        Plan?.Add(row);
        ref DependencyRow added = ref _rows.Dependency(row);
        bool isDependentMoved = IsMovedByKernel(added.Dependent);
        if (isDependentMoved || IsMovedByKernel(added.On))
        {
            MarkAsked(ref added, isDependentMoved && !IsMovedByKernel(added.On));
            AddTogether(row);
            return;
        }

        bool isInside = IsPlain(added.Dependent) && IsPlain(added.On)
            && SessionOf(added.Dependent) == SessionOf(added.On);
        ReadOnlySpan<OrderMask> masks = _lift.Masks(isInside);
        for (int order = 0; order < masks.Length; order++)
        {
            Add(ref added, order, added.Phases & masks[order].Forward, isForward: true);
            Add(ref added, order, added.Phases & masks[order].Backward, isForward: false);
        }

        if (isInside)
        {
            AddTogether(row);
        }
    }

    /// <summary>Removes what a dependency has put on the orders.</summary>
    public void Remove(int row)
    {
        Plan?.Remove(row);
        ref DependencyRow removed = ref _rows.Dependency(row);
        MarkAsked(ref removed, false);
        _uses.Remove(ref removed.FirstUse);
    }

    private void Add(ref DependencyRow added, int order, PhaseSet phases, bool isForward)
    {
        if (phases.IsEmpty)
        {
            return;
        }

        if (_orders[order].Unit != OrderUnit.Sessions && IsOfOwnMember(added))
        {
            MarkAsked(ref added, true);
            return;
        }

        int dependent = VertexOf(order, added.Dependent, isFirst: !isForward);
        int on = VertexOf(order, added.On, isFirst: isForward);
        if (dependent != on)
        {
            _uses.Add(ref added.FirstUse, order, isForward ? on : dependent, isForward ? dependent : on);
        }
    }

    private void AddTogether(int row)
    {
        if (!_local.IsFree(_rows.Dependency(row)))
        {
            _uses.RefusedDependencies.Add(row);
        }
    }

    private void PlaceBeginning(int preserve, int row)
    {
        int file = _rows.FileOf(row);
        ref int uses = ref _rows.Object(row).FirstUse;
        LiveOrder order = _orders[preserve];
        int vertex = order.VertexOf(row);
        if (!_rows.Object(file).IsPreserved)
        {
            _uses.Add(ref uses, preserve, order.BeginningEnd, vertex);
            return;
        }

        // Each object of a file behind each of the one in front of it: both are few.
        int previous = _rows.PreviousPreserved(file);
        _uses.Add(ref uses, preserve, vertex, order.BeginningEnd);
        for (int member = previous; member >= 0; member = NextMember(previous, member))
        {
            if (HasVertex(order, member))
            {
                _uses.Add(ref uses, preserve, order.VertexOf(member), vertex);
            }
        }
    }

    // A file, and after it all that it carries.
    private int NextMember(int file, int member) => member == file
        ? _rows.Object(file).Carried.FirstRow
        : _rows.NextSibling(member);

    private void AddMember(int order, SessionBounds bounds, int row)
    {
        ref int uses = ref _rows.Object(row).FirstUse;
        int vertex = _orders[order].VertexOf(row);
        _uses.Add(ref uses, order, bounds.Beginning, vertex);
        _uses.Add(ref uses, order, vertex, bounds.End);
    }

    private int VertexOf(int order, DependencyEnd end, bool isFirst)
    {
        LiveOrder found = _orders[order];
        if (end.IsSession)
        {
            return found.Unit == OrderUnit.Sessions ? found.VertexOf(end.SessionId.Index)
                : isFirst ? BoundsOf(order, end.SessionId.Index).End
                : BoundsOf(order, end.SessionId.Index).Beginning;
        }

        int row = end.ObjectId.Index;
        return _rows.Object(row).Object.Act is not null ? found.VertexOfAct(row) : found.Unit switch
        {
            OrderUnit.Sessions => found.VertexOf(_rows.SessionOf(row)),
            OrderUnit.Files => found.VertexOf(_rows.FileOf(row)),
            _ => found.VertexOf(row),
        };
    }

    private SessionBounds BoundsOf(int order, int session)
    {
        if (_orders[order].TryFindBounds(session, out SessionBounds bounds))
        {
            return bounds;
        }

        bounds = _orders[order].AddBounds(session);
        int file = _rows.Session(session).Objects.FirstRow;
        for (; file >= 0; file = _rows.NextSibling(file))
        {
            bool isFile = _rows.Object(file).Object.IsFile;
            for (int member = isFile ? file : -1; member >= 0; member = NextMember(file, member))
            {
                if (HasVertex(_orders[order], member))
                {
                    AddMember(order, bounds, member);
                }
            }
        }

        return bounds;
    }

    private bool IsAct(int row) => _rows.Object(row).Object.Act is not null;

    private LiveOrder OrderOf(ActFacts act) => _orders[_lift.Of(act.Phase, false)!.Value.Order];

    private bool HasVertex(LiveOrder order, int row) =>
        order.Unit == OrderUnit.Files ? _rows.Object(row).Object.IsFile
        : order.Unit == OrderUnit.Objects && _rows.FileOf(row) >= 0;

    private bool IsMovedByKernel(DependencyEnd end) =>
        !end.IsSession && _rows.Object(end.ObjectId.Index).Object.IsMovedByKernel;

    private bool IsPlain(DependencyEnd end) => !end.IsSession && _rows.FileOf(end.ObjectId.Index) >= 0;

    private int SessionOf(DependencyEnd end) =>
        end.IsSession ? end.SessionId.Index : _rows.SessionOf(end.ObjectId.Index);

    private bool IsOfOwnMember(in DependencyRow found) =>
        found.Dependent.IsSession != found.On.IsSession
        && SessionOf(found.Dependent) == SessionOf(found.On);

    private void MarkAsked(ref DependencyRow row, bool isAsked)
    {
        AskedCount += (isAsked ? 1 : 0) - (row.IsAsked ? 1 : 0);
        row.IsAsked = isAsked;
    }
}
