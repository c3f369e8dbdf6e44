using System.Collections.Immutable;
using System.Globalization;

namespace GraphOrder;

/// <summary>Makes the set that a draft describes, and says by names what is different in it.</summary>
internal sealed class RepairedSet
{
    private const string NewSessionName = "shared";

    private readonly DependencyGraph _graph;
    private readonly SessionSet _set;
    private readonly RepairDraft _draft;
    private readonly int[] _sessionOf;
    private readonly List<GoneSession> _gone;
    private readonly bool[] _isGone;
    private readonly int[] _takerOf;
    private readonly List<string> _newNames = [];
    private readonly NameTable _names = new();
    private readonly int[] _placeOf;
    private readonly Dictionary<int, ulong> _newTokens = [];

    private RepairedSet(DependencyGraph graph, RepairDraft draft, EmptiedSessions emptied)
    {
        _graph = graph;
        _set = graph.Set;
        _draft = draft;
        _sessionOf = new int[graph.ObjectCount];
        for (int i = 0; i < _sessionOf.Length; i++)
        {
            _sessionOf[i] = _set.Objects[i].Session?.Index ?? -1;
        }

        int sessionCount = graph.SessionCount;
        foreach ((int file, int session) in draft.Moves)
        {
            _sessionOf[file] = session;
            sessionCount = Math.Max(sessionCount, session + 1);
        }

        _gone = emptied.After(Array.ConvertAll(draft.Moves, move => (HomeOf(move.File), move.Session)));
        _isGone = new bool[graph.SessionCount];
        _takerOf = [.. Enumerable.Range(0, graph.SessionCount)];
        foreach (GoneSession gone in _gone)
        {
            _isGone[gone.Session] = true;
            _takerOf[gone.Session] = gone.Into;
        }

        _placeOf = new int[sessionCount];
        NameSessions(sessionCount);
        GiveTokens();
    }

    /// <summary>The repair, not yet planned. O(length of the set).</summary>
    public static Repair Of(DependencyGraph graph, RepairDraft draft, EmptiedSessions emptied)
    {
        RepairedSet repaired = new(graph, draft, emptied);
        return new Repair(repaired.Kind(), draft.Cost, repaired.Changed())
        {
            Moves = repaired.Moves(),
            Merges = repaired.Merges(),
            NewSessions = [.. repaired._newNames],
            Waived = repaired.Waived(),
            WeightMin = draft.WeightMin,
        };
    }

    private void NameSessions(int sessionCount)
    {
        for (int session = 0; session < _graph.SessionCount; session++)
        {
            _placeOf[session] = _names.Count;
            _ = _isGone[session] || _names.TryAdd(_set.Sessions[session].Name.Text, out _);
        }

        int suffix = 1;
        for (int session = _graph.SessionCount; session < sessionCount; session++)
        {
            string name;
            do
            {
                name = suffix == 1
                    ? NewSessionName
                    : string.Create(CultureInfo.InvariantCulture, $"{NewSessionName}-{suffix}");
                suffix++;
            }
            while (_set.TryFindSession(name, out _) || !_names.TryAdd(name, out _));

            _placeOf[session] = _names.Count - 1;
            _newNames.Add(name);
        }
    }

    // Who can keep a token keeps it; the others get the smallest one that is free then.
    private void GiveTokens()
    {
        HashSet<(int Session, ulong Token)> taken = [];
        HashSet<int> moved = [.. _draft.Moves.Select(static move => move.File)];
        for (int i = 0; i < _sessionOf.Length; i++)
        {
            if (_set.Objects[i].DeclaredToken is { } token && !moved.Contains(i))
            {
                taken.Add((_sessionOf[i], token));
            }
        }

        List<int> without = [];
        foreach ((int file, int session) in _draft.Moves)
        {
            if (_set.Objects[file].DeclaredToken is { } token && !taken.Add((session, token)))
            {
                without.Add(file);
            }
        }

        Dictionary<int, ulong> next = [];
        foreach (int file in without)
        {
            int session = _sessionOf[file];
            ulong token = next.GetValueOrDefault(session, 1UL);
            while (!taken.Add((session, token)))
            {
                token++;
            }

            next[session] = token + 1;
            _newTokens.Add(file, token);
        }
    }

    private SessionSet Changed() => new(_set.Ids, _names)
    {
        Sessions = Sessions(),
        Objects = [.. _set.Objects.Select(Placed)],
        Needs = _set.Needs,
        Describes = _set.Describes,
        Dependencies = Dependencies(),
        Limits = _set.Limits,
        Host = _set.Host,
        Platform = _set.Platform,
        SourceName = _set.SourceName,
        Walked = _set.Walked,
        AcceptsMapped = _set.AcceptsMapped,
    };

