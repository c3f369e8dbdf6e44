using System.Runtime.CompilerServices;

namespace GraphOrder;

/// <summary>
/// A topological order that is kept while vertices and arcs come and go; an arc that would close a cycle is
/// refused. The order is a number for each vertex, so two vertices compare in O(1).
/// </summary>
/// <remarks>
/// <para>Each vertex has a level and a place inside it, and no arc leads to a lower level. An arc against
/// the order looks <b>backward</b> from its first vertex, inside one level and along a limited number of
/// arcs. Where that finds all there is, it moves to the beginning of the level. Where the limit ends it,
/// the other vertex rises to the next level instead, and with it what is found <b>forward</b> of it below
/// that level. Nothing between is renumbered, since a level grows at its beginning.</para>
/// <para>The two-way search by levels is that of Bender, Fineman, Gilbert and Tarjan (A New Approach to
/// Incremental Cycle Detection and Related Problems, ACM Transactions on Algorithms 12:2, 2015). Their limit
/// is a power of the number of arcs that there will ever be, and m arcs cost O(m √m) together; here it is the
/// number of levels so far, so that neither side outgrows the other and nothing need be known in advance.
/// For this limit no bound is proven; what it costs is measured (bench/README.md). An arc with the order
/// costs O(1), an arc or vertex that leaves O(1).</para>
/// <para>24 bytes a vertex and 24 an arc, of the most that there were at once, and 12 for each vertex of the
/// largest search. Nothing else is allocated, and no call copies what is there already but the stack of a
/// search. Not thread-safe; comparing alone may be done by many at once.</para>
/// </remarks>
/// <example>
/// <code>
/// IncrementalOrder order = new();
/// int memfd = order.AddVertex();
/// int iommufd = order.AddVertex();
/// order.TryAddArc(iommufd, memfd, out int arc);    // true
/// order.GoesFirst(iommufd, memfd);                 // true
/// order.TryAddArc(memfd, iommufd, out _);          // false: a cycle
/// </code>
/// </example>
public sealed partial class IncrementalOrder
{
    private const int None = -1;
    private const long FreeKey = -1;
    private const int ArcsSearchedMin = 8;
    private const int PlaceBitsDefault = 44;
    private const int KeyBits = 63;

    private readonly int _placeBits;
    private readonly long _placeMax;
    private readonly int _levelMax;
    private PagedList<VertexRow> _vertices = new();
    private PagedList<ArcRow> _arcs = new();
    private int _freeVertex = None;
    private int _freeArc = None;
    private long _firstPlace;
    private long _lastPlace;
    private int _lastLevel;

    // A search: what it has met is marked with its number, or the next one where it runs forward.
    private int _search;
    private readonly SearchPath _path = new();

    /// <summary>An order of nothing.</summary>
    public IncrementalOrder()
        : this(PlaceBitsDefault)
    {
    }

    /// <summary>An order with few places, to test what happens when they run out.</summary>
    internal IncrementalOrder(int placeBits)
    {
        _placeBits = placeBits;
        _placeMax = 1L << (placeBits - 1);
        _levelMax = (int)Math.Min(int.MaxValue, (1L << (KeyBits - placeBits)) - 1);
    }

    /// <summary>How many vertices there are.</summary>
    public int VertexCount { get; private set; }

    /// <summary>How many arcs there are.</summary>
    public int ArcCount { get; private set; }

    /// <summary>Adds a vertex without arcs. O(1).</summary>
    /// <returns>Its number; that of a removed one comes again.</returns>
    public int AddVertex()
    {
        KeepPlaces();
        int vertex = _freeVertex;
        if (vertex == None)
        {
            vertex = _vertices.Add();
        }
        else
        {
            _freeVertex = _vertices[vertex].FirstOut;
        }

        _vertices[vertex] = new VertexRow { Key = KeyOf(0, ++_lastPlace), FirstOut = None, FirstIn = None };
        VertexCount++;
        return vertex;
    }

