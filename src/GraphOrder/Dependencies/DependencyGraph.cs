namespace GraphOrder;

/// <summary>
/// The explicit graph: the objects of a set and every dependency between them, expanded and phase-typed.
/// Compressed sparse rows in both directions over dense ids; sessions that are ends of a dependency are
/// vertices after the objects. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// Dependencies are sorted by dependent, needed end and strength, so nothing that is computed here depends
/// on the order in which they were declared. Repeats are one: the union of their phases, and in each phase
/// hard wins.
/// </remarks>
public sealed class DependencyGraph
{
    private readonly Dependency[] _dependencies;
    private readonly int[] _firstOfDependent;
    private readonly Lazy<NeededBy> _neededBy;
    private readonly ulong[] _tokens;

    internal DependencyGraph(SessionSet set, Dependency[] sorted, ulong[] tokens, int tokensAssigned)
    {
        Set = set;
        TokensAssignedCount = tokensAssigned;
        _tokens = tokens;
        _dependencies = sorted;
        _firstOfDependent = new int[VertexCount + 1];
        int objectCount = ObjectCount;
        foreach (ref readonly Dependency dependency in sorted.AsSpan())
        {
            _firstOfDependent[dependency.Dependent.Vertex(objectCount) + 1]++;
        }

        for (int vertex = 0; vertex < VertexCount; vertex++)
        {
            _firstOfDependent[vertex + 1] += _firstOfDependent[vertex];
        }

        _neededBy = new Lazy<NeededBy>(() => new NeededBy(_dependencies, ObjectCount, VertexCount));
    }

    /// <summary>The set that the graph was built from: names and facts.</summary>
    public SessionSet Set { get; }

    /// <summary>How many objects there are.</summary>
    public int ObjectCount => Set.Objects.Length;

    /// <summary>How many sessions there are.</summary>
    public int SessionCount => Set.Sessions.Length;

    /// <summary>How many dependencies there are after expansion.</summary>
    public int DependencyCount => _dependencies.Length;

    /// <summary>How many tokens were left open by the set and assigned here.</summary>
    public int TokensAssignedCount { get; }

    /// <summary>
    /// All dependencies, sorted by dependent, needed end and strength; objects before sessions.
    /// </summary>
    public ReadOnlySpan<Dependency> Dependencies => _dependencies;

    /// <summary>The token of each object that is a file.</summary>
    internal ReadOnlySpan<ulong> Tokens => _tokens;

    internal int VertexCount => ObjectCount + SessionCount;

    /// <summary>The object of an id.</summary>
    public PreservedObject this[ObjectId id] => Set.Objects[id.Index];

    /// <summary>What an end needs: a slice of <see cref="Dependencies"/>.</summary>
    public ReadOnlySpan<Dependency> DependenciesOf(DependencyEnd end)
    {
        int vertex = VertexOf(end);
        int first = _firstOfDependent[vertex];
        return _dependencies.AsSpan(first, _firstOfDependent[vertex + 1] - first);
    }

    /// <summary>What needs an end: positions in <see cref="Dependencies"/>.</summary>
    public ReadOnlySpan<int> DependentsOf(DependencyEnd end) =>
        _neededBy.Value.Of(VertexOf(end));

    /// <summary>The file that an object is or travels in; null where the kernel moves it.</summary>
    public ObjectId? FileOf(ObjectId id)
    {
        PreservedObject found = this[id];
        return found.IsFile ? id : found.Carrier;
    }

    /// <summary>The session in which an object lives; null where the kernel moves it.</summary>
    public SessionId? SessionOf(ObjectId id) => FileOf(id) is { } file ? this[file].Session : null;

    /// <summary>The token of a file: the set's own, or the one assigned.</summary>
    /// <exception cref="ArgumentException">The object is no file.</exception>
    public ulong TokenOf(ObjectId file) => this[file].IsFile
        ? _tokens[file.Index]
        : throw new ArgumentException("Only a file has a token.", nameof(file));

    /// <summary>
    /// Builds the graph of a set: expands <c>needs</c> and <c>describes</c>, joins repeats, assigns tokens.
    /// </summary>
    /// <remarks>O(V + E) time where no end needs many others, else O(E log E); O(V + E) space.</remarks>
    public static DependencyGraph Of(SessionSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        ulong[] tokens = TokenAssignment.Assign(set, out int assigned);
        return new DependencyGraph(set, DependencyExpansion.Expand(set), tokens, assigned);
    }

    /// <summary>
    /// The position of the first of <see cref="DependenciesOf"/> in <see cref="Dependencies"/>.
    /// </summary>
    public int FirstDependencyOf(DependencyEnd end) => _firstOfDependent[VertexOf(end)];

    /// <summary>The graph with other dependencies between the same objects; sorts them in place.</summary>
    internal DependencyGraph With(Dependency[] dependencies)
    {
        Array.Sort(dependencies, (left, right) =>
        {
            int order = VertexOf(left.Dependent).CompareTo(VertexOf(right.Dependent));
            order = order != 0 ? order : VertexOf(left.On).CompareTo(VertexOf(right.On));
            return order != 0 ? order : left.Strength.CompareTo(right.Strength);
        });
        return new DependencyGraph(Set, dependencies, _tokens, TokensAssignedCount);
    }

    internal int VertexOf(DependencyEnd end) => end.Vertex(ObjectCount);
}
