namespace GraphOrder;

/// <summary>
/// A change of a <see cref="LiveDependencyGraph"/>: all of it enters at once, or none. Only the whole is
/// judged, so what it says first may contradict what it takes away later. Disposed of without
/// <see cref="TryCommit"/>, it never was. Not thread-safe.
/// </summary>
/// <remarks>
/// An id or name that is there already, an id of another graph or of what has left, a token that is taken:
/// all that is misuse and throws <see cref="ArgumentException"/>, and the change stays as it was. Every call
/// throws <see cref="ObjectDisposedException"/> after <see cref="TryCommit"/> or <see cref="Dispose"/>.
/// </remarks>
public sealed class Change : IDisposable
{
    private readonly LiveDependencyGraph _live;
    private readonly LiveRows _rows;
    private readonly ChangeLog _log;
    private bool _isSpent;

    internal Change(LiveDependencyGraph live, LiveRows rows, ChangeLog log)
    {
        _live = live;
        _rows = rows;
        _log = log;
    }

    /// <summary>Adds a session.</summary>
    /// <param name="name">The kernel's name for it, in UTF-8 (<see cref="SessionName"/>).</param>
    public SessionId AddSession(ReadOnlySpan<byte> name)
    {
        ObjectDisposedException.ThrowIf(_isSpent, this);
        if (!SessionName.IsValid(name))
        {
            throw new ArgumentException(
                $"A session name has 1 to {SessionName.BytesMax} bytes and no NUL.", nameof(name));
        }

        return _rows.SessionNames.TryFind(name, out _)
            ? throw new ArgumentException("A session of this name is there already.", nameof(name))
            : new SessionId(_log.AddSession(name));
    }

    /// <summary>Adds an object that is preserved by itself in a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="id">Its id, in UTF-8.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="token">The token under which it is preserved; each once in a session.</param>
    /// <param name="facts">What else is known of it.</param>
    public ObjectId AddFile(
        SessionId session, ReadOnlySpan<byte> id, ObjectKind kind, ulong token, ObjectFacts? facts = null)
    {
        Demand(session, nameof(session));
        if (_rows.IsTokenTaken(session.Index, token))
        {
            throw new ArgumentException("The session has a file with this token.", nameof(token));
        }

        return Add(id, new PreservedObject(kind, session, token: token, facts: facts));
    }

    /// <summary>Adds an object that travels in a file.</summary>
    /// <param name="carrier">The file, which the kernel has not preserved.</param>
    /// <param name="id">Its id, in UTF-8.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="facts">What else is known of it.</param>
    public ObjectId AddObject(
        ObjectId carrier, ReadOnlySpan<byte> id, ObjectKind kind, ObjectFacts? facts = null)
    {
        DemandFile(carrier, nameof(carrier));
        DemandNotPreserved(carrier, nameof(carrier));
        return Add(id, new PreservedObject(kind, carrier: carrier, facts: facts));
    }

    /// <summary>Adds an object that the kernel moves by itself.</summary>
    /// <param name="id">Its id, in UTF-8.</param>
    /// <param name="kind">What it is: a kind that the kernel may move.</param>
    /// <param name="facts">What else is known of it.</param>
    public ObjectId AddKernelObject(
        ReadOnlySpan<byte> id, ObjectKind kind, ObjectFacts? facts = null) => kind.MayBeMovedByKernel
        ? Add(id, new PreservedObject(kind, facts: facts))
        : throw new ArgumentException($"The kernel does not move a {kind} by itself.", nameof(kind));

    /// <summary>Adds an act: a step of the caller's own and no kernel call, in one phase.</summary>
    /// <param name="session">The session whose step it is.</param>
    /// <param name="id">Its id, in UTF-8.</param>
    /// <param name="phase">The phase, which takes acts (<see cref="PhaseRule.TakesActs"/>).</param>
    /// <param name="isLate">Whether it is done as late as is legal instead of as early.</param>
    public ObjectId AddAct(SessionId session, ReadOnlySpan<byte> id, Phase phase, bool isLate = false)
    {
        Demand(session, nameof(session));
        if (!_live.Kernels[phase].TakesActs)
        {
            throw new ArgumentException($"{phase.Name()} takes no acts under these kernels.", nameof(phase));
        }

        ObjectFacts facts = new() { Act = new ActFacts(session, phase, isLate) };
        return Add(id, new PreservedObject(ObjectKind.Act, facts: facts));
    }

