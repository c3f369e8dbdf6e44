namespace GraphOrder;

/// <summary>
/// Where the acts of a set stand among the vertices of the named orders: behind the sessions, files or
/// objects that an order puts one after another. An act is a vertex of one order alone. Immutable.
/// </summary>
internal sealed class ActPlaces
{
    private readonly DependencyGraph _graph;
    private readonly FileLayout _layout;
    private readonly OrderLift _lift;
    private readonly ObjectId[][] _acts;
    private readonly int[] _firstVertices;
    private readonly int[] _vertexOf = [];

    public ActPlaces(DependencyGraph graph, FileLayout layout, OrderLift lift)
    {
        _graph = graph;
        _layout = layout;
        _lift = lift;
        List<ObjectId>[] acts = new List<ObjectId>[lift.Orders.Count];
        _firstVertices = new int[acts.Length];
        for (int order = 0; order < acts.Length; order++)
        {
            acts[order] = [];
            _firstVertices[order] = lift.Orders[order].Unit switch
            {
                OrderUnit.Sessions => graph.SessionCount,
                OrderUnit.Files => layout.Files.Length,
                _ => layout.Files.Length + layout.CarriedCount,
            };
        }

        List<ObjectId> homeless = [];
        if (layout.ActCount > 0)
        {
            _vertexOf = new int[graph.ObjectCount];
            Array.Fill(_vertexOf, -1);
        }

        for (int i = 0; i < _vertexOf.Length; i++)
        {
            if (graph[new ObjectId(i)].Act is not { } act)
            {
                continue;
            }

            if (!lift.TakesActs(act.Phase))
            {
                homeless.Add(new ObjectId(i));
                continue;
            }

            int order = lift.Of(act.Phase, false)!.Value.Order;
            _vertexOf[i] = _firstVertices[order] + acts[order].Count;
            acts[order].Add(new ObjectId(i));
        }

        _acts = Array.ConvertAll(acts, static each => (ObjectId[])[.. each]);
        Homeless = [.. homeless];
    }

    /// <summary>The acts of phases that take none, in document order.</summary>
    public ObjectId[] Homeless { get; }

    /// <summary>How many sessions, files or objects an order has beside its acts.</summary>
    public int UnitCount(int order) => _firstVertices[order];

    /// <summary>How many steps an order has, acts among them.</summary>
    public int StepCount(int order) => _firstVertices[order] + _acts[order].Length;

    /// <summary>The acts of an order in document order.</summary>
    public ReadOnlySpan<ObjectId> Of(int order) => _acts[order];

    /// <summary>The vertex of an act in its order; -1 for what is no act or has no order.</summary>
    public int VertexOf(int id) => _vertexOf.Length == 0 ? -1 : _vertexOf[id];

    /// <summary>The act of a vertex; false where the vertex is a session, file or object.</summary>
    public bool TryFind(int order, int vertex, out ObjectId act)
    {
        int number = vertex - _firstVertices[order];
        bool isAct = number >= 0 && number < _acts[order].Length;
        act = isAct ? _acts[order][number] : default;
        return isAct;
    }

    /// <summary>The session of each file or act of an order of files.</summary>
    public int[] SessionsOf(int order)
    {
        if (_acts[order].Length == 0)
        {
            return _layout.SessionOfFile;
        }

        int[] sessions = new int[StepCount(order)];
        _layout.SessionOfFile.CopyTo(sessions, 0);
        for (int i = 0; i < _acts[order].Length; i++)
        {
            sessions[UnitCount(order) + i] = _graph[_acts[order][i]].Act!.Session.Index;
        }

        return sessions;
    }

    /// <summary>
    /// The steps of an order by wave, inside a wave by document position, and what stands late last.
    /// </summary>
    public int[] Sorted(NamedOrder named, PrecedenceOrder answer)
    {
        int order = _lift.NumberOf(named);
        return _acts[order].Length == 0
            ? answer.Sorted(UnitCount(order))
            : answer.Sorted(Sequence(order));
    }

    /// <summary>
    /// The acts of an order that stand as far back in it as is legal. Where a phase runs an order backward
    /// these are the early ones.
    /// </summary>
    public List<int> Delayed(int order)
    {
        List<int> delayed = [];
        foreach (ObjectId act in _acts[order])
        {
            if (_graph[act].Act!.IsLate != _lift.IsBackward(_graph[act].Act!.Phase))
            {
                delayed.Add(_vertexOf[act.Index]);
            }
        }

        return delayed;
    }

    // How steps of one wave follow one another: in document order, sessions before acts, and late acts last
    // as the phase runs.
    private int[] Sequence(int order)
    {
        List<(int Rank, int Position, int Vertex)> keys = new(StepCount(order));
        for (int unit = 0; unit < UnitCount(order); unit++)
        {
            keys.Add((0, _lift.Orders[order].Unit switch
            {
                OrderUnit.Sessions => -1,
                OrderUnit.Files => _layout.Files[unit].Index,
                _ => _layout.Movable[unit].Index,
            }, unit));
        }

        foreach (ObjectId id in _acts[order])
        {
            ActFacts act = _graph[id].Act!;
            int last = _lift.IsBackward(act.Phase) ? -1 : 1;
            keys.Add((act.IsLate ? last : 0, id.Index, _vertexOf[id.Index]));
        }

        keys.Sort();
        return [.. keys.ConvertAll(static key => key.Vertex)];
    }
}
