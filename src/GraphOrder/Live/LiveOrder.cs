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

    // Counted from 1; of sessions, files or objects, whatever the order is of. Things are the way back, acts
    // counted from -1 down.
    private int[] _vertices = new int[16];
    private int[] _things = new int[16];
    private int _beginningEnd = None;

    /// <summary>What it puts one after another.</summary>
    public OrderUnit Unit { get; } = unit;

    /// <summary>The order itself.</summary>
    public IncrementalOrder Order { get; } = new();

    /// <summary>Whether it knows of whole sessions.</summary>
    public bool HasBounds => _bounds.Count > 0;

    /// <summary>Stands behind all that the kernel has, and in front of all else.</summary>
    public int BeginningEnd
    {
        get
        {
            if (_beginningEnd == None)
            {
                _beginningEnd = Order.AddVertex();
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
        int thing = vertex < _things.Length ? _things[vertex] : 0;
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

        int vertex = Order.AddVertex();
        _vertices[row] = vertex + 1;
        SetThing(vertex, row + 1);
    }

    /// <summary>Takes its vertex from a session, file or object that has no arcs.</summary>
    public void Leave(int row)
    {
        _things[_vertices[row] - 1] = 0;
        Order.RemoveVertex(_vertices[row] - 1);
        _vertices[row] = 0;
    }

    /// <summary>Gives an act a vertex.</summary>
    public void EnterAct(int row)
    {
        int vertex = Order.AddVertex();
        _acts.Add(row, vertex);
        SetThing(vertex, -row - 1);
    }

    /// <summary>Takes its vertex from an act that has no arcs.</summary>
    public void LeaveAct(int row)
    {
        _acts.Remove(row, out int vertex);
        _things[vertex] = 0;
        Order.RemoveVertex(vertex);
    }

    /// <summary>The two vertices of a whole session, where there are any.</summary>
    public bool TryFindBounds(int session, out SessionBounds bounds) =>
        _bounds.TryGetValue(session, out bounds);

    /// <summary>Gives a whole session its two vertices.</summary>
    public SessionBounds AddBounds(int session)
    {
        SessionBounds bounds = new(Order.AddVertex(), Order.AddVertex());
        _bounds.Add(session, bounds);
        return bounds;
    }

    /// <summary>Takes its two vertices from a session without members, where it has any.</summary>
    public void RemoveBounds(int session)
    {
        if (_bounds.Remove(session, out SessionBounds bounds))
        {
            Order.RemoveVertex(bounds.Beginning);
            Order.RemoveVertex(bounds.End);
        }
    }

    private void SetThing(int vertex, int thing)
    {
        if (vertex >= _things.Length)
        {
            Array.Resize(ref _things, Math.Max(vertex + 1, 2 * _things.Length));
        }

        _things[vertex] = thing;
    }
}

/// <summary>The vertex in front of all members of a session, and the one behind them.</summary>
internal readonly record struct SessionBounds(int Beginning, int End);
