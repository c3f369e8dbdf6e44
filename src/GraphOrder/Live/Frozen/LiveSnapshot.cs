using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace GraphOrder;

/// <summary>
/// Makes a graph with dense ids of frozen sessions and objects. What an object needs that is not among them
/// is left out. O(V + E) time and space. Not thread-safe.
/// </summary>
internal sealed class LiveSnapshot
{
    private readonly FrozenSession[] _sessions;
    private readonly FrozenObject[] _objects;
    private readonly RowNumbers _sessionIds;
    private readonly RowNumbers _objectIds;
    private readonly ImmutableArray<ObjectReference>.Builder _needs;
    private readonly ImmutableArray<ObjectReference>.Builder _described;
    private readonly ImmutableArray<DeclaredDependency>.Builder _declared;
    private readonly Dependency[] _joined;
    private int _joinedCount;

    private LiveSnapshot(
        FrozenSession[] sessions, FrozenObject[] objects, RowNumbers sessionIds, RowNumbers objectIds)
    {
        _sessions = sessions;
        _objects = objects;
        _sessionIds = sessionIds;
        _objectIds = objectIds;
        int needCount = 0;
        int describedCount = 0;
        int count = 0;
        foreach (FrozenObject found in objects)
        {
            count += found.Needs.Length;
            foreach (ref readonly FrozenNeed need in found.Needs.AsSpan())
            {
                needCount += need.Declared.Origin.Source == DependencySource.Needs ? 1 : 0;
                describedCount += need.Declared.Origin.Source == DependencySource.Describes ? 1 : 0;
            }
        }

        foreach (FrozenSession found in sessions)
        {
            count += found.Needs.Length;
        }

        _joined = new Dependency[count];
        _needs = ImmutableArray.CreateBuilder<ObjectReference>(needCount);
        _described = ImmutableArray.CreateBuilder<ObjectReference>(describedCount / 2);
        _declared = ImmutableArray.CreateBuilder<DeclaredDependency>(count - needCount - describedCount);
    }

    /// <summary>The graph.</summary>
    /// <param name="sessions">Its sessions in document order.</param>
    /// <param name="objects">Its objects in document order, each with its session and carrier.</param>
    /// <param name="known">The names of the first of the objects, where some table has them.</param>
    /// <param name="sessionIds">The place of each session.</param>
    /// <param name="objectIds">The place of each object.</param>
    public static DependencyGraph Of(
        FrozenSession[] sessions,
        FrozenObject[] objects,
        NameTable? known,
        RowNumbers sessionIds,
        RowNumbers objectIds) =>
        new LiveSnapshot(sessions, objects, sessionIds, objectIds).Build(known);

    private DependencyGraph Build(NameTable? known)
    {
        NameTable ids = known?.Count == _objects.Length ? known : known?.Copy() ?? new NameTable();
        NameTable names = new();
        SessionEntry[] entries = new SessionEntry[_sessions.Length];
        PreservedObject[] objects = new PreservedObject[_objects.Length];
        ulong[] tokens = new ulong[objects.Length];
        for (int id = 0; id < objects.Length; id++)
        {
            FrozenObject found = _objects[id];
            if (id >= ids.Count)
            {
                ids.AddNew(found.Name, found.Hash);
            }

            objects[id] = Renumbered(found);
            tokens[id] = found.Object.DeclaredToken ?? 0;
            AddNeeds(found.Needs);
        }

        for (int id = 0; id < entries.Length; id++)
        {
            FrozenSession found = _sessions[id];
            names.TryAdd(found.Name.Text, out _);
            entries[id] = new SessionEntry(found.Name)
            {
                Created = found.IsCreated,
                Preserved =
                    [.. Array.ConvertAll(found.Preserved, file => new ObjectId(_objectIds[file]))],
            };
            AddNeeds(found.Needs);
        }

        SessionSet set = new(ids, names)
        {
            Sessions = ImmutableCollectionsMarshal.AsImmutableArray(entries),
            Objects = ImmutableCollectionsMarshal.AsImmutableArray(objects),
            Needs = _needs.DrainToImmutable(),
            Describes = _described.DrainToImmutable(),
            Dependencies = _declared.DrainToImmutable(),
        };
        Dependency[] joined = _joinedCount == _joined.Length ? _joined : _joined[.._joinedCount];
        return new DependencyGraph(set, joined, tokens, tokensAssigned: 0);
    }

