namespace GraphOrder;

/// <summary>
/// What a live graph holds, in rows by number: sessions, objects, dependencies, and the lists that join them.
/// Every step has its opposite, so that a change can be taken back, the last step first. A row that has left
/// keeps all that it said until it is given back, and then its room for the next one. Not thread-safe.
/// </summary>
internal sealed class LiveRows
{
    private readonly RowLists _siblings = new();
    private readonly RowLists _preserved = new();
    private readonly RowLists _created = new();
    private readonly RowLists _needs = new();
    private readonly RowLists _neededBy = new();
    private readonly Stack<int> _freeSessions = new();
    private readonly Stack<int> _freeObjects = new();
    private readonly Stack<int> _freeDependencies = new();
    private readonly HashSet<(int Session, ulong Token)> _tokens = [];
    private readonly ChangedRows _changedForFrozen = new();
    private readonly ChangedRows _changedForPlan = new();
    private PagedList<SessionRow> _sessions = new();
    private PagedList<ObjectRow> _objects = new();
    private PagedList<DependencyRow> _dependencies = new();
    private RowListEnds _allCreated;
    private long _sessionsSoFar;
    private long _createdSoFar;
    private long _objectsSoFar;

    public LiveNames ObjectNames { get; } = new();

    public LiveNames SessionNames { get; } = new();

    public int SessionCount { get; private set; }

    public int ObjectCount { get; private set; }

    public int DependencyCount { get; private set; }

    /// <summary>How many rows of objects there are, those that are free among them.</summary>
    public int ObjectRoom => _objects.Count;

    /// <summary>How many rows of sessions there are, those that are free among them.</summary>
    public int SessionRoom => _sessions.Count;

    /// <summary>How many rows of dependencies there are, those that are free among them.</summary>
    public int DependencyRoom => _dependencies.Count;

    public ref SessionRow Session(int row) => ref _sessions[row];

    public ref ObjectRow Object(int row) => ref _objects[row];

    public ref DependencyRow Dependency(int row) => ref _dependencies[row];

    public bool Has(SessionId id) =>
        unchecked((uint)id.Index) < (uint)_sessions.Count && _sessions[id.Index].IsThere;

    public bool Has(ObjectId id) =>
        unchecked((uint)id.Index) < (uint)_objects.Count && _objects[id.Index].IsThere;

    public int NextCreated(int row) => _created.Next(row);

    public int PreviousCreated(int row) => _created.Previous(row);

    /// <summary>The next file or act of a session, or the next object of a file.</summary>
    public int NextSibling(int row) => _siblings.Next(row);

    public int NextPreserved(int row) => _preserved.Next(row);

    public int PreviousPreserved(int row) => _preserved.Previous(row);

    public int NextNeed(int dependency) => _needs.Next(dependency);

    public int NextNeededBy(int dependency) => _neededBy.Next(dependency);

    /// <summary>The list of what an end needs.</summary>
    public ref RowListEnds NeedsOf(DependencyEnd end) =>
        ref end.IsSession ? ref _sessions[end.SessionId.Index].Needs : ref _objects[end.ObjectId.Index].Needs;

    /// <summary>The list of what needs an end.</summary>
    public ref RowListEnds NeededByOf(DependencyEnd end) => ref end.IsSession
        ? ref _sessions[end.SessionId.Index].NeededBy
        : ref _objects[end.ObjectId.Index].NeededBy;

    /// <summary>The file of an object, or -1 where the kernel moves it, and for an act.</summary>
    public int FileOf(int row)
    {
        PreservedObject found = _objects[row].Object;
        return found.IsFile ? row : found.Carrier?.Index ?? -1;
    }

    /// <summary>The session of an object, or -1 where the kernel moves it, and for an act.</summary>
    public int SessionOf(int row) =>
        FileOf(row) is var file and >= 0 ? _objects[file].Object.Session!.Value.Index : -1;

