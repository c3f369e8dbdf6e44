using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Repairs;

/// <summary>What a small set with acts has.</summary>
public enum ActShape
{
    /// <summary>Up to four objects in up to three sessions, carried and kernel-moved ones, one act.</summary>
    OneAct,

    /// <summary>Up to three such objects and two acts, a blackout where their phases let them.</summary>
    TwoActs,

    /// <summary>Two files in one session each, each session with a pause and a resume.</summary>
    TwoBlackouts,
}

/// <summary>
/// A small random set with acts, as places of <see cref="TinySet"/>, and what brute force says of it.
/// </summary>
internal sealed class ActSample
{
    private const int KernelMoved = -1;
    private const int CarriedBase = 10;
    private const int ActBase = 20;
    private const int LateActBase = 30;
    private const int FileCountMax = 3;

    private static readonly Phase[] Usual = [Phase.Preserve, Phase.Unpreserve, Phase.Retrieve, Phase.Finish];

    private readonly Random _random;
    private readonly int[] _places;
    private readonly int[] _sessionOfAct;
    private readonly int[] _withBlackout;
    private readonly List<(int Dependent, int On, PhaseSet? Phases, long SoftWeight)> _dependencies = [];

    public ActSample(int seed, ActShape shape)
    {
        _random = new Random(seed);
        _places = shape switch
        {
            ActShape.OneAct => [.. Objects(_random.Next(2, 5)), NextAct()],
            ActShape.TwoActs => [.. Objects(_random.Next(2, 4)), NextAct(), NextAct()],
            _ =>
            [
                0, 1,
                ActBase + (int)Phase.Preserve, LateActBase + (int)Phase.Preserve,
                ActBase + (int)Usual[_random.Next(2, 4)], LateActBase + (int)Usual[_random.Next(2, 4)],
            ],
        };
        // Some acts are of a session that has nothing else.
        int sessionCount = _places.Where(place => place is >= 0 and < CarriedBase).Max() + 1
            + (shape != ActShape.TwoBlackouts && _random.Next(6) == 0 ? 1 : 0);
        int firstAct = Array.FindIndex(_places, place => place >= ActBase);
        int shared = _random.Next(sessionCount);
        _sessionOfAct =
        [
            .. _places.Select((_, id) => shape == ActShape.TwoBlackouts ? (id - firstAct) % 2
                : _random.Next(2) == 0 ? shared
                : _random.Next(sessionCount)),
        ];
        _withBlackout = shape == ActShape.TwoBlackouts ? [0, 1]
            : shape == ActShape.TwoActs && IsBlackout(firstAct, firstAct + 1) ? [_sessionOfAct[firstAct]]
            : [];
        AddDependencies();
        if (shape == ActShape.TwoBlackouts && _random.Next(2) == 0)
        {
            // Linux takes neither of two sessions first then, and one session would do.
            _dependencies.RemoveAll(found => found.Dependent < firstAct && found.On < firstAct);
            _dependencies.Add((0, 1, PhaseSet.Of(Phase.Freeze), 0));
            _dependencies.Add((1, 0, PhaseSet.Of(Phase.Unfreeze), _random.Next(2)));
        }

        Set = SetOf(firstAct, sessionCount);
    }

    /// <summary>The set.</summary>
    public SessionSet Set { get; }

    /// <summary>Whether an act is in a phase of some sort.</summary>
    public bool HasActIn(Func<Phase, bool> isSo) =>
        _places.Any(place => place >= ActBase && isSo(PhaseOf(place)));

    /// <summary>Whether there is an order, by brute force.</summary>
    public bool IsLegal(ModelText model) =>
        BruteRepairs.IsLegal(
            model, _places, Counted().Select(found => (found.Dependent, found.On, found.Phases)));

    /// <summary>Whether there is one for a changed set.</summary>
    public bool IsLegal(SessionSet changed, ModelText model)
    {
        int[] places =
        [
            .. changed.Objects.Select((found, id) => _places[id] >= ActBase ? _places[id]
                : found.Session?.Index ?? found.Carrier?.Index + CarriedBase ?? KernelMoved),
        ];
        return BruteRepairs.IsLegal(model, places, changed.Dependencies.Select(found => (
            found.Dependent.ObjectId.Index,
            found.On.ObjectId.Index,
            CountedOf(found.Dependent.ObjectId.Index, found.On.ObjectId.Index, found.Phases))));
    }

    /// <summary>The least cost of all repairs; null where there is none.</summary>
    public RepairCost? LeastCost(ModelText model) =>
        new BruteRepairs(model, _places, Counted(), _sessionOfAct, _withBlackout).LeastCost();

    public override string ToString() =>
        $"places {string.Join(',', _places)}, acts of {string.Join(',', _sessionOfAct)}, "
        + $"blackouts {string.Join(',', _withBlackout)}, needs {string.Join(' ', _dependencies)}";

    private static Phase PhaseOf(int place) => (Phase)(place % CarriedBase);

