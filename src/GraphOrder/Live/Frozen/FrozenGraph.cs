using System.Collections.Immutable;
using System.Text;

namespace GraphOrder;

/// <summary>
/// A live graph at one moment, frozen, with the ids of the live graph: what a
/// <see cref="LiveDependencyGraph"/> hands out in time that follows what has changed and not what is there.
/// Immutable and thread-safe.
/// </summary>
/// <remarks>
/// It shares with the one before it all that is as it was, in pages of 128 records. Looking at one object or
/// session costs what it needs, carries or holds. <see cref="Graph"/> is the same with dense ids in document
/// order, which move when something leaves, so it costs O(V + E), once, and on the thread that asks.
/// </remarks>
public sealed class FrozenGraph
{
    private readonly FrozenPages<FrozenSession> _sessions;
    private readonly FrozenPages<FrozenObject> _objects;
    private readonly Lock _lock = new();
    private FrozenGraph? _known;
    private FrozenObject[]? _inOrder;
    private RowNumbers? _objectIds;
    private RowNumbers? _sessionIds;
    private FrozenSession[] _sessionsInOrder = [];
    private volatile DependencyGraph? _graph;

    private FrozenGraph(
        FrozenPages<FrozenSession> sessions, FrozenPages<FrozenObject> objects, FrozenGraph? known)
    {
        _sessions = sessions;
        _objects = objects;
        _known = known;
    }

    /// <summary>How many sessions there are.</summary>
    public int SessionCount { get; private init; }

    /// <summary>How many objects there are.</summary>
    public int ObjectCount { get; private init; }

    /// <summary>How many dependencies are declared, as the live graph counts them.</summary>
    public int DependencyCount { get; private init; }

    /// <summary>The same with dense ids in document order. O(V + E) for the first who asks.</summary>
    public DependencyGraph Graph
    {
        get
        {
            if (_graph is { } made)
            {
                return made;
            }

            lock (_lock)
            {
                return _graph ??= Make();
            }
        }
    }

    internal static FrozenGraph Empty { get; } = new(
        FrozenPages<FrozenSession>.Empty, FrozenPages<FrozenObject>.Empty, null);

    /// <summary>Whether an object is there.</summary>
    public bool Has(ObjectId id) => _objects[id.Index] is not null;

    /// <summary>Whether a session is there.</summary>
    public bool Has(SessionId id) => _sessions[id.Index] is not null;

    /// <summary>An object, by ids of the live graph.</summary>
    /// <exception cref="ArgumentException">It is not there.</exception>
    public PreservedObject this[ObjectId id] => Find(id) is { Areas.Length: > 0 } mapping
        ? new PreservedObject(
            mapping.Object.Kind,
            mapping.Object.Session,
            mapping.Object.Carrier,
            mapping.Object.DeclaredToken,
            mapping.Object.Facts with
            {
                Areas =
                    [.. Array.ConvertAll(mapping.Areas, static area => area.With(new ObjectId(area.File)))],
            })
        : Find(id).Object;

    /// <summary>The id of an object in a document.</summary>
    /// <exception cref="ArgumentException">It is not there.</exception>
    public string NameOf(ObjectId id) => Encoding.UTF8.GetString(Find(id).Name);

    /// <summary>The name of a session.</summary>
    /// <exception cref="ArgumentException">It is not there.</exception>
    public string NameOf(SessionId id) => Find(id).Name.Text;

    /// <summary>The files and acts of a session, as they came.</summary>
    /// <exception cref="ArgumentException">It is not there.</exception>
    public ImmutableArray<ObjectId> ObjectsOf(SessionId id) =>
        [.. Array.ConvertAll(Find(id).Objects, static row => new ObjectId(row))];

    /// <summary>What the kernel has preserved in a session, in that order; default where it does not have
    /// the session.</summary>
    /// <exception cref="ArgumentException">It is not there.</exception>
    public ImmutableArray<ObjectId> PreservedIn(SessionId id) => Find(id) is { IsCreated: true } created
        ? [.. Array.ConvertAll(created.Preserved, static row => new ObjectId(row))]
        : default;

    /// <summary>What a file carries, as it came.</summary>
    /// <exception cref="ArgumentException">It is not there.</exception>
    public ImmutableArray<ObjectId> CarriedBy(ObjectId file) =>
        [.. Array.ConvertAll(Find(file).Carried, static row => new ObjectId(row))];