    private void AddNeeds(FrozenNeed[] needs)
    {
        int first = _joinedCount;
        bool isJoined = true;
        foreach (ref readonly FrozenNeed found in needs.AsSpan())
        {
            DeclaredDependency asDeclared = found.Declared;
            if (!TryRenumber(asDeclared.Dependent, out DependencyEnd dependent)
                || !TryRenumber(asDeclared.On, out DependencyEnd on))
            {
                continue;
            }

            Declare(found, dependent, on);
            isJoined &= !found.Phases.IsEmpty && (_joinedCount == first || IsBehind(on));
            _joined[_joinedCount++] = new(
                dependent,
                on,
                found.Phases,
                asDeclared.Strength ?? DependencyStrength.Hard,
                asDeclared.Weight ?? 1,
                asDeclared.Origin);
        }

        if (!isJoined)
        {
            _joinedCount = first + DependencyExpansion.Join(
                _objects.Length, _joined.AsSpan(first, _joinedCount - first));
        }
    }

    private void Declare(in FrozenNeed found, DependencyEnd dependent, DependencyEnd on)
    {
        switch (found.Declared.Origin.Source)
        {
            case DependencySource.Needs:
                _needs.Add(new(dependent.ObjectId, on.ObjectId, default));
                break;
            case DependencySource.Describes:
                if (found.IsDescription)
                {
                    _described.Add(new(dependent.ObjectId, on.ObjectId, default));
                }

                break;
            default:
                _declared.Add(found.Declared with { Dependent = dependent, On = on });
                break;
        }
    }

    // Whether an end stands behind the one that was needed last, so that nothing has to be sorted.
    private bool IsBehind(DependencyEnd on) =>
        on.Vertex(_objects.Length) > _joined[_joinedCount - 1].On.Vertex(_objects.Length);

    private bool TryRenumber(DependencyEnd end, out DependencyEnd renumbered)
    {
        int id = end.IsSession ? _sessionIds[end.SessionId.Index] : _objectIds[end.ObjectId.Index];
        renumbered = id < 0 ? default
            : end.IsSession ? new SessionId(id)
            : new ObjectId(id);
        return id >= 0;
    }

    private SessionId Renumbered(SessionId id) => new(_sessionIds[id.Index]);

    private ObjectId Renumbered(ObjectId id) => new(_objectIds[id.Index]);

    private PreservedObject Renumbered(FrozenObject found)
    {
        PreservedObject old = found.Object;
        return new PreservedObject(
            old.Kind,
            old.Session is { } session ? Renumbered(session) : null,
            old.Carrier is { } carrier ? Renumbered(carrier) : null,
            old.DeclaredToken,
            FactsOf(found));
    }

    private ObjectFacts FactsOf(FrozenObject found)
    {
        ObjectFacts facts = found.Object.Facts;
        if (facts.Act is { } act)
        {
            return facts with { Act = act with { Session = Renumbered(act.Session) } };
        }

        return found.Areas.Length == 0 ? facts : facts with { Areas = AreasOf(found.Areas) };
    }

    // An area whose file is not among the objects says nothing here.
    private ImmutableArray<IoasArea> AreasOf(LiveArea[] areas)
    {
        ImmutableArray<IoasArea>.Builder listed = ImmutableArray.CreateBuilder<IoasArea>(areas.Length);
        foreach (LiveArea area in areas)
        {
            if (_objectIds[area.File] is var file and >= 0)
            {
                listed.Add(area.With(new ObjectId(file)));
            }
        }

        return listed.DrainToImmutable();
    }
}
