namespace GraphOrder.Tests.Planning;

/// <summary>
/// Up to four objects in every place that they can have: files in up to three sessions, objects in files. A
/// place is written as numbers: 0 to 2 a session, 10 + i carried by object i, -1 moved by the kernel, 20 + p
/// an act of the first session in phase p, 30 + p a late one.
/// </summary>
internal sealed class TinySet
{
    private const int CarriedBase = 10;
    private const int KernelMoved = -1;
    private const int ActBase = 20;
    private const int LateActBase = 30;

    private readonly SessionSet _template;

    private TinySet(int[] places)
    {
        Places = places;
        DependencyGraphBuilder builder = new();
        SessionId[] sessions = new SessionId[places.Max(
            place => place is >= 0 and < CarriedBase ? place + 1 : 0)];
        for (int i = 0; i < sessions.Length; i++)
        {
            builder.AddSession($"s{i}", out sessions[i]);
        }

        NameTable ids = new();
        PreservedObject[] objects = new PreservedObject[places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            ids.TryAdd($"o{i}", out _);
            objects[i] = places[i] switch
            {
                KernelMoved => new PreservedObject(ObjectKind.Flb),
                >= LateActBase => Act(sessions[0], (Phase)(places[i] - LateActBase), isLate: true),
                >= ActBase => Act(sessions[0], (Phase)(places[i] - ActBase), isLate: false),
                < CarriedBase => new PreservedObject(ObjectKind.File, sessions[places[i]]),
                _ => new PreservedObject(ObjectKind.File, null, new ObjectId(places[i] - CarriedBase)),
            };
        }

        SessionSet withSessions = builder.BuildSet();
        _template = new SessionSet(ids, withSessions.SessionNames)
        {
            Sessions = withSessions.Sessions,
            Objects = [.. objects],
        };
    }

    public int[] Places { get; }

    /// <summary>
    /// Every way to place some objects of which the last is an act, in any phase, late or not.
    /// </summary>
    public static IEnumerable<TinySet> AllWithAct(int objectCount) =>
        from places in Complete(new int[objectCount - 1], 0, withKernelMoved: true, withActs: true)
        let others = places.ToArray()
        where IsSound(others) && others.Any(place => place is >= 0 and < CarriedBase)
        from phase in Phases.All.ToArray()
        from place in (int[])[ActBase, LateActBase]
        select new TinySet([.. others, place + (int)phase]);

    /// <summary>
    /// Every way to place some objects; sessions are numbered by their first file, so none comes twice.
    /// </summary>
    public static IEnumerable<TinySet> All(int objectCount, bool withKernelMoved)
    {
        int[] places = new int[objectCount];
        foreach (int[] complete in Complete(places, 0, withKernelMoved))
        {
            if (IsSound(complete))
            {
                yield return new TinySet([.. complete]);
            }
        }
    }

    /// <summary>The set of some places.</summary>
    public static TinySet Of(int[] places) => new(places);

    /// <summary>The set with a dependency for each pair, all in the same phases.</summary>
    public SessionSet With(IEnumerable<(int Dependent, int On)> pairs, PhaseSet phases) =>
        new(_template.Ids, _template.SessionNames)
        {
            Sessions = _template.Sessions,
            Objects = _template.Objects,
            Dependencies =
            [
                .. pairs.Select(pair => new DeclaredDependency(
                    new ObjectId(pair.Dependent), new ObjectId(pair.On), default) { Phases = phases }),
            ],
        };

    /// <summary>The phases in which a dependency can count: those of the acts among its ends.</summary>
    public PhaseSet PhasesOf(int dependent, int on) => PhasesOf(Places[dependent]) & PhasesOf(Places[on]);

    private static PhaseSet PhasesOf(int place) => place switch
    {
        >= LateActBase => PhaseSet.Of((Phase)(place - LateActBase)),
        >= ActBase => PhaseSet.Of((Phase)(place - ActBase)),
        _ => PhaseSet.All,
    };

    private static PreservedObject Act(SessionId session, Phase phase, bool isLate) =>
        new(ObjectKind.Act, facts: new ObjectFacts { Act = new ActFacts(session, phase, isLate) });

    // Another act is late, and stands where every model lets it or in finish, where some do.
    private static IEnumerable<int[]> Complete(
        int[] places, int next, bool withKernelMoved, bool withActs = false)
    {
        if (next == places.Length)
        {
            yield return places;
            yield break;
        }

        IEnumerable<int> carriers = Enumerable.Range(0, places.Length)
            .Where(carrier => carrier != next)
            .Select(carrier => carrier + CarriedBase);
        IEnumerable<int> acts = withActs
            ? [LateActBase + (int)Phase.Preserve, LateActBase + (int)Phase.Finish]
            : [];
        foreach (int place in Enumerable.Range(withKernelMoved ? KernelMoved : 0, withKernelMoved ? 4 : 3)
            .Concat(carriers).Concat(acts))
        {
            places[next] = place;
            foreach (int[] complete in Complete(places, next + 1, withKernelMoved, withActs))
            {
                yield return complete;
            }
        }
    }

    private static bool IsSound(int[] places)
    {
        int sessionCount = 0;
        foreach (int place in places)
        {
            bool isFile = place is >= 0 and < CarriedBase;
            if ((isFile && place > sessionCount)
                || (place is >= CarriedBase and < ActBase
                    && places[place - CarriedBase] is < 0 or >= CarriedBase))
            {
                return false;
            }

            sessionCount = isFile ? Math.Max(sessionCount, place + 1) : sessionCount;
        }

        return true;
    }
}