    /// <summary>
    /// What an end needs, by ids of the live graph, in their order; repeats are one, as in a graph.
    /// </summary>
    /// <exception cref="ArgumentException">The end is not there.</exception>
    public ImmutableArray<Dependency> DependenciesOf(DependencyEnd end)
    {
        FrozenNeed[] needs = end.IsSession ? Find(end.SessionId).Needs : Find(end.ObjectId).Needs;
        Dependency[] all = Array.ConvertAll(needs, static need => new Dependency(
            need.Declared.Dependent,
            need.Declared.On,
            need.Phases,
            need.Declared.Strength ?? DependencyStrength.Hard,
            need.Declared.Weight ?? 1,
            need.Declared.Origin));
        return [.. all[..DependencyExpansion.Join(_objects.Count, all)]];
    }

    /// <summary>The next one: what the rows say is changed is read anew, all else is shared.</summary>
    internal FrozenGraph With(LiveRows rows) => new(
        _sessions.With(
            rows.ChangedFor(ChangeReader.FrozenGraph).Sessions,
            row => rows.Session(row).IsThere ? FrozenSession.Of(rows, row) : null),
        _objects.With(
            rows.ChangedFor(ChangeReader.FrozenGraph).Objects,
            row => rows.Object(row).IsThere ? FrozenObject.Of(rows, row) : null),
        _graph is null ? _known : this)
    {
        SessionCount = rows.SessionCount,
        ObjectCount = rows.ObjectCount,
        DependencyCount = rows.DependencyCount,
    };

    /// <summary>The dense id of an object in <see cref="Graph"/>, which has been made.</summary>
    internal int NumberOf(ObjectId id) => _objectIds![id.Index];

    /// <summary>The dense id of a session in <see cref="Graph"/>, which has been made.</summary>
    internal int NumberOf(SessionId id) => _sessionIds![id.Index];

    /// <summary>The object of a dense id in <see cref="Graph"/>, which has been made.</summary>
    internal ObjectId ObjectOf(int id) => new(_inOrder![id].Row);

    /// <summary>The session of a dense id in <see cref="Graph"/>, which has been made.</summary>
    internal SessionId SessionOf(int id) => new(_sessionsInOrder[id].Row);

    private DependencyGraph Make()
    {
        FrozenSession[] sessions = [.. _sessions.All()];
        Array.Sort(sessions, static (x, y) => x.Place.CompareTo(y.Place));
        _sessionsInOrder = sessions;
        (_inOrder, bool hasLost) = InOrder(_known?._inOrder ?? []);
        NameTable? names = hasLost ? null : _known?._graph?.Set.Ids;
        _known = null;
        FrozenObject[] objects = _inOrder;
        _objectIds = new RowNumbers(objects.Length, id => objects[id].Row);
        _sessionIds = new RowNumbers(sessions.Length, id => sessions[id].Row);
        return LiveSnapshot.Of(sessions, objects, names, _sessionIds, _objectIds);
    }

    // Objects as they came: those of the last graph that are still there, and behind them what came since.
    private (FrozenObject[] Objects, bool HasLost) InOrder(FrozenObject[] known)
    {
        FrozenObject[] objects = new FrozenObject[ObjectCount];
        int count = 0;
        foreach (FrozenObject old in known)
        {
            if (_objects[old.Row] is { } found && found.Arrival == old.Arrival)
            {
                objects[count++] = found;
            }
        }

        int stayed = count;
        long last = known.Length == 0 ? -1 : known[^1].Arrival;
        foreach (FrozenObject found in stayed == objects.Length ? [] : _objects.All())
        {
            if (found.Arrival > last)
            {
                objects[count++] = found;
            }
        }

        objects.AsSpan(stayed).Sort(static (x, y) => x.Arrival.CompareTo(y.Arrival));
        return (objects, stayed < known.Length);
    }

    private FrozenObject Find(ObjectId id) => _objects[id.Index]
        ?? throw new ArgumentException($"The graph has no object {id}.", nameof(id));

    private FrozenSession Find(SessionId id) => _sessions[id.Index]
        ?? throw new ArgumentException($"The graph has no {id}.", nameof(id));
}
