namespace GraphOrder;

/// <summary>
/// Which dependencies of a graph say nothing that others do not say: a path of others leads from the
/// dependent to what it needs, and each of them binds in every phase of the one that is left out; all of them
/// are hard where it is hard. So what reaches what stays as it is in every phase, with the soft dependencies
/// and without them. What lies inside a strong component stays whole. For pictures: plans, proofs and
/// <c>why</c> look at all dependencies. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// Each combination of phases and strength that occurs is taken by itself, among the dependencies that bind
/// at least like it: strong components are numbered, and of the acyclic rest an arc goes where a path of two
/// arcs or more leads along it. With C combinations (six on a usual set, at most 127) and H heads it takes
/// O(C (V + E) H / 64) time at most, near to O(C (V + E)) where what is needed lies near to what needs it;
/// O(V + E) space. A bound on that work holds: beyond it nothing is left out.
/// </remarks>
public sealed class TransitiveReduction
{
    /// <summary>How many arcs are walked through where the caller says nothing: about two seconds.</summary>
    public const long WorkMaxDefault = 400_000_000;

    private const int HardBit = 1 << Phases.Count;

    private readonly DependencyGraph _graph;
    private readonly bool[] _isDropped;
    private readonly int[] _dependents;
    private readonly int[] _ons;
    private readonly byte[] _labels;
    private long _workLeft;

    private TransitiveReduction(DependencyGraph graph, long workMax)
    {
        _graph = graph;
        _workLeft = workMax;
        _isDropped = new bool[graph.DependencyCount];
        _dependents = new int[graph.DependencyCount];
        _ons = new int[graph.DependencyCount];
        _labels = new byte[graph.DependencyCount];
        for (int i = 0; i < _labels.Length; i++)
        {
            ref readonly Dependency dependency = ref graph.Dependencies[i];
            _dependents[i] = graph.VertexOf(dependency.Dependent);
            _ons[i] = graph.VertexOf(dependency.On);
            bool isHard = dependency.Strength == DependencyStrength.Hard;
            _labels[i] = (byte)(dependency.Phases.Bits | (isHard ? HardBit : 0));
        }
    }

    /// <summary>Whether the work sufficed; else every dependency is kept.</summary>
    public bool IsReduced => _workLeft >= 0;

    /// <summary>How many dependencies are left out.</summary>
    public int DroppedCount { get; private set; }

    /// <summary>Whether a dependency stays.</summary>
    /// <param name="dependency">Its position in <see cref="DependencyGraph.Dependencies"/>.</param>
    public bool IsKept(int dependency) => !_isDropped[dependency];

    /// <summary>Reduces a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="workMax">How many arcs may be walked through.</param>
    /// <param name="cancellation">Cancels it.</param>
    public static TransitiveReduction Of(
        DependencyGraph graph, long workMax = WorkMaxDefault, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentOutOfRangeException.ThrowIfNegative(workMax);
        TransitiveReduction reduction = new(graph, workMax);
        bool[] isThere = new bool[2 * HardBit];
        foreach (byte label in reduction._labels)
        {
            isThere[label] = true;
        }

        for (int label = 0; label < isThere.Length; label++)
        {
            if (isThere[label] && !reduction.TryDrop(label, cancellation))
            {
                Array.Clear(reduction._isDropped);
                return reduction;
            }
        }

        reduction.DroppedCount = reduction._isDropped.AsSpan().Count(true);
        return reduction;
    }

    // Drops what has a label, where arcs that have at least all of it lead along it too.
    private bool TryDrop(int label, CancellationToken cancellation)
    {
        List<int> among = [];
        for (int i = 0; i < _labels.Length; i++)
        {
            if ((_labels[i] & label) == label)
            {
                among.Add(i);
            }
        }

        int[] tails = new int[among.Count];
        int[] heads = new int[among.Count];
        for (int arc = 0; arc < tails.Length; arc++)
        {
            tails[arc] = _dependents[among[arc]];
            heads[arc] = _ons[among[arc]];
        }

        int[] components = ComponentNumbers.Of(
            ArcRows.Of(_graph.VertexCount, tails, heads), out int componentCount);
        int count = 0;
        for (int arc = 0; arc < tails.Length; arc++)
        {
            int tail = components[tails[arc]];
            int head = components[heads[arc]];
            if (tail != head)
            {
                (tails[count], heads[count], among[count]) = (tail, head, among[arc]);
                count++;
            }
        }

        ReadOnlySpan<int> between = among.ToArray().AsSpan(0, count);
        return TryDrop(label, componentCount, between, tails.AsSpan(0, count), heads.AsSpan(0, count),
            cancellation);
    }

    private bool TryDrop(
        int label,
        int componentCount,
        ReadOnlySpan<int> dependencies,
        ReadOnlySpan<int> tails,
        ReadOnlySpan<int> heads,
        CancellationToken cancellation)
    {
        List<int> asked = Asked(label, dependencies, tails, heads);
        ArcRows byTail = ArcRows.Of(componentCount, tails, heads);
        ArcRows byHead = ArcRows.Of(componentCount, heads, tails);
        (int Head, int Tail, int Dependency)[] sorted = new (int, int, int)[asked.Count];
        int count = 0;
        foreach (int arc in asked)
        {
            // A longer path leaves by another arc and comes in by another one.
            if (byTail[tails[arc]].Length > 1 && byHead[heads[arc]].Length > 1)
            {
                sorted[count++] = (heads[arc], tails[arc], dependencies[arc]);
            }
        }

        sorted.AsSpan(0, count).Sort();
        (int Tail, int Head)[] arcs = new (int, int)[count];
        for (int arc = 0; arc < count; arc++)
        {
            arcs[arc] = (sorted[arc].Tail, sorted[arc].Head);
        }

        bool[] isImplied = new bool[count];
        LongerPaths paths = new(byTail, byHead, _workLeft);
        bool isDone = paths.TryFind(arcs, isImplied, cancellation);
        _workLeft = paths.WorkLeft;
        for (int arc = 0; arc < count; arc++)
        {
            _isDropped[sorted[arc].Dependency] |= isImplied[arc];
        }

        return isDone;
    }

    // The arcs of just this label. Between the same two components the first is enough, and none is needed
    // where one says more; so all the others are dropped here.
    private List<int> Asked(
        int label, ReadOnlySpan<int> dependencies, ReadOnlySpan<int> tails, ReadOnlySpan<int> heads)
    {
        HashSet<(int, int)> told = [];
        for (int arc = 0; arc < dependencies.Length; arc++)
        {
            if (_labels[dependencies[arc]] != label)
            {
                told.Add((tails[arc], heads[arc]));
            }
        }

        List<int> asked = [];
        for (int arc = 0; arc < dependencies.Length; arc++)
        {
            if (_labels[dependencies[arc]] != label)
            {
                continue;
            }

            if (told.Add((tails[arc], heads[arc])))
            {
                asked.Add(arc);
            }
            else
            {
                _isDropped[dependencies[arc]] = true;
            }
        }

        return asked;
    }
}
