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

    // Counted from 1; of sessions, files or objects, whatever the order is of.
    private int[] _vertices = new int[16];
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

        _vertices[row] = Order.AddVertex() + 1;
    }

    /// <summary>Takes its vertex from a session, file or object that has no arcs.</summary>
    public void Leave(int row)
    {
        Order.RemoveVertex(_vertices[row] - 1);
        _vertices[row] = 0;
    }

    /// <summary>Gives an act a vertex.</summary>
    public void EnterAct(int row) => _acts.Add(row, Order.AddVertex());

    /// <summary>Takes its vertex from an act that has no arcs.</summary>
    public void LeaveAct(int row)
    {
        _acts.Remove(row, out int vertex);
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
}

/// <summary>The vertex in front of all members of a session, and the one behind them.</summary>
internal readonly record struct SessionBounds(int Beginning, int End);