    private List<(int Dependent, int On, PhaseSet Phases, long SoftWeight)> Counted() =>
        _dependencies.ConvertAll(found => (
            found.Dependent, found.On, CountedOf(found.Dependent, found.On, found.Phases), found.SoftWeight));

    // A dependency with an act counts in the act's phase alone.
    private PhaseSet CountedOf(int dependent, int on, PhaseSet? phases)
    {
        bool hasAct = _places[dependent] >= ActBase || _places[on] >= ActBase;
        PhaseSet counted = phases ?? (hasAct ? PhaseSet.All : PhaseSet.Default);
        foreach (int id in (int[])[dependent, on])
        {
            counted &= _places[id] >= ActBase ? PhaseSet.Of(PhaseOf(_places[id])) : PhaseSet.All;
        }

        return counted;
    }

    private bool IsBlackout(int pause, int resume) => _sessionOfAct[pause] == _sessionOfAct[resume]
        && PhaseOf(_places[pause]) is Phase.Preserve or Phase.Freeze
        && PhaseOf(_places[resume]).IsInNewKernel();

    // Sessions by their first file; the first object is a file, so that whatever is carried can be.
    private List<int> Objects(int count)
    {
        List<int> places = [0];
        while (places.Count < count)
        {
            int fileCount = places.Count(place => place is >= 0 and < CarriedBase);
            int kind = _random.Next(10);
            places.Add(kind == 0 ? KernelMoved
                : kind == 1 || fileCount == FileCountMax ? CarriedBase
                : _random.Next(Math.Min(places.Max(place => place < CarriedBase ? place : 0) + 2, 3)));
        }

        return places;
    }

    private int NextAct()
    {
        Phase phase = _random.Next(16) == 0
            ? (Phase)_random.Next(Phases.Count)
            : Usual[_random.Next(Usual.Length)];
        return (_random.Next(2) == 0 ? ActBase : LateActBase) + (int)phase;
    }

    private void AddDependencies()
    {
        // Where dependencies follow a hidden order no objects are in a cycle: then files and sessions are.
        bool isOrdered = _random.Next(4) > 0;
        int[] ranks = [.. _places.Select(_ => _random.Next())];
        PhaseSet usual = NextPhases();
        for (int dependent = 0; dependent < _places.Length; dependent++)
        {
            for (int on = 0; on < _places.Length; on++)
            {
                PhaseSet? phases = _random.Next(4) switch { 0 => null, 1 => NextPhases(), _ => usual };
                phases = (_places[dependent] >= ActBase || _places[on] >= ActBase) && _random.Next(3) > 0
                    ? null
                    : phases;
                bool isChosen = dependent != on && _random.Next(isOrdered ? 2 : 3) == 0
                    && (!isOrdered || ranks[dependent] > ranks[on]);
                if (isChosen && !CountedOf(dependent, on, phases).IsEmpty)
                {
                    long weight = _random.Next(4) == 0 ? _random.Next(1, 4) : 0;
                    _dependencies.Add((dependent, on, phases, weight));
                }
            }
        }
    }

    private PhaseSet NextPhases()
    {
        PhaseSet phases = PhaseSet.Of(Phases.All[_random.Next(Phases.Count)]);
        return _random.Next(2) == 0 ? phases : phases.With(Phases.All[_random.Next(Phases.Count)]);
    }

    private SessionSet SetOf(int firstAct, int sessionCount)
    {
        SessionSet template = TinySet.Of(_places).With([], PhaseSet.Default);
        NameTable names = new();
        for (int session = 0; session < sessionCount; session++)
        {
            names.TryAdd($"s{session}", out _);
        }

        return new SessionSet(template.Ids, names)
        {
            Sessions =
            [
                .. Enumerable.Range(0, sessionCount).Select(session =>
                    new SessionEntry(new SessionName($"s{session}"))
                    {
                        Blackout = _withBlackout.Contains(session) ? BlackoutOf(firstAct, session) : null,
                    }),
            ],
            Objects =
            [
                .. template.Objects.Select((found, id) => found.Act is not { } act ? found
                    : new PreservedObject(ObjectKind.Act, facts: new ObjectFacts
                    {
                        Act = act with { Session = new SessionId(_sessionOfAct[id]) },
                    })),
            ],
            Dependencies =
            [
                .. _dependencies.Select(found => new DeclaredDependency(
                    new ObjectId(found.Dependent), new ObjectId(found.On), default)
                {
                    Phases = found.Phases,
                    Strength = found.SoftWeight > 0 ? DependencyStrength.Soft : DependencyStrength.Hard,
                    Weight = Math.Max(found.SoftWeight, 1),
                }),
            ],
        };
    }

    private BlackoutActs BlackoutOf(int firstAct, int session) => _withBlackout.Length == 1
        ? new(new ObjectId(firstAct), new ObjectId(firstAct + 1))
        : new(new ObjectId(firstAct + session), new ObjectId(firstAct + session + 2));
}