    /// <summary>Removes a vertex. O(1).</summary>
    /// <exception cref="ArgumentException">There is no such vertex, or it has arcs.</exception>
    public void RemoveVertex(int vertex)
    {
        ref VertexRow removed = ref Find(vertex, nameof(vertex));
        if (removed.FirstOut != None || removed.FirstIn != None)
        {
            throw new ArgumentException("A vertex leaves after its arcs.", nameof(vertex));
        }

        removed.Key = FreeKey;
        removed.FirstOut = _freeVertex;
        _freeVertex = vertex;
        VertexCount--;
    }

    /// <summary>
    /// Adds that one vertex goes before another, where that closes no cycle. Arcs between the same two
    /// vertices count one by one.
    /// </summary>
    /// <param name="first">The vertex that goes first.</param>
    /// <param name="then">The vertex that goes after it.</param>
    /// <param name="arc">The arc's number; that of a removed one comes again. -1 where it is refused.</param>
    /// <returns>False where it would close a cycle; then nothing has changed.</returns>
    /// <exception cref="ArgumentException">There is no such vertex.</exception>
    public bool TryAddArc(int first, int then, out int arc)
    {
        ref VertexRow from = ref Find(first, nameof(first));
        ref VertexRow to = ref Find(then, nameof(then));
        if (from.Key >= to.Key && !TryPutFirst(first, then))
        {
            arc = None;
            return false;
        }

        arc = NewArc();
        ref ArcRow added = ref _arcs[arc];
        added.First = first;
        added.Then = then;
        added.NextOut = from.FirstOut;
        added.NextIn = to.FirstIn;
        added.PreviousOut = None;
        added.PreviousIn = None;
        if (from.FirstOut != None)
        {
            _arcs[from.FirstOut].PreviousOut = arc;
        }

        if (to.FirstIn != None)
        {
            _arcs[to.FirstIn].PreviousIn = arc;
        }

        from.FirstOut = arc;
        to.FirstIn = arc;
        ArcCount++;
        return true;
    }

    /// <summary>Removes an arc. The order stays as it is. O(1).</summary>
    /// <exception cref="ArgumentException">There is no such arc.</exception>
    public void RemoveArc(int arc)
    {
        if (unchecked((uint)arc) >= (uint)_arcs.Count || _arcs[arc].First == None)
        {
            throw new ArgumentException($"There is no arc {arc}.", nameof(arc));
        }

        ref ArcRow removed = ref _arcs[arc];
        (removed.PreviousOut == None
            ? ref _vertices[removed.First].FirstOut
            : ref _arcs[removed.PreviousOut].NextOut) = removed.NextOut;
        (removed.PreviousIn == None
            ? ref _vertices[removed.Then].FirstIn
            : ref _arcs[removed.PreviousIn].NextIn) = removed.NextIn;
        if (removed.NextOut != None)
        {
            _arcs[removed.NextOut].PreviousOut = removed.PreviousOut;
        }

        if (removed.NextIn != None)
        {
            _arcs[removed.NextIn].PreviousIn = removed.PreviousIn;
        }

        removed.First = None;
        removed.NextOut = _freeArc;
        _freeArc = arc;
        ArcCount--;
    }

    /// <summary>Whether one vertex stands before another in the order that is kept. O(1).</summary>
    /// <exception cref="ArgumentException">There is no such vertex.</exception>
    public bool GoesFirst(int first, int then)
    {
        return Find(first, nameof(first)).Key < Find(then, nameof(then)).Key;
    }

    private int NewArc()
    {
        int arc = _freeArc;
        if (arc == None)
        {
            return _arcs.Add();
        }

        _freeArc = _arcs[arc].NextOut;
        return arc;
    }

    private bool TryPutFirst(int first, int then)
    {
        KeepPlaces();
        KeepMarks();
        int level = LevelOf(first);
        bool isWhole = SearchBackward(first, level);
        if (_vertices[then].Mark == _search)
        {
            return false;
        }

        // What half a search has found may stay: all of it is on a lower level than what rises.
        int backwardCount = isWhole ? _path.FoundCount : 0;
        int risen = isWhole ? level : level + 1;
        if (LevelOf(then) < risen)
        {
            if (!SearchForward(then, risen, backwardCount))
            {
                return false;
            }

            _lastLevel = Math.Max(_lastLevel, risen);
            for (int i = backwardCount; i < _path.FoundCount; i++)
            {
                MoveToBeginning(_path.Found(i), risen);
            }
        }

        for (int i = backwardCount - 1; i >= 0; i--)
        {
            MoveToBeginning(_path.Found(i), level);
        }

        return true;
    }

