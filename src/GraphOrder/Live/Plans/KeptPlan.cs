namespace GraphOrder;

/// <summary>
/// What a plan needs beside the kept orders, kept while rows come and go: the waves of every named order,
/// those of the relation between objects in each phase that takes files one by one, and the order in which
/// sessions are retrieved. Made for the first who asks for a plan of what has changed. Not thread-safe.
/// </summary>
/// <remarks>
/// Four things it cannot follow, and while there are such, <see cref="CanFollow"/> is false and the planner
/// plans the whole: acts; what only the planner can judge; sessions whose files must be retrieved in turn or
/// that are needed there as a whole, which the planner takes together; and sessions that are needed as a
/// whole in preserve while the kernel has some, since then the border in the beginning is not one.
/// </remarks>
internal sealed class KeptPlan
{
    private readonly LiveRows _rows;
    private readonly LiveOrders _orders;
    private readonly OrderLift _lift;
    private readonly IncrementalWaves<RelationArcs>?[] _relations =
        new IncrementalWaves<RelationArcs>?[Phases.Count];
    private readonly LiveOrder? _retrieve;
    private readonly Dictionary<int, int> _retrieveArcs = [];
    private readonly HashSet<int> _unplaced = [];
    private int _actCount;

    /// <summary>Begins with what is there. O(V + E).</summary>
    public KeptPlan(LiveRows rows, LiveOrders orders, OrderLift lift, KernelPair kernels)
    {
        _rows = rows;
        _orders = orders;
        _lift = lift;
        for (int order = 0; order < lift.Orders.Length; order++)
        {
            orders[order].KeepWaves(rows);
        }

        foreach (Phase phase in Phases.All)
        {
            if (kernels[phase].Unit == StepUnit.File)
            {
                _relations[(int)phase] = new(new RelationArcs(rows, phase));
            }
        }

        PhaseRule retrieve = kernels[Phase.Retrieve];
        if (retrieve is { Unit: StepUnit.File, Between.IsInterleaved: true, Inside: InsideSession.Chosen })
        {
            _retrieve = new LiveOrder(OrderUnit.Sessions);
            _retrieve.KeepWaves(rows);
        }

        EnterAll();
    }

    /// <summary>Whether the waves say all that a plan says; brings them up to date.</summary>
    public bool CanFollow()
    {
        foreach (int row in _unplaced)
        {
            if (TryPlace(row))
            {
                _unplaced.Remove(row);
            }
        }

        LiveOrder preserve = _orders[_lift.PreserveOrder];
        bool canFollow = _actCount == 0 && _orders.AskedCount == 0 && _unplaced.Count == 0;
        for (int order = 0; order < _lift.Orders.Length; order++)
        {
            _orders[order].Waves!.Settle();
        }

        foreach (IncrementalWaves<RelationArcs>? relation in canFollow ? _relations : [])
        {
            relation?.Settle();
        }

        _retrieve?.Waves!.Settle();
        return canFollow && !(preserve.HasBounds && BeginningOf(preserve) > 0);
    }

    /// <summary>The waves of the order in which sessions are retrieved.</summary>
    public int RetrieveWaveOf(int session) => _retrieve!.Waves![_retrieve.VertexOf(session)];

    /// <summary>The wave of an object in the relation of a phase that takes files one by one.</summary>
    public int RelationWaveOf(Phase phase, int row) => _relations[(int)phase]![row];

    /// <summary>How many waves what the kernel has takes up in an order.</summary>
    public static int BeginningOf(LiveOrder order) =>
        order.HasBeginning ? order.Waves![order.BeginningEnd] : 0;

    /// <summary>An object has come.</summary>
    public void EnterObject(int row)
    {
        _actCount += _rows.Object(row).Object.Act is null ? 0 : 1;
        foreach (IncrementalWaves<RelationArcs>? relation in _relations)
        {
            relation?.Enter(row);
        }
    }

    /// <summary>An object leaves.</summary>
    public void LeaveObject(int row)
    {
        _actCount -= _rows.Object(row).Object.Act is null ? 0 : 1;
        foreach (IncrementalWaves<RelationArcs>? relation in _relations)
        {
            relation?.Leave(row);
        }
    }

    /// <summary>A session has come.</summary>
    public void EnterSession(int row) => _retrieve?.Enter(row);

    /// <summary>A session leaves.</summary>
    public void LeaveSession(int row) => _retrieve?.Leave(row);

    /// <summary>A dependency has come.</summary>
    public void Add(int row)
    {
        foreach (Phase phase in Phases.All)
        {
            if (_relations[(int)phase] is { } relation && new RelationArcs(_rows, phase).IsOfPhase(row))
            {
                relation.Add(row);
            }
        }

        if (!TryPlace(row))
        {
            _unplaced.Add(row);
        }
    }

    /// <summary>A dependency leaves.</summary>
    public void Remove(int row)
    {
        foreach (IncrementalWaves<RelationArcs>? relation in _relations)
        {
            relation?.Remove(row);
        }

        _unplaced.Remove(row);
        if (_retrieveArcs.Remove(row, out int arc))
        {
            _retrieve!.RemoveArc(arc);
        }
    }

    /// <summary>Notes in which sessions, files and objects something is another.</summary>
    public void Gather(HashSet<int> sessions, HashSet<int> objects)
    {
        for (int number = 0; number < _lift.Orders.Length; number++)
        {
            Gather(_orders[number], sessions, objects);
        }

        foreach (IncrementalWaves<RelationArcs>? relation in _relations)
        {
            objects.UnionWith(relation?.Changed ?? []);
            relation?.Forget();
        }

        if (_retrieve is not null)
        {
            Gather(_retrieve, sessions, objects);
        }
    }

    private static void Gather(LiveOrder order, HashSet<int> sessions, HashSet<int> objects)
    {
        foreach (int vertex in order.Waves!.Changed)
        {
            if (order.TryFindThing(vertex, out int row, out _))
            {
                (order.Unit == OrderUnit.Sessions ? sessions : objects).Add(row);
            }
        }

        order.Waves.Forget();
    }

    private void EnterAll()
    {
        for (int row = 0; row < _rows.SessionRoom; row++)
        {
            if (_rows.Session(row).IsThere)
            {
                EnterSession(row);
            }
        }

        for (int row = 0; row < _rows.ObjectRoom; row++)
        {
            if (_rows.Object(row).IsThere)
            {
                EnterObject(row);
            }
        }

        for (int row = 0; row < _rows.DependencyRoom; row++)
        {
            if (_rows.Dependency(row).IsThere)
            {
                Add(row);
            }
        }
    }

    // What a dependency says of the order in which sessions are retrieved.
    private bool TryPlace(int row)
    {
        ref DependencyRow placed = ref _rows.Dependency(row);
        if (_retrieve is null || !placed.Phases.Contains(Phase.Retrieve))
        {
            return true;
        }

        if (placed.Dependent.IsSession || placed.On.IsSession)
        {
            return false;
        }

        int dependent = _rows.SessionOf(placed.Dependent.ObjectId.Index);
        int on = _rows.SessionOf(placed.On.ObjectId.Index);
        if (dependent < 0 || on < 0 || dependent == on)
        {
            return true;
        }

        bool isPlaced = _retrieve.TryAddArc(
            _retrieve.VertexOf(on), _retrieve.VertexOf(dependent), out int arc);
        if (isPlaced)
        {
            _retrieveArcs.Add(row, arc);
        }

        return isPlaced;
    }
}
