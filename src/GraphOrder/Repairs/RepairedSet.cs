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
    private readonly bool[] _isGone;
    private readonly List<string> _newNames = [];
    private readonly NameTable _names = new();
    private readonly int[] _placeOf;
    private readonly Dictionary<int, ulong> _newTokens = [];

    private RepairedSet(DependencyGraph graph, RepairDraft draft)
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

        _isGone = new bool[graph.SessionCount];
        _placeOf = new int[sessionCount];
        FindGone();
        NameSessions(sessionCount);
        GiveTokens();
    }

    /// <summary>The repair, not yet planned. O(length of the set).</summary>
    public static Repair Of(DependencyGraph graph, RepairDraft draft)
    {
        RepairedSet repaired = new(graph, draft);
        return new Repair(repaired.Kind(), draft.Cost, repaired.Changed())
        {
            Moves = repaired.Moves(),
            Merges = repaired.Merges(),
            NewSessions = [.. repaired._newNames],
            Waived = repaired.Waived(),
            WeightMin = draft.WeightMin,
        };
    }

    // A session goes where its last file goes away, unless the kernel has it or a dependency names it.
    private void FindGone()
    {
        int[] counts = new int[_placeOf.Length];
        foreach (int session in _sessionOf)
        {
            _ = session >= 0 ? counts[session]++ : 0;
        }

        HashSet<int> named = [];
        foreach (Dependency dependency in _graph.Dependencies)
        {
            foreach (DependencyEnd end in (ReadOnlySpan<DependencyEnd>)[dependency.Dependent, dependency.On])
            {
                _ = end.IsSession && named.Add(end.SessionId.Index);
            }
        }

        foreach ((int file, _) in _draft.Moves)
        {
            int home = _set.Objects[file].Session!.Value.Index;
            _isGone[home] = counts[home] == 0 && !_set.Sessions[home].Created && !named.Contains(home);
        }
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
        Sessions =
        [
            .. _set.Sessions.Where((_, session) => !_isGone[session]),
            .. _newNames.Select(static name => new SessionEntry(new SessionName(name))),
        ],
        Objects = [.. _set.Objects.Select((found, i) => found.Session is null ? found : new PreservedObject(
            found.Kind,
            new SessionId(_placeOf[_sessionOf[i]]),
            null,
            _newTokens.TryGetValue(i, out ulong token) ? token : found.DeclaredToken,
            found.Facts,
            found.Location))],
        Needs = _set.Needs,
        Describes = _set.Describes,
        Dependencies = Dependencies(),
        Limits = _set.Limits,
        Host = _set.Host,
        Platform = _set.Platform,
        SourceName = _set.SourceName,
    };

    // A soft entry loses the phases that are waived; one that has none left is dropped.
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
            PhaseSet phases = declared.Phases ?? PhaseSet.Default;
            PhaseSet rest = declared.Strength == DependencyStrength.Soft
                ? phases - waived.GetValueOrDefault((declared.Dependent, declared.On))
                : phases;
            if (!rest.IsEmpty)
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
        _set.NameOf(_set.Objects[move.File].Session!.Value),
        NameOf(move.Session),
        _newTokens.TryGetValue(move.File, out ulong token) ? token : null))];

    private string NameOf(int session) =>
        session < _graph.SessionCount
            ? _set.Sessions[session].Name.Text
            : _newNames[session - _graph.SessionCount];

    // Only a session whose files are all in one other is merged into it; one that is scattered is not.
    private ImmutableArray<SessionMerge> Merges()
    {
        SortedDictionary<int, int> into = [];
        foreach ((int file, int session) in _draft.Moves)
        {
            int home = _set.Objects[file].Session!.Value.Index;
            if (_isGone[home])
            {
                bool isScattered = into.TryGetValue(home, out int known) && known != session;
                into[home] = isScattered ? -1 : session;
            }
        }

        return
        [
            .. into.Where(static merge => merge.Value >= 0).Select(merge => new SessionMerge(
                _set.Sessions[merge.Key].Name.Text, NameOf(merge.Value))),
        ];
    }

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
            int home = _set.Objects[file].Session!.Value.Index;
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
