using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace GraphOrder;

/// <summary>
/// Makes a frozen graph of rows: sessions that the kernel has first, in its order, then all else as it came.
/// What an object needs is copied from the snapshot before where it is still the same, in the order of the
/// arrays; else its few dependencies are sorted by themselves. O(V + E) time and space. Not thread-safe.
/// </summary>
internal sealed class LiveSnapshot
{
    private readonly LiveRows _rows;
    private readonly DependencyGraph? _last;
    private readonly int[] _sessionIds;
    private readonly int[] _objectIds;
    private readonly int[] _sessionIdsOfLast;
    private readonly int[] _objectIdsOfLast;
    private readonly ObjectReference[] _needs;
    private readonly DeclaredDependency[] _declared;
    private readonly Dependency[] _joined;
    private int _needCount;
    private int _declaredCount;
    private int _joinedCount;
    private int _nextNeed;
    private int _nextDeclared;

    private LiveSnapshot(LiveRows rows, DependencyGraph? last)
    {
        _rows = rows;
        _last = last;
        _sessionIds = new int[rows.SessionRowCount];
        _objectIds = new int[rows.ObjectRowCount];
        _sessionIdsOfLast = new int[last?.SessionCount ?? 0];
        _objectIdsOfLast = new int[last?.ObjectCount ?? 0];
        _needs = new ObjectReference[rows.NeedCount];
        _declared = new DeclaredDependency[rows.DependencyCount - rows.NeedCount];
        _joined = new Dependency[rows.DependencyCount];
    }

    /// <summary>The graph of rows as they are.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="last">The last snapshot that was kept; null where there is none.</param>
    /// <param name="hasLost">Whether an object has left since.</param>
    public static DependencyGraph Of(LiveRows rows, DependencyGraph? last, bool hasLost)
    {
        LiveSnapshot snapshot = new(rows, last);
        List<int> sessions = snapshot.NumberSessions();
        snapshot.NumberObjects();
        return snapshot.Build(sessions, snapshot.Names(hasLost));
    }

    /// <summary>Makes the rows remember that a snapshot of them is kept.</summary>
    public static void Keep(LiveRows rows)
    {
        int id = 0;
        for (int row = rows.FirstObject; row >= 0; row = rows.NextObject(row))
        {
            rows.Object(row).IsChanged = false;
            rows.Object(row).LastId = ++id;
        }

        id = 0;
        for (int row = rows.FirstCreated; row >= 0; row = rows.NextCreated(row))
        {
            rows.Session(row).LastId = ++id;
        }

        for (int row = rows.FirstSession; row >= 0; row = rows.NextSession(row))
        {
            rows.Session(row).LastId = rows.Session(row).IsCreated ? rows.Session(row).LastId : ++id;
        }
    }

    private List<int> NumberSessions()
    {
        List<int> sessions = new(_rows.SessionCount);
        for (int row = _rows.FirstCreated; row >= 0; row = _rows.NextCreated(row))
        {
            sessions.Add(row);
        }

        for (int row = _rows.FirstSession; row >= 0; row = _rows.NextSession(row))
        {
            if (!_rows.Session(row).IsCreated)
            {
                sessions.Add(row);
            }
        }

        for (int id = 0; id < sessions.Count; id++)
        {
            _sessionIds[sessions[id]] = id;
            if (_last is not null && _rows.Session(sessions[id]).LastId is var last and > 0)
            {
                _sessionIdsOfLast[last - 1] = id;
            }
        }

        return sessions;
    }

    private void NumberObjects()
    {
        int id = 0;
        for (int row = _rows.FirstObject; row >= 0; row = _rows.NextObject(row))
        {
            if (_last is not null && _rows.Object(row).LastId is var last and > 0)
            {
                _objectIdsOfLast[last - 1] = id;
            }

            _objectIds[row] = id++;
        }
    }

    // Where nothing has left, the names of the last snapshot are the first of this one.
    private NameTable Names(bool hasLost)
    {
        NameTable? known = hasLost ? null : _last?.Set.Ids;
        if (known?.Count == _rows.ObjectCount)
        {
            return known;
        }

        NameTable names = known?.Copy() ?? new NameTable();
        for (int row = _rows.FirstObject; row >= 0; row = _rows.NextObject(row))
        {
            if (_objectIds[row] >= names.Count)
            {
                names.AddNew(_rows.ObjectNames[row], _rows.ObjectNames.HashOf(row));
            }
        }

        return names;
    }

    private DependencyGraph Build(List<int> sessions, NameTable ids)
    {
        NameTable names = new();
        SessionEntry[] entries = new SessionEntry[sessions.Count];
        PreservedObject[] objects = new PreservedObject[_rows.ObjectCount];
        ulong[] tokens = new ulong[objects.Length];
        for (int row = _rows.FirstObject; row >= 0; row = _rows.NextObject(row))
        {
            int id = _objectIds[row];
            ref ObjectRow found = ref _rows.Object(row);
            objects[id] = Renumbered(found);
            tokens[id] = objects[id].DeclaredToken ?? 0;
            if (_last is not null && found.LastId > 0 && !found.IsChanged)
            {
                CopyNeeds(_last, new ObjectId(found.LastId - 1));
            }
            else
            {
                AddNeeds(found.Needs, objects.Length);
            }
        }

        for (int id = 0; id < entries.Length; id++)
        {
            names.AddNew(_rows.SessionNames[sessions[id]], _rows.SessionNames.HashOf(sessions[id]));
            entries[id] = Entry(sessions[id]);
            AddNeeds(_rows.Session(sessions[id]).Needs, objects.Length);
        }

        SessionSet set = new(ids, names)
        {
            Sessions = ImmutableCollectionsMarshal.AsImmutableArray(entries),
            Objects = ImmutableCollectionsMarshal.AsImmutableArray(objects),
            Needs = ImmutableCollectionsMarshal.AsImmutableArray(_needs),
            Dependencies = ImmutableCollectionsMarshal.AsImmutableArray(_declared),
        };
        Dependency[] joined = _joinedCount == _joined.Length ? _joined : _joined[.._joinedCount];
        return new DependencyGraph(set, joined, tokens, tokensAssigned: 0);
    }

