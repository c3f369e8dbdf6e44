using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Builds a graph, or a set, for those who have no document. Each id and name is given once; every method
/// returns the builder, so that calls chain. Not thread-safe.
/// </summary>
/// <example>
/// <code>
/// DependencyGraph graph = new DependencyGraphBuilder()
///     .AddSession("vm-01", out SessionId vm)
///     .AddFile(vm, "vm-01/ram", ObjectKind.Memfd, out ObjectId ram)
///     .AddFile(vm, "vm-01/iommufd", ObjectKind.Iommufd, out ObjectId iommufd)
///     .AddObject(iommufd, "vm-01/ioas", ObjectKind.Ioas, out ObjectId ioas)
///     .AddDependency(ioas, on: ram)
///     .Build();
/// </code>
/// </example>
public sealed class DependencyGraphBuilder
{
    private readonly NameTable _ids = new();
    private readonly NameTable _names = new();
    private readonly List<SessionEntry> _sessions = [];
    private readonly List<PreservedObject> _objects = [];
    private readonly List<ObjectReference> _needs = [];
    private readonly List<ObjectReference> _describes = [];
    private readonly List<DeclaredDependency> _dependencies = [];
    private readonly HashSet<(SessionId Session, ulong Token)> _tokens = [];
    private ImmutableSortedDictionary<string, int> _limits =
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);
    private HostFacts? _host;
    private bool _isSpent;

    /// <summary>Adds a session.</summary>
    /// <exception cref="ArgumentException">
    /// The name is there already, or is none that the kernel takes.
    /// </exception>
    public DependencyGraphBuilder AddSession(string name, out SessionId session, bool created = false)
    {
        Claim(_names, name, nameof(name), out int index);
        _sessions.Add(new SessionEntry(new SessionName(name)) { Created = created });
        session = new SessionId(index);
        return this;
    }

    /// <summary>Adds an object that is preserved by itself in a session, as a file with a token.</summary>
    /// <exception cref="ArgumentException">
    /// The id is there already, the session is another builder's, or the token is taken in it.
    /// </exception>
    public DependencyGraphBuilder AddFile(
        SessionId session,
        string id,
        ObjectKind kind,
        out ObjectId file,
        ulong? token = null,
        ObjectFacts? facts = null)
    {
        Check(session);
        if (token is { } taken && !_tokens.Add((session, taken)))
        {
            throw new ArgumentException("The session has a file with this token.", nameof(token));
        }

        Claim(_ids, id, nameof(id), out int index);
        _objects.Add(new PreservedObject(kind, session, null, token, facts));
        file = new ObjectId(index);
        return this;
    }

    /// <summary>Adds an object that travels in a file.</summary>
    /// <exception cref="ArgumentException">The id is there already, or the carrier is no file.</exception>
    public DependencyGraphBuilder AddObject(
        ObjectId carrier,
        string id,
        ObjectKind kind,
        out ObjectId added,
        ObjectFacts? facts = null)
    {
        Check(carrier);
        if (!_objects[carrier.Index].IsFile)
        {
            throw new ArgumentException("Only a file carries objects: one level.", nameof(carrier));
        }

        Claim(_ids, id, nameof(id), out int index);
        _objects.Add(new PreservedObject(kind, null, carrier, null, facts));
        added = new ObjectId(index);
        return this;
    }

    /// <summary>Adds an object that the kernel moves by itself.</summary>
    /// <exception cref="ArgumentException">
    /// The id is there already, or the kernel does not move this kind.
    /// </exception>
    public DependencyGraphBuilder AddKernelObject(string id, ObjectKind kind, out ObjectId added)
    {
        if (!kind.MayBeMovedByKernel)
        {
            throw new ArgumentException($"The kernel does not move a {kind} by itself.", nameof(kind));
        }

        Claim(_ids, id, nameof(id), out int index);
        _objects.Add(new PreservedObject(kind));
        added = new ObjectId(index);
        return this;
    }

    /// <summary>Adds an act: a step of your own and no kernel call, in one phase.</summary>
    /// <exception cref="ArgumentException">
    /// The id is there already, or the session is another builder's.
    /// </exception>
    public DependencyGraphBuilder AddAct(
        SessionId session,
        string id,
        Phase phase,
        out ObjectId act,
        bool isLate = false,
        ObjectFacts? facts = null)
    {
        Check(session);
        Claim(_ids, id, nameof(id), out int index);
        facts = (facts ?? ObjectFacts.None) with { Act = new ActFacts(session, phase, isLate) };
        _objects.Add(new PreservedObject(ObjectKind.Act, facts: facts));
        act = new ObjectId(index);
        return this;
    }

    /// <summary>Adds a dependency: <paramref name="dependent"/> needs <paramref name="on"/>.</summary>
    /// <param name="dependent">The end that needs.</param>
    /// <param name="on">The end that is needed.</param>
    /// <param name="phases">The phases in which it binds; null for all but unfreeze.</param>
    /// <param name="origin">Who says so.</param>
    /// <param name="strength">Hard, or soft until waived.</param>
    /// <param name="weight">What waiving a soft one costs.</param>
    /// <exception cref="ArgumentException">
    /// Both ends are one, an end is another builder's, no phase, or a weight below 1.
    /// </exception>
    public DependencyGraphBuilder AddDependency(
        DependencyEnd dependent,
        DependencyEnd on,
        PhaseSet? phases = null,
        DependencyOrigin origin = default,
        DependencyStrength strength = DependencyStrength.Hard,
        long weight = 1)
    {
        Check(dependent, on);
        _dependencies.Add(DeclaredDependency.Of(dependent, on, phases, origin, strength, weight));
        return this;
    }

    /// <summary>Adds what <c>needs</c> of a document means: hard, in the phases of the rule table.</summary>
    /// <exception cref="ArgumentException">Both ends are one, or an end is another builder's.</exception>
    public DependencyGraphBuilder AddNeed(ObjectId dependent, ObjectId on)
    {
        Check(dependent, on);
        _needs.Add(new ObjectReference(dependent, on, default));
        return this;
    }

    /// <summary>
    /// Adds what <c>describes</c> means: preserved after what it describes, retrieved before it.
    /// </summary>
    /// <exception cref="ArgumentException">Both ends are one, or an end is another builder's.</exception>
    public DependencyGraphBuilder AddDescription(ObjectId metadata, ObjectId described)
    {
        Check(metadata, described);
        _describes.Add(new ObjectReference(metadata, described, default));
        return this;
    }

    /// <summary>Says which files the kernel has preserved in a session already, in that order.</summary>
    /// <exception cref="ArgumentException">
    /// A file is not the session's, stands twice, or the session is not created.
    /// </exception>
    public DependencyGraphBuilder SetPreserved(SessionId session, params ReadOnlySpan<ObjectId> files)
    {
        Check(session);
        HashSet<ObjectId> seen = [];
        foreach (ObjectId file in files)
        {
            Check(file);
            bool isOwn = _objects[file.Index].Session == session && _sessions[session.Index].Created;
            if (!isOwn || !seen.Add(file))
            {
                throw new ArgumentException(
                    "Preserved are files of a created session, each once.", nameof(files));
            }
        }

        _sessions[session.Index] = _sessions[session.Index] with { Preserved = [.. files] };
        return this;
    }

    /// <summary>Says between which of a session's acts its guest is paused.</summary>
    /// <exception cref="ArgumentException">
    /// They are not acts of the session, the pause in the old kernel and the resume in the new one.
    /// </exception>
    public DependencyGraphBuilder SetBlackout(SessionId session, ObjectId pause, ObjectId resume)
    {
        Check(session);
        Check(pause);
        Check(resume);
        bool isPause = _objects[pause.Index].Act is { Phase: Phase.Preserve or Phase.Freeze } first
            && first.Session == session;
        bool isResume = _objects[resume.Index].Act is { } then
            && then.Phase.IsInNewKernel() && then.Session == session;
        if (!isPause || !isResume)
        {
            throw new ArgumentException(
                "A blackout lasts from an act of its session in preserve or freeze to one in retrieve or "
                    + "finish.",
                isPause ? nameof(resume) : nameof(pause));
        }

        _sessions[session.Index] = _sessions[session.Index] with
        {
            Blackout = new BlackoutActs(pause, resume),
        };
        return this;
    }

    /// <summary>Says how many steps of a class run at once, at most.</summary>
    /// <param name="className">The class, as the facts of objects name it.</param>
    /// <param name="countMax">How many; at least one.</param>
    public DependencyGraphBuilder SetLimit(string className, int countMax)
    {
        ArgumentException.ThrowIfNullOrEmpty(className);
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        _limits = _limits.SetItem(className, countMax);
        return this;
    }

    /// <summary>Says what is known of the host.</summary>
    public DependencyGraphBuilder SetHost(HostFacts host)
    {
        ArgumentNullException.ThrowIfNull(host);
        _host = host;
        return this;
    }

    /// <summary>Makes the graph. The builder is spent afterwards.</summary>
    /// <exception cref="InvalidOperationException">The builder is spent.</exception>
    public DependencyGraph Build() => DependencyGraph.Of(BuildSet());

    /// <summary>Makes the set, as if a document had been read. The builder is spent afterwards.</summary>
    /// <exception cref="InvalidOperationException">The builder is spent.</exception>
    public SessionSet BuildSet()
    {
        ObjectDisposedException.ThrowIf(_isSpent, this);
        _isSpent = true;
        return new SessionSet(_ids, _names)
        {
            Sessions = [.. _sessions],
            Objects = [.. _objects],
            Needs = [.. _needs.OrderBy(need => need.Owner.Index)],
            Describes = [.. _describes.OrderBy(described => described.Owner.Index)],
            Dependencies = [.. _dependencies],
            Limits = _limits.IsEmpty ? null : _limits,
            Host = _host,
        };
    }

    private void Claim(NameTable table, string name, string parameter, out int index)
    {
        ArgumentException.ThrowIfNullOrEmpty(name, parameter);
        ObjectDisposedException.ThrowIf(_isSpent, this);
        if (name.StartsWith(SessionSet.SessionPrefix, StringComparison.Ordinal) && table == _ids)
        {
            throw new ArgumentException(
                $"An id does not begin with '{SessionSet.SessionPrefix}'.", parameter);
        }

        if (!table.TryAdd(name, out index))
        {
            throw new ArgumentException($"'{name}' is there already.", parameter);
        }
    }

    private void Check(DependencyEnd dependent, DependencyEnd on)
    {
        CheckEnd(dependent);
        CheckEnd(on);
        DeclaredDependency.DemandTwo(dependent, on);
    }

    private void CheckEnd(DependencyEnd end)
    {
        if (end.IsSession)
        {
            Check(end.SessionId);
        }
        else
        {
            Check(end.ObjectId);
        }
    }

    private void Check(ObjectId id)
    {
        if ((uint)id.Index >= (uint)_objects.Count)
        {
            throw new ArgumentException($"Object {id} is not this builder's.");
        }
    }

    private void Check(SessionId id)
    {
        if ((uint)id.Index >= (uint)_sessions.Count)
        {
            throw new ArgumentException($"{id} is not this builder's.");
        }
    }
}
