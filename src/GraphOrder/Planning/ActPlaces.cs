using System.Runtime.InteropServices;

namespace GraphOrder;

/// <summary>
/// Where the acts of a set stand among the vertices of the named orders: behind the sessions, files or
/// objects that an order puts one after another. An act is a vertex of one order alone. It stands for one
/// graph until it reads another one.
/// </summary>
internal sealed class ActPlaces
{
    private readonly List<List<ObjectId>> _acts = [];
    private readonly List<int> _firstVertices = [];
    private readonly List<ObjectId> _homeless = [];
    private readonly List<(int Rank, int Position, int Vertex)> _keys = [];
    private readonly List<int> _delayed = [];
    private DependencyGraph _graph = null!;
    private FileLayout _layout = null!;
    private OrderLift _lift = null!;
    private int[] _vertexOf = [];
    private int[] _sessions = [];
    private int[] _sequence = [];
    private bool _hasActs;

    public ActPlaces()
    {
    }

    public ActPlaces(DependencyGraph graph, FileLayout layout, OrderLift lift) => Read(graph, layout, lift);

    /// <summary>The acts of phases that take none, in document order.</summary>
    public ReadOnlySpan<ObjectId> Homeless => CollectionsMarshal.AsSpan(_homeless);

    /// <summary>Stands for a graph from now on. O(V).</summary>
    public void Read(DependencyGraph graph, FileLayout layout, OrderLift lift)
    {
        _graph = graph;
        _layout = layout;
        _lift = lift;
        _homeless.Clear();
        _firstVertices.Clear();
        for (int order = 0; order < lift.Orders.Length; order++)
        {
            if (order == _acts.Count)
            {
                _acts.Add([]);
            }

            _acts[order].Clear();
            _firstVertices.Add(lift.Orders[order].Unit switch
            {
                OrderUnit.Sessions => graph.SessionCount,
                OrderUnit.Files => layout.FileCount,
                _ => layout.MovableCount,
            });
        }

        _hasActs = layout.ActCount > 0;
        if (_hasActs)
        {
            FindActs();
        }
    }

    /// <summary>How many sessions, files or objects an order has beside its acts.</summary>
    public int UnitCount(int order) => _firstVertices[order];

    /// <summary>How many steps an order has, acts among them.</summary>
    public int StepCount(int order) => _firstVertices[order] + _acts[order].Count;

    /// <summary>The acts of an order in document order.</summary>
    public ReadOnlySpan<ObjectId> Of(int order) => CollectionsMarshal.AsSpan(_acts[order]);

    /// <summary>The vertex of an act in its order; -1 for what is no act or has no order.</summary>
    public int VertexOf(int id) => _hasActs ? _vertexOf[id] : -1;

    /// <summary>The act of a vertex; false where the vertex is a session, file or object.</summary>
    public bool TryFind(int order, int vertex, out ObjectId act)
    {
        int number = vertex - _firstVertices[order];
        bool isAct = number >= 0 && number < _acts[order].Count;
        act = isAct ? _acts[order][number] : default;
        return isAct;
    }

    /// <summary>
    /// The session of each file or act of an order of files, until somebody asks of another order.
    /// </summary>
    public ReadOnlySpan<int> SessionsOf(int order)
    {
        if (_acts[order].Count == 0)
        {
            return _layout.SessionOfFile;
        }

        Span<int> sessions = Scratch.Take(ref _sessions, StepCount(order));
        _layout.SessionOfFile.CopyTo(sessions);
        for (int i = 0; i < _acts[order].Count; i++)
        {
            sessions[UnitCount(order) + i] = _graph[_acts[order][i]].Act!.Session.Index;
        }

        return sessions;
    }

    /// <summary>
    /// Writes the steps of an order by wave, inside a wave by document position, and what stands late last.
    /// </summary>
    /// <param name="order">The number of the order.</param>
    /// <param name="answer">Its waves.</param>
    /// <param name="sorted">As many as <see cref="StepCount"/>.</param>
    public void Sort(int order, PrecedenceOrder answer, Span<int> sorted)
    {
        if (_acts[order].Count == 0)
        {
            answer.Sort(sorted);
        }
        else
        {
            answer.Sort(Sequence(order), sorted);
        }
    }

    /// <summary>
    /// The acts of an order that stand as far back in it as is legal, until somebody asks of another. Where a
    /// phase runs an order backward these are the early ones.
    /// </summary>
    public ReadOnlySpan<int> Delayed(int order)
    {
        _delayed.Clear();
        foreach (ObjectId act in _acts[order])
        {
            if (_graph[act].Act!.IsLate != _lift.IsBackward(_graph[act].Act!.Phase))
            {
                _delayed.Add(_vertexOf[act.Index]);
            }
        }

        return CollectionsMarshal.AsSpan(_delayed);
    }

    private void FindActs()
    {
        Span<int> vertexOf = Scratch.Take(ref _vertexOf, _graph.ObjectCount);
        vertexOf.Fill(-1);
        for (int i = 0; i < vertexOf.Length; i++)
        {
            if (_graph[new ObjectId(i)].Act is not { } act)
            {
                continue;
            }

            if (!_lift.TakesActs(act.Phase))
            {
                _homeless.Add(new ObjectId(i));
                continue;
            }

            int order = _lift.Of(act.Phase, false)!.Value.Order;
            vertexOf[i] = _firstVertices[order] + _acts[order].Count;
            _acts[order].Add(new ObjectId(i));
        }
    }

    // How steps of one wave follow one another: in document order, sessions before acts, and late acts last
    // as the phase runs.
    private Span<int> Sequence(int order)
    {
        _keys.Clear();
        for (int unit = 0; unit < UnitCount(order); unit++)
        {
            _keys.Add((0, _lift.Orders[order].Unit switch
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
            _keys.Add((act.IsLate ? last : 0, id.Index, _vertexOf[id.Index]));
        }

        _keys.Sort();
        Span<int> sequence = Scratch.Take(ref _sequence, _keys.Count);
        for (int i = 0; i < sequence.Length; i++)
        {
            sequence[i] = _keys[i].Vertex;
        }

        return sequence;
    }
}