    // All three lists go by dependent, so that each is read once from its beginning to its end.
    private void CopyNeeds(DependencyGraph last, ObjectId dependent)
    {
        ImmutableArray<ObjectReference> needs = last.Set.Needs;
        for (; _nextNeed < needs.Length && needs[_nextNeed].Owner.Index <= dependent.Index; _nextNeed++)
        {
            if (needs[_nextNeed].Owner == dependent)
            {
                _needs[_needCount++] = new(OfLast(dependent), OfLast(needs[_nextNeed].Id), default);
            }
        }

        ImmutableArray<DeclaredDependency> declared = last.Set.Dependencies;
        for (; _nextDeclared < declared.Length && IsUpTo(declared[_nextDeclared], dependent); _nextDeclared++)
        {
            DeclaredDependency found = declared[_nextDeclared];
            if (found.Dependent == dependent)
            {
                _declared[_declaredCount++] = found with
                {
                    Dependent = OfLast(dependent),
                    On = OfLast(found.On),
                };
            }
        }

        foreach (ref readonly Dependency found in last.DependenciesOf(dependent))
        {
            _joined[_joinedCount++] = found with { Dependent = OfLast(dependent), On = OfLast(found.On) };
        }
    }

    private static bool IsUpTo(in DeclaredDependency declared, ObjectId dependent) =>
        !declared.Dependent.IsSession && declared.Dependent.ObjectId.Index <= dependent.Index;

    private DependencyEnd OfLast(DependencyEnd end) => end.IsSession
        ? new SessionId(_sessionIdsOfLast[end.SessionId.Index])
        : OfLast(end.ObjectId);

    private ObjectId OfLast(ObjectId id) => new(_objectIdsOfLast[id.Index]);

    private void AddNeeds(RowListEnds ends, int objectCount)
    {
        int first = _joinedCount;
        for (int row = ends.FirstRow; row >= 0; row = _rows.NextNeed(row))
        {
            ref DependencyRow found = ref _rows.Dependency(row);
            DependencyEnd dependent = Renumbered(found.Dependent);
            DependencyEnd on = Renumbered(found.On);
            DeclaredDependency asDeclared = found.Declared;
            if (found.IsNeed)
            {
                _needs[_needCount++] = new(dependent.ObjectId, on.ObjectId, default);
            }
            else
            {
                _declared[_declaredCount++] = asDeclared with { Dependent = dependent, On = on };
            }

            _joined[_joinedCount++] = new(
                dependent,
                on,
                found.Phases,
                asDeclared.Strength ?? DependencyStrength.Hard,
                asDeclared.Weight ?? 1,
                asDeclared.Origin);
        }

        _joinedCount = first + DependencyExpansion.Join(
            objectCount, _joined.AsSpan(first, _joinedCount - first));
    }

    private DependencyEnd Renumbered(DependencyEnd end) =>
        end.IsSession ? Renumbered(end.SessionId) : Renumbered(end.ObjectId);

    private SessionId Renumbered(SessionId id) => new(_sessionIds[id.Index]);

    private ObjectId Renumbered(ObjectId id) => new(_objectIds[id.Index]);

    private PreservedObject Renumbered(in ObjectRow found)
    {
        PreservedObject old = found.Object;
        return new PreservedObject(
            old.Kind,
            old.Session is { } session ? Renumbered(session) : null,
            old.Carrier is { } carrier ? Renumbered(carrier) : null,
            old.DeclaredToken,
            FactsOf(found));
    }

    private ObjectFacts FactsOf(in ObjectRow found)
    {
        ObjectFacts facts = found.Object.Facts;
        if (facts.Act is { } act)
        {
            return facts with { Act = act with { Session = Renumbered(act.Session) } };
        }

        if (found.Areas is not { Count: > 0 } areas)
        {
            return facts;
        }

        IoasArea[] listed = new IoasArea[areas.Count];
        for (int i = 0; i < listed.Length; i++)
        {
            LiveArea area = areas[i];
            long bytes = checked((long)(area.Range.Last - area.Range.First + 1));
            listed[i] = new(
                area.Range.First, bytes, Renumbered(new ObjectId(area.File)), area.Offset, area.Access);
        }

        return facts with { Areas = ImmutableCollectionsMarshal.AsImmutableArray(listed) };
    }

    private SessionEntry Entry(int row)
    {
        ref SessionRow found = ref _rows.Session(row);
        if (found.Name == default)
        {
            found.Name = new SessionName(System.Text.Encoding.UTF8.GetString(_rows.SessionNames[row]));
        }

        List<ObjectId> preserved = [];
        for (int file = found.Preserved.FirstRow; file >= 0; file = _rows.NextPreserved(file))
        {
            preserved.Add(Renumbered(new ObjectId(file)));
        }

        return new SessionEntry(found.Name) { Created = found.IsCreated, Preserved = [.. preserved] };
    }
}