    /// <summary>Adds a dependency: <paramref name="dependent"/> needs <paramref name="on"/>.</summary>
    /// <param name="dependent">The end that needs.</param>
    /// <param name="on">The end that is needed.</param>
    /// <param name="phases">The phases in which it binds, at least one; null for all but unfreeze.</param>
    /// <param name="origin">Who says so; the source is always that of a declaration.</param>
    /// <param name="strength">Hard, or soft until waived; a soft one binds here.</param>
    /// <param name="weight">What waiving a soft one costs, from 1 up.</param>
    public void AddDependency(
        DependencyEnd dependent,
        DependencyEnd on,
        PhaseSet? phases = null,
        DependencyOrigin origin = default,
        DependencyStrength strength = DependencyStrength.Hard,
        long weight = 1)
    {
        Demand(dependent, on);
        _log.AddDependency(DeclaredDependency.Of(
            dependent, on, phases, origin with { Source = DependencySource.Declared }, strength, weight));
    }

    /// <summary>Adds what <c>needs</c> of a document means: hard, in the phases of the rule table.</summary>
    public void AddNeed(ObjectId dependent, ObjectId on)
    {
        Demand(dependent, on);
        _log.AddDependency(new(dependent, on, new(DependencySource.Needs)));
    }

    /// <summary>
    /// Adds what <c>describes</c> of a document means: the metadata is preserved after what it describes, and
    /// retrieved before it.
    /// </summary>
    public void AddDescription(ObjectId metadata, ObjectId described)
    {
        Demand(metadata, described);
        _log.AddDescription(metadata, described);
    }

    /// <summary>Removes what was said of metadata and what it describes.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool RemoveDescription(ObjectId metadata, ObjectId described)
    {
        Demand(metadata, described);
        return _log.RemoveDescriptions(metadata, described);
    }

    /// <summary>
    /// Removes all that was declared between two ends; what areas declare stays, and descriptions stay.
    /// </summary>
    /// <returns>Whether there was anything.</returns>
    public bool RemoveDependency(DependencyEnd dependent, DependencyEnd on)
    {
        Demand(dependent, on);
        return _log.RemoveDependencies(dependent, on);
    }

    /// <summary>
    /// Says that an IOAS maps a range to a file. The first area of a file declares that the IOAS needs it.
    /// </summary>
    /// <param name="ioas">The IOAS.</param>
    /// <param name="range">Where; no area of the IOAS has an address of it, and it is less than 2^63 bytes.
    /// </param>
    /// <param name="file">The file behind it.</param>
    /// <param name="offset">Offset of the first byte in that file.</param>
    /// <param name="access">What a device may do there.</param>
    public void Map(ObjectId ioas, IovaRange range, ObjectId file, ulong offset, Access access)
    {
        Demand(ioas, nameof(ioas));
        DemandFile(file, nameof(file));
        if (_rows.Object(ioas.Index).Object.Kind != ObjectKind.Ioas || ioas == file)
        {
            throw new ArgumentException("Only an IOAS maps files.", nameof(ioas));
        }

        if (range.Last < range.First || range.Last - range.First >= long.MaxValue)
        {
            throw new ArgumentException($"{range} is no range of an area.", nameof(range));
        }

        if (_rows.Object(ioas.Index).Areas is { } areas && areas.IsTaken(range))
        {
            throw new ArgumentException($"The IOAS has an area in {range}.", nameof(range));
        }

        _log.Map(ioas.Index, new LiveArea(range, file.Index, offset, access));
    }

    /// <summary>
    /// Says that an IOAS maps an area no more. The last area of a file withdraws what the first declared.
    /// </summary>
    /// <param name="ioas">The IOAS.</param>
    /// <param name="range">The range of one of its areas.</param>
    public void Unmap(ObjectId ioas, IovaRange range)
    {
        Demand(ioas, nameof(ioas));
        int index = _rows.Object(ioas.Index).Areas?.IndexOf(range) ?? -1;
        if (index < 0)
        {
            throw new ArgumentException($"The IOAS has no area {range}.", nameof(range));
        }

        _log.Unmap(ioas.Index, index);
    }

    /// <summary>Says that the kernel has created a session, after all that it had created before.</summary>
    public void Create(SessionId session)
    {
        Demand(session, nameof(session));
        if (_rows.Session(session.Index).IsCreated)
        {
            throw new ArgumentException("The kernel has the session already.", nameof(session));
        }

        _log.Create(session.Index);
    }

    /// <summary>
    /// Says that the kernel has preserved a file, after all that it had preserved in its session, which it
    /// has created. What the file carries stays as it is from then on, and the file leaves with its session.
    /// </summary>
    public void Preserve(ObjectId file)
    {
        DemandFile(file, nameof(file));
        DemandNotPreserved(file, nameof(file));
        if (!_rows.Session(_rows.SessionOf(file.Index)).IsCreated)
        {
            throw new ArgumentException("The kernel does not have the session of the file.", nameof(file));
        }

        _log.Preserve(file.Index);
    }