    public bool IsTokenTaken(int session, ulong token) => _tokens.Contains((session, token));

    public int AddSession(ReadOnlySpan<byte> name)
    {
        int row = _freeSessions.TryPop(out int free) ? free : _sessions.Add();
        ChangeReader changedFor = _sessions[row].ChangedFor;
        _sessions[row] = new SessionRow
        {
            IsThere = true,
            IsNew = true,
            ChangedFor = changedFor,
            Arrival = _sessionsSoFar++,
        };
        MarkChanged(new SessionId(row));
        SessionNames.Add(row, name);
        SessionCount++;
        return row;
    }

    public void RemoveSession(int row)
    {
        _sessions[row].IsThere = false;
        MarkChanged(new SessionId(row));
        SessionNames.Remove(row);
        SessionCount--;
        if (_sessions[row].IsCreated)
        {
            _created.Remove(ref _allCreated, row);
        }
    }

    public void RestoreSession(int row)
    {
        _sessions[row].IsThere = true;
        SessionNames.Restore(row);
        SessionCount++;
        if (_sessions[row].IsCreated)
        {
            _created.Restore(ref _allCreated, row);
        }
    }

    public void Create(int session)
    {
        _sessions[session].IsCreated = true;
        _sessions[session].Creation = _createdSoFar++;
        MarkChanged(new SessionId(session));
        _created.Append(ref _allCreated, session);
    }

    public void TakeBackCreate(int session)
    {
        _sessions[session].IsCreated = false;
        _created.Remove(ref _allCreated, session);
    }

    public int AddObject(ReadOnlySpan<byte> name, in PreservedObject added)
    {
        int row = _freeObjects.TryPop(out int free) ? free : _objects.Add();
        ref ObjectRow old = ref _objects[row];
        old = new ObjectRow
        {
            IsThere = true,
            IsNew = true,
            ChangedFor = old.ChangedFor,
            Arrival = _objectsSoFar++,
            Object = added,
            Areas = old.Areas,
        };
        MarkChanged(new ObjectId(row));
        ObjectNames.Add(row, name);
        if (HasHome(added))
        {
            MarkChanged(HomeEndOf(added));
            _siblings.Append(ref HomeOf(added), row);
        }

        ClaimToken(added);
        ObjectCount++;
        return row;
    }

    /// <summary>Removes an object that carries nothing and that no dependency and no area names.</summary>
    public void RemoveObject(int row)
    {
        _objects[row].IsThere = false;
        PreservedObject removed = _objects[row].Object;
        MarkChanged(new ObjectId(row));
        ObjectNames.Remove(row);
        if (HasHome(removed))
        {
            MarkChanged(HomeEndOf(removed));
            _siblings.Remove(ref HomeOf(removed), row);
        }

        if (_objects[row].IsPreserved)
        {
            _preserved.Remove(ref _sessions[removed.Session!.Value.Index].Preserved, row);
        }

        if (removed.Session is { } session)
        {
            _tokens.Remove((session.Index, removed.DeclaredToken!.Value));
        }

        ObjectCount--;
    }

    public void RestoreObject(int row)
    {
        _objects[row].IsThere = true;
        PreservedObject restored = _objects[row].Object;
        ObjectNames.Restore(row);
        if (HasHome(restored))
        {
            _siblings.Restore(ref HomeOf(restored), row);
        }

        if (_objects[row].IsPreserved)
        {
            _preserved.Restore(ref _sessions[restored.Session!.Value.Index].Preserved, row);
        }

        ClaimToken(restored);
        ObjectCount++;
    }

    public void Preserve(int file)
    {
        _objects[file].IsPreserved = true;
        MarkChanged(new SessionId(SessionOf(file)));
        _preserved.Append(ref _sessions[SessionOf(file)].Preserved, file);
    }

    public void TakeBackPreserve(int file)
    {
        _objects[file].IsPreserved = false;
        _preserved.Remove(ref _sessions[SessionOf(file)].Preserved, file);
    }

