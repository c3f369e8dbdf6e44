using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace GraphOrder;

/// <summary>
/// Makes a frozen graph of rows: sessions that the kernel has first, in its order, then all else as it came.
/// Each dependent's few dependencies are sorted by themselves. O(V + E) time and space. Not thread-safe.
/// </summary>
internal sealed class LiveSnapshot
{
    private readonly LiveRows _rows;
    private readonly int[] _sessionIds;
    private readonly int[] _objectIds;

    private LiveSnapshot(LiveRows rows)
    {
        _rows = rows;
        _sessionIds = new int[rows.SessionRowCount];
        _objectIds = new int[rows.ObjectRowCount];
    }

    /// <summary>The graph of rows as they are.</summary>
    public static DependencyGraph Of(LiveRows rows)
    {
        LiveSnapshot snapshot = new(rows);
        List<int> sessions = snapshot.NumberSessions();
        snapshot.NumberObjects();
        return snapshot.Build(sessions);
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
        }

        return sessions;
    }

    private void NumberObjects()
    {
        int id = 0;
        for (int row = _rows.FirstObject; row >= 0; row = _rows.NextObject(row))
        {
            _objectIds[row] = id++;
        }
    }

    private DependencyGraph Build(List<int> sessions)
    {
        NameTable ids = new();
        NameTable names = new();
        SessionEntry[] entries = new SessionEntry[sessions.Count];
        PreservedObject[] objects = new PreservedObject[_rows.ObjectCount];
        ulong[] tokens = new ulong[objects.Length];
        List<ObjectReference> needs = [];
        List<DeclaredDependency> declared = [];
        List<Dependency> own = [];
        List<Dependency> joined = new(_rows.DependencyCount);
        for (int row = _rows.FirstObject; row >= 0; row = _rows.NextObject(row))
        {
            int id = _objectIds[row];
            ids.TryAdd(_rows.ObjectNames[row], out _);
            objects[id] = Renumbered(row);
            tokens[id] = objects[id].DeclaredToken ?? 0;
            AddNeeds(_rows.Object(row).Needs, needs, declared, own);
            Join(objects.Length, own, joined);
        }

        for (int id = 0; id < entries.Length; id++)
        {
            names.TryAdd(_rows.SessionNames[sessions[id]], out _);
            entries[id] = Entry(sessions[id]);
            AddNeeds(_rows.Session(sessions[id]).Needs, needs, declared, own);
            Join(objects.Length, own, joined);
        }

        SessionSet set = new(ids, names)
        {
            Sessions = ImmutableCollectionsMarshal.AsImmutableArray(entries),
            Objects = ImmutableCollectionsMarshal.AsImmutableArray(objects),
            Needs = [.. needs],
            Dependencies = [.. declared],
        };
        return new DependencyGraph(set, [.. joined], tokens, tokensAssigned: 0);
    }

    private static void Join(int objectCount, List<Dependency> own, List<Dependency> joined)
    {
        DependencyExpansion.Join(objectCount, CollectionsMarshal.AsSpan(own), joined);
        own.Clear();
    }

    private void AddNeeds(
        RowListEnds ends,
        List<ObjectReference> needs,
        List<DeclaredDependency> declared,
        List<Dependency> own)
    {
        for (int row = ends.FirstRow; row >= 0; row = _rows.NextNeed(row))
        {
            ref DependencyRow found = ref _rows.Dependency(row);
            DependencyEnd dependent = Renumbered(found.Dependent);
            DependencyEnd on = Renumbered(found.On);
            DeclaredDependency asDeclared = found.Declared;
            if (found.IsNeed)
            {
                needs.Add(new(dependent.ObjectId, on.ObjectId, default));
            }
            else
            {
                declared.Add(new(dependent, on, asDeclared.Origin)
                {
                    Phases = asDeclared.Phases,
                    Strength = asDeclared.Strength,
                    Weight = asDeclared.Weight,
                });
            }

            own.Add(new(
                dependent,
                on,
                found.Phases,
                asDeclared.Strength ?? DependencyStrength.Hard,
                asDeclared.Weight ?? 1,
                asDeclared.Origin));
        }
    }

    private DependencyEnd Renumbered(DependencyEnd end) =>
        end.IsSession ? Renumbered(end.SessionId) : Renumbered(end.ObjectId);

    private SessionId Renumbered(SessionId id) => new(_sessionIds[id.Index]);

    private ObjectId Renumbered(ObjectId id) => new(_objectIds[id.Index]);

    private PreservedObject Renumbered(int row)
    {
        ref ObjectRow found = ref _rows.Object(row);
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