    // What is gone brings its blackout along; whoever takes it has none.
    private ImmutableArray<SessionEntry> Sessions()
    {
        Dictionary<int, BlackoutActs> brought = [];
        foreach (GoneSession gone in _gone)
        {
            if (_set.Sessions[gone.Session].Blackout is { } blackout)
            {
                brought.Add(gone.Into, blackout);
            }
        }

        SessionEntry With(SessionEntry entry, int session) =>
            brought.TryGetValue(session, out BlackoutActs blackout)
                ? entry with { Blackout = blackout }
                : entry;
        return
        [
            .. _set.Sessions.Select(With).Where((_, session) => !_isGone[session]),
            .. _newNames.Select((name, i) => With(
                new SessionEntry(new SessionName(name)), _graph.SessionCount + i)),
        ];
    }

    private PreservedObject Placed(PreservedObject found, int id)
    {
        if (found.Act is { } act)
        {
            SessionId taker = new(_placeOf[_takerOf[act.Session.Index]]);
            return new PreservedObject(
                found.Kind,
                facts: found.Facts with { Act = act with { Session = taker } },
                location: found.Location);
        }

        return found.Session is null ? found : new PreservedObject(
            found.Kind,
            new SessionId(_placeOf[_sessionOf[id]]),
            null,
            _newTokens.TryGetValue(id, out ulong token) ? token : found.DeclaredToken,
            found.Facts,
            found.Location);
    }

    // A soft entry loses the phases that are waived; one that binds nowhere then is dropped.
    private ImmutableArray<DeclaredDependency> Dependencies()
    {
        Dictionary<(DependencyEnd, DependencyEnd), PhaseSet> waived = [];
        foreach ((int dependency, PhaseSet phases) in _draft.Waived)
        {
            Dependency found = _graph.Dependencies[dependency];
            waived[(found.Dependent, found.On)] = phases;
        }

        ImmutableArray<DeclaredDependency>.Builder kept = ImmutableArray.CreateBuilder<DeclaredDependency>();
        foreach (DeclaredDependency declared in _set.Dependencies)
        {
            PhaseSet phases = DependencyExpansion.PhasesOf(_set, declared);
            PhaseSet rest = declared.Strength == DependencyStrength.Soft
                ? phases - waived.GetValueOrDefault((declared.Dependent, declared.On))
                : phases;
            if (rest == phases || !rest.IsEmpty)
            {
                kept.Add(declared with
                {
                    Dependent = Placed(declared.Dependent),
                    On = Placed(declared.On),
                    Phases = rest == phases ? declared.Phases : rest,
                });
            }
        }

        return kept.ToImmutable();
    }

    private DependencyEnd Placed(DependencyEnd end) =>
        end.IsSession ? new SessionId(_placeOf[end.SessionId.Index]) : end;

    private ImmutableArray<FileMove> Moves() => [.. _draft.Moves.Select(move => new FileMove(
        _set.NameOf(new ObjectId(move.File)),
        NameOf(HomeOf(move.File)),
        NameOf(move.Session),
        _newTokens.TryGetValue(move.File, out ulong token) ? token : null))];

    private string NameOf(int session) =>
        session < _graph.SessionCount
            ? _set.Sessions[session].Name.Text
            : _newNames[session - _graph.SessionCount];

    private int HomeOf(int file) => _set.Objects[file].Session!.Value.Index;

    // Only a session whose files are all in one other is merged into it; one that is scattered is not.
    private ImmutableArray<SessionMerge> Merges() =>
    [
        .. _gone.Where(static gone => gone.Into >= 0).Select(gone => new SessionMerge(
            NameOf(gone.Session), NameOf(gone.Into))),
    ];

    private ImmutableArray<Waiver> Waived()
    {
        ImmutableArray<Waiver>.Builder waived = ImmutableArray.CreateBuilder<Waiver>();
        foreach ((int dependency, PhaseSet phases) in _draft.Waived)
        {
            Dependency found = _graph.Dependencies[dependency];
            foreach (Phase phase in phases)
            {
                waived.Add(new Waiver(_set.NameOf(found.Dependent), _set.NameOf(found.On), phase));
            }
        }

        return waived.ToImmutable();
    }

    private RepairKind Kind()
    {
        bool moves = false;
        bool merges = false;
        HashSet<int> splitHomes = [];
        foreach ((int file, int session) in _draft.Moves)
        {
            int home = HomeOf(file);
            bool isNew = session >= _graph.SessionCount;
            _ = isNew && splitHomes.Add(home);
            merges |= !isNew && _isGone[home];
            moves |= !isNew && !_isGone[home];
        }

        bool splits = splitHomes.Count > 0;
        int kinds = (moves ? 1 : 0) + (merges ? 1 : 0) + (splits ? 1 : 0)
            + (_draft.Waived.Length > 0 ? 1 : 0);
        return kinds != 1 ? RepairKind.Combined
            : moves ? RepairKind.Move
            : merges ? RepairKind.Merge
            : !splits ? RepairKind.Waive
            : splitHomes.Count == 1 ? RepairKind.Split
            : RepairKind.NewSession;
    }
}