    public int AddDependency(in DeclaredDependency declared, PhaseSet phases, bool isMapped)
    {
        int row = _freeDependencies.TryPop(out int free) ? free : _dependencies.Add();
        _dependencies[row] = new DependencyRow
        {
            IsThere = true,
            IsNew = true,
            Declared = declared,
            Phases = phases,
            IsMapped = isMapped,
        };
        MarkChanged(declared.Dependent);
        _needs.Append(ref NeedsOf(declared.Dependent), row);
        _neededBy.Append(ref NeededByOf(declared.On), row);
        DependencyCount++;
        return row;
    }

    public void RemoveDependency(int row)
    {
        ref DependencyRow removed = ref _dependencies[row];
        removed.IsThere = false;
        MarkChanged(removed.Dependent);
        _needs.Remove(ref NeedsOf(removed.Dependent), row);
        _neededBy.Remove(ref NeededByOf(removed.On), row);
        DependencyCount--;
    }

    public void RestoreDependency(int row)
    {
        ref DependencyRow restored = ref _dependencies[row];
        restored.IsThere = true;
        _needs.Restore(ref NeedsOf(restored.Dependent), row);
        _neededBy.Restore(ref NeededByOf(restored.On), row);
        DependencyCount++;
    }

    /// <summary>
    /// Notes that something about a session or object may be another. What is taken back stays noted.
    /// </summary>
    public void MarkChanged(DependencyEnd end)
    {
        ref ChangeReader changedFor = ref end.IsSession
            ? ref _sessions[end.SessionId.Index].ChangedFor
            : ref _objects[end.ObjectId.Index].ChangedFor;
        if (changedFor != ChangeReader.All)
        {
            Mark(end, ChangeReader.FrozenGraph, ref changedFor);
            Mark(end, ChangeReader.Plan, ref changedFor);
        }
    }

    /// <summary>What may be another since a reader last looked.</summary>
    public ChangedRows ChangedFor(ChangeReader reader) =>
        reader == ChangeReader.Plan ? _changedForPlan : _changedForFrozen;

    /// <summary>A reader has looked. O(changed).</summary>
    public void ForgetChanged(ChangeReader reader)
    {
        ChangedRows changed = ChangedFor(reader);
        foreach (int row in changed.Sessions)
        {
            _sessions[row].ChangedFor &= ~reader;
        }

        foreach (int row in changed.Objects)
        {
            _objects[row].ChangedFor &= ~reader;
        }

        changed.Sessions.Clear();
        changed.Objects.Clear();
    }

    public void FreeSession(int row) => _freeSessions.Push(row);

    public void FreeObject(int row) => _freeObjects.Push(row);

    public void FreeDependency(int row) => _freeDependencies.Push(row);

    private void Mark(DependencyEnd end, ChangeReader reader, ref ChangeReader changedFor)
    {
        if ((changedFor & reader) == 0)
        {
            changedFor |= reader;
            (end.IsSession ? ChangedFor(reader).Sessions : ChangedFor(reader).Objects)
                .Add(end.IsSession ? end.SessionId.Index : end.ObjectId.Index);
        }
    }

    private static DependencyEnd HomeEndOf(in PreservedObject found) =>
        found.Carrier is { } carrier ? carrier : found.Session ?? found.Act!.Session;

    private static bool HasHome(in PreservedObject found) => !found.IsMovedByKernel;

    private ref RowListEnds HomeOf(in PreservedObject found) => ref found.Carrier is { } carrier
        ? ref _objects[carrier.Index].Carried
        : ref _sessions[(found.Session ?? found.Act!.Session).Index].Objects;

    private void ClaimToken(in PreservedObject claimed)
    {
        if (claimed.Session is { } session)
        {
            _tokens.Add((session.Index, claimed.DeclaredToken!.Value));
        }
    }
}