    // Who is moved last goes first: forward that is where the search began, backward where it ended.
    private void MoveToBeginning(int vertex, int level) =>
        _vertices[vertex].Key = KeyOf(level, --_firstPlace);

    // Whether all that reaches a vertex inside its level was found within the limit.
    private bool SearchBackward(int start, int level)
    {
        int arcsLeft = Math.Max(ArcsSearchedMin, _lastLevel);
        _path.Begin(0);
        _vertices[start].Mark = _search;
        _path.Enter(start, _vertices[start].FirstIn);
        while (!_path.IsEmpty)
        {
            int arc = _path.NextArc;
            if (arc == None)
            {
                _path.Leave();
                continue;
            }

            if (arcsLeft-- == 0)
            {
                return false;
            }

            ref ArcRow passed = ref _arcs[arc];
            _path.NextArc = passed.NextIn;
            ref VertexRow met = ref _vertices[passed.First];
            if (met.Mark != _search && met.Key >> _placeBits == level)
            {
                met.Mark = _search;
                _path.Enter(passed.First, met.FirstIn);
            }
        }

        return true;
    }

    // Finds what follows a vertex below a level; false where that leads to what was found backward.
    private bool SearchForward(int start, int level, int keptCount)
    {
        int mark = _search + 1;
        _path.Begin(keptCount);
        _vertices[start].Mark = mark;
        _path.Enter(start, _vertices[start].FirstOut);
        while (!_path.IsEmpty)
        {
            int arc = _path.NextArc;
            if (arc == None)
            {
                _path.Leave();
                continue;
            }

            ref ArcRow passed = ref _arcs[arc];
            _path.NextArc = passed.NextOut;
            ref VertexRow met = ref _vertices[passed.Then];
            if (met.Mark == _search)
            {
                return false;
            }

            if (met.Mark != mark && met.Key >> _placeBits < level)
            {
                met.Mark = mark;
                _path.Enter(passed.Then, met.FirstOut);
            }
        }

        return true;
    }

    private int LevelOf(int vertex) => (int)(_vertices[vertex].Key >> _placeBits);

    private long KeyOf(int level, long place) => ((long)level << _placeBits) + _placeMax + place;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref VertexRow Find(int vertex, string name)
    {
        if (unchecked((uint)vertex) < (uint)_vertices.Count)
        {
            ref VertexRow found = ref _vertices[vertex];
            if (found.Key != FreeKey)
            {
                return ref found;
            }
        }

        throw new ArgumentException($"There is no vertex {vertex}.", name);
    }

    // One call moves each vertex once at most. The default has places for 8.8 million million moves.
    private void KeepPlaces()
    {
        if (_firstPlace - VertexCount > -_placeMax
            && _lastPlace + 2 < _placeMax
            && _lastLevel < _levelMax)
        {
            return;
        }

        List<(long Key, int Vertex)> sorted = new(VertexCount);
        for (int vertex = 0; vertex < _vertices.Count; vertex++)
        {
            if (_vertices[vertex].Key != FreeKey)
            {
                sorted.Add((_vertices[vertex].Key, vertex));
            }
        }

        sorted.Sort();
        _lastLevel = 0;
        _firstPlace = 0;
        _lastPlace = 0;
        foreach ((_, int vertex) in sorted)
        {
            _vertices[vertex].Key = KeyOf(0, ++_lastPlace);
        }
    }

    private void KeepMarks()
    {
        _search += 2;
        if (_search < int.MaxValue - 2)
        {
            return;
        }

        for (int vertex = 0; vertex < _vertices.Count; vertex++)
        {
            _vertices[vertex].Mark = 0;
        }

        _search = 2;
    }

    private struct VertexRow
    {
        public long Key;
        public int FirstOut;
        public int FirstIn;
        public int Mark;
        public int Tag;
    }

    private struct ArcRow
    {
        public int First;
        public int Then;
        public int NextOut;
        public int NextIn;
        public int PreviousOut;
        public int PreviousIn;
    }
}