    /// <summary>
    /// Removes an object with all that it carries, and every area and dependency of either. The file that it
    /// is, or travels in, is not preserved.
    /// </summary>
    public void RemoveObject(ObjectId id)
    {
        Demand(id, nameof(id));
        if (_rows.FileOf(id.Index) is var file and >= 0)
        {
            DemandNotPreserved(new ObjectId(file), nameof(id));
        }

        _log.RemoveObject(id.Index);
    }

    /// <summary>Removes a session with all that is in it and every dependency of it.</summary>
    public void RemoveSession(SessionId session)
    {
        Demand(session, nameof(session));
        _log.RemoveSession(session.Index);
    }

    /// <summary>
    /// Puts the change into the graph where the graph stays legal; either way the change is spent.
    /// </summary>
    public ChangeResult TryCommit()
    {
        ObjectDisposedException.ThrowIf(_isSpent, this);
        _isSpent = true;
        return _live.TryCommit();
    }

    /// <summary>What comes and what goes with the change as it is now; it is not committed yet.</summary>
    internal ChangeContents Contents()
    {
        ObjectDisposedException.ThrowIf(_isSpent, this);
        return ChangeContents.Of(_rows, _log.Steps);
    }

    /// <summary>An object that is there, its areas aside.</summary>
    internal PreservedObject ObjectOf(ObjectId id) => _rows.Object(id.Index).Object;

    /// <summary>The id of an object in documents.</summary>
    internal ReadOnlySpan<byte> NameOf(ObjectId id) => _rows.ObjectNames[id.Index];

    /// <summary>The name of a session.</summary>
    internal ReadOnlySpan<byte> NameOf(SessionId id) => _rows.SessionNames[id.Index];

    /// <summary>Whether a file of a session has a token.</summary>
    internal bool IsTokenTaken(SessionId session, ulong token) => _rows.IsTokenTaken(session.Index, token);

    /// <summary>Whether the kernel has a session.</summary>
    internal bool IsCreated(SessionId session) => _rows.Session(session.Index).IsCreated;

    /// <summary>Whether the kernel has preserved the file that an object is or travels in.</summary>
    internal bool IsPreserved(ObjectId id) =>
        _rows.FileOf(id.Index) is var file and >= 0 && _rows.Object(file).IsPreserved;

    /// <summary>Takes the change back where it was not committed.</summary>
    public void Dispose()
    {
        if (!_isSpent)
        {
            _isSpent = true;
            _live.Abandon();
        }
    }

    private ObjectId Add(ReadOnlySpan<byte> id, in PreservedObject added)
    {
        ObjectDisposedException.ThrowIf(_isSpent, this);
        if (id.IsEmpty || id.StartsWith("session:"u8) || _rows.ObjectNames.TryFind(id, out _))
        {
            throw new ArgumentException(
                "An id is not empty, does not begin with 'session:', and is not there already.", nameof(id));
        }

        return new ObjectId(_log.AddObject(id, added));
    }

    private void Demand(DependencyEnd dependent, DependencyEnd on)
    {
        DemandEnd(dependent, nameof(dependent));
        DemandEnd(on, nameof(on));
        DeclaredDependency.DemandTwo(dependent, on);
    }

    private void DemandEnd(DependencyEnd end, string name)
    {
        if (end.IsSession)
        {
            Demand(end.SessionId, name);
        }
        else
        {
            Demand(end.ObjectId, name);
        }
    }

    private void Demand(SessionId id, string name)
    {
        ObjectDisposedException.ThrowIf(_isSpent, this);
        if (!_rows.Has(id))
        {
            throw new ArgumentException($"The graph has no {id}.", name);
        }
    }

    private void Demand(ObjectId id, string name)
    {
        ObjectDisposedException.ThrowIf(_isSpent, this);
        if (!_rows.Has(id))
        {
            throw new ArgumentException($"The graph has no object {id}.", name);
        }
    }

    private void DemandFile(ObjectId id, string name)
    {
        Demand(id, name);
        if (!_rows.Object(id.Index).Object.IsFile)
        {
            throw new ArgumentException($"Object {id} is no file.", name);
        }
    }

    private void DemandNotPreserved(ObjectId file, string name)
    {
        if (_rows.Object(file.Index).IsPreserved)
        {
            throw new ArgumentException("The kernel has preserved the file.", name);
        }
    }
}
