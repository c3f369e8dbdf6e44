using System.Collections.Immutable;
using System.Text;

namespace GraphOrder;

/// <summary>
/// Everything that is to live through one live update of one host, as the document
/// <c>graphorder/session-set/1</c> has it: unexpanded and without judgement. Immutable and thread-safe. It
/// is made by reading a document or by <see cref="DependencyGraphBuilder"/>.
/// </summary>
public sealed partial class SessionSet
{
    /// <summary>What a session is written as wherever an id is taken.</summary>
    public const string SessionPrefix = "session:";

    private readonly NameTable _ids;
    private readonly NameTable _sessionNames;
    private ObjectCensus? _census;

    internal SessionSet(NameTable ids, NameTable sessionNames)
    {
        _ids = ids;
        _sessionNames = sessionNames;
    }

    internal NameTable Ids => _ids;

    internal NameTable SessionNames => _sessionNames;

    /// <summary>What the set has at all; counted once, or twice where two threads ask at once.</summary>
    internal ObjectCensus Census => _census ??= ObjectCensus.Of(this);

    /// <summary>What the set was read from, for messages; null where it was not read.</summary>
    public string? SourceName { get; init; }

    /// <summary>The sessions in document order.</summary>
    public ImmutableArray<SessionEntry> Sessions { get; init; } = [];

    /// <summary>The objects in document order.</summary>
    public ImmutableArray<PreservedObject> Objects { get; init; } = [];

    /// <summary>All <c>needs</c>, by owner in document order and inside an owner in list order.</summary>
    public ImmutableArray<ObjectReference> Needs { get; init; } = [];

    /// <summary>All <c>describes</c>, by owner in document order and inside an owner in list order.</summary>
    public ImmutableArray<ObjectReference> Describes { get; init; } = [];

    /// <summary>The entries of <c>dependencies</c> in document order.</summary>
    public ImmutableArray<DeclaredDependency> Dependencies { get; init; } = [];

    /// <summary>
    /// Greatest number of steps of a class that may run at once; null where nothing is said.
    /// </summary>
    public ImmutableSortedDictionary<string, int>? Limits { get; init; }

    /// <summary>What the set says of the host; null where it has no such member.</summary>
    public HostFacts? Host { get; init; }

    /// <summary>What the set says of the machine; null where it has no such member.</summary>
    public PlatformFacts? Platform { get; init; }

    /// <summary>
    /// What was found in page tables, in document order of the domains; empty where nobody walked any.
    /// </summary>
    public ImmutableArray<WalkedDomain> Walked { get; internal init; } = [];

    /// <summary>
    /// Whether what is mapped and not declared is taken as if it were declared; else it is an error.
    /// </summary>
    public bool AcceptsMapped { get; internal init; }

    /// <summary>
    /// The same set with what was found in its page tables: what is mapped is needed, hard and in all phases
    /// but unfreeze, whether it is declared or not.
    /// </summary>
    /// <param name="walked">What was found, in document order of the domains.</param>
    /// <param name="acceptsMapped">Whether it need not be declared.</param>
    public SessionSet With(ImmutableArray<WalkedDomain> walked, bool acceptsMapped = false) =>
        new(_ids, _sessionNames)
        {
            SourceName = SourceName,
            Sessions = Sessions,
            Objects = Objects,
            Needs = Needs,
            Describes = Describes,
            Dependencies = Dependencies,
            Limits = Limits,
            Host = Host,
            Platform = Platform,
            Walked = walked,
            AcceptsMapped = acceptsMapped,
        };

    /// <summary>The id of an object, made anew at each call.</summary>
    public string NameOf(ObjectId id) => _ids.Text(id.Index);

    /// <summary>The id of an object in UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8NameOf(ObjectId id) => _ids.Utf8(id.Index);

    /// <summary>The name of a session.</summary>
    public string NameOf(SessionId id) => _sessionNames.Text(id.Index);

    /// <summary>How a document writes an end of a dependency: an id, or <c>session:NAME</c>.</summary>
    public string NameOf(DependencyEnd end) => end.IsSession
        ? SessionPrefix + NameOf(end.SessionId)
        : NameOf(end.ObjectId);

    /// <summary>
    /// The session that an object lives in; null for what the kernel moves, and for an act.
    /// </summary>
    public SessionId? SessionOf(ObjectId id) =>
        Objects[id.Index].Session
        ?? (Objects[id.Index].Carrier is { } carrier ? Objects[carrier.Index].Session : null);

    /// <summary>The object of an id.</summary>
    public bool TryFind(string id, out ObjectId found)
    {
        ArgumentNullException.ThrowIfNull(id);
        bool isThere = _ids.TryFind(Encoding.UTF8.GetBytes(id), out int index);
        found = new ObjectId(index);
        return isThere;
    }

    /// <summary>The session of a name.</summary>
    public bool TryFindSession(string name, out SessionId found)
    {
        ArgumentNullException.ThrowIfNull(name);
        bool isThere = _sessionNames.TryFind(Encoding.UTF8.GetBytes(name), out int index);
        found = new SessionId(index);
        return isThere;
    }

    /// <summary>
    /// Finds an object by its id, or, where no object has that id, the session that <c>session:NAME</c>
    /// names.
    /// </summary>
    public bool TryFindEnd(string text, out DependencyEnd found)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (TryFind(text, out ObjectId id))
        {
            found = id;
            return true;
        }

        if (text.StartsWith(SessionPrefix, StringComparison.Ordinal)
            && TryFindSession(text[SessionPrefix.Length..], out SessionId session))
        {
            found = session;
            return true;
        }

        found = default;
        return false;
    }
}
