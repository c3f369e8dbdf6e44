namespace GraphOrder;

/// <summary>
/// A named order as it is kept: which vertex stands for what. An act has one in its own order alone; a whole
/// session that an order of files or objects knows of has two that hold its members between them. Not
/// thread-safe.
/// </summary>
internal sealed class LiveOrder(OrderUnit unit)
{
    private const int None = -1;

    private readonly Dictionary<int, int> _acts = [];
    private readonly Dictionary<int, SessionBounds> _bounds = [];

    // Counted from 1; of sessions, files or objects, whatever the order is of. The tag of a vertex is the way
    // back, acts counted from -1 down.
    private int[] _vertices = new int[16];
    private int _beginningEnd = None;

    /// <summary>What it puts one after another.</summary>
    public OrderUnit Unit { get; } = unit;

    /// <summary>The order itself.</summary>
    public IncrementalOrder Order { get; } = new();

    /// <summary>The waves of its vertices, where somebody asked for them.</summary>
    public IncrementalWaves<OrderArcs>? Waves { get; private set; }

    /// <summary>Whether it knows of whole sessions.</summary>
    public bool HasBounds => _bounds.Count > 0;

    /// <summary>Stands behind all that the kernel has, and in front of all else.</summary>
    public int BeginningEnd
    {
        get
        {
            if (_beginningEnd == None)
            {
                _beginningEnd = AddVertex(0);
            }

            return _beginningEnd;
        }
    }

    /// <summary>Whether anything is known of what the kernel has.</summary>
    public bool HasBeginning => _beginningEnd != None;

    /// <summary>The session, file, object or act of a vertex, by row; false where it holds a place for
    /// others.</summary>
    public bool TryFindThing(int vertex, out int row, out bool isAct)
    {
        int thing = Order.TagOf(vertex);
        isAct = thing < 0;
        row = Math.Abs(thing) - 1;
        return thing != 0;
    }

    /// <summary>The vertex of a session, file or object.</summary>
    public int VertexOf(int row) => _vertices[row] - 1;

    /// <summary>The vertex of an act.</summary>
    public int VertexOfAct(int row) => _acts[row];

    /// <summary>Gives a session, file or object a vertex.</summary>
    public void Enter(int row)
    {
        if (row >= _vertices.Length)
        {
            Array.Resize(ref _vertices, Math.Max(row + 1, 2 * _vertices.Length));
        }

        _vertices[row] = AddVertex(row + 1) + 1;
    }

    /// <summary>Takes its vertex from a session, file or object that has no arcs.</summary>
    public void Leave(int row)
    {
        RemoveVertex(_vertices[row] - 1);
        _vertices[row] = 0;
    }

    /// <summary>Gives an act a vertex.</summary>
    public void EnterAct(int row) => _acts.Add(row, AddVertex(-row - 1));

    /// <summary>Takes its vertex from an act that has no arcs.</summary>
    public void LeaveAct(int row)
    {
        _acts.Remove(row, out int vertex);
        RemoveVertex(vertex);
    }

    /// <summary>The two vertices of a whole session, where there are any.</summary>
    public bool TryFindBounds(int session, out SessionBounds bounds) =>
        _bounds.TryGetValue(session, out bounds);

    /// <summary>Gives a whole session its two vertices.</summary>
    public SessionBounds AddBounds(int session)
    {
        SessionBounds bounds = new(AddVertex(0), AddVertex(0));
        _bounds.Add(session, bounds);
        return bounds;
    }

    /// <summary>Takes its two vertices from a session without members, where it has any.</summary>
    public void RemoveBounds(int session)
    {
        if (_bounds.Remove(session, out SessionBounds bounds))
        {
            RemoveVertex(bounds.Beginning);
            RemoveVertex(bounds.End);
        }
    }

    /// <summary>Puts an arc on the order where it closes no cycle.</summary>
    public bool TryAddArc(int first, int then, out int arc)
    {
        bool isTaken = Order.TryAddArc(first, then, out arc);
        if (isTaken)
        {
            Waves?.Add(arc);
        }

        return isTaken;
    }

    /// <summary>Takes an arc from the order.</summary>
    public void RemoveArc(int arc)
    {
        Waves?.Remove(arc);
        Order.RemoveArc(arc);
    }

    /// <summary>Begins to keep waves. O(V + E).</summary>
    public void KeepWaves(LiveRows rows)
    {
        Waves = new IncrementalWaves<OrderArcs>(new OrderArcs(this, rows));
        for (int vertex = 0; vertex < Order.VertexRoom; vertex++)
        {
            if (Order.HasVertex(vertex))
            {
                Waves.Enter(vertex);
            }
        }

        for (int arc = 0; arc < Order.ArcRoom; arc++)
        {
            if (Order.HasArc(arc))
            {
                Waves.Add(arc);
            }
        }
    }

    /// <summary>
    /// Counts waves anew around a session, file or object that comes into the beginning, or is taken back;
    /// what has no vertex yet will be counted as it comes.
    /// </summary>
    public void RecountWaves(int row)
    {
        if (Waves is not null && row < _vertices.Length && _vertices[row] != 0)
        {
            Waves.Recount(_vertices[row] - 1);
        }
    }

    private int AddVertex(int thing)
    {
        int vertex = Order.AddVertex(thing);
        Waves?.Enter(vertex);
        return vertex;
    }

    private void RemoveVertex(int vertex)
    {
        Waves?.Leave(vertex);
        Order.RemoveVertex(vertex);
    }
}

/// <summary>The vertex in front of all members of a session, and the one behind them.</summary>
internal readonly record struct SessionBounds(int Beginning, int End);
