namespace GraphOrder.Tests.Planning;

/// <summary>
/// Sets in which everything varies: places, phases, strengths, whole sessions as ends, beginnings.
/// </summary>
internal sealed class RandomSets
{
    private static readonly Phase[] Usual =
        [Phase.Preserve, Phase.Retrieve, Phase.Unpreserve, Phase.Finish];

    private readonly Random _random;

    private readonly bool _withActs;

    public RandomSets(int seed, bool withActs = false)
    {
        _random = new Random(seed);
        _withActs = withActs;
    }

    /// <summary>One set.</summary>
    /// <param name="objectMax">Greatest number of objects.</param>
    /// <param name="sessionMax">Greatest number of sessions.</param>
    /// <param name="isOrdered">
    /// Whether dependencies follow one hidden order, which makes most sets legal.
    /// </param>
    public SessionSet Next(int objectMax, int sessionMax, bool isOrdered)
    {
        DependencyGraphBuilder builder = new();
        SessionId[] sessions = new SessionId[_random.Next(1, sessionMax + 1)];
        bool[] created = new bool[sessions.Length];
        int createdCount = _random.Next(3) == 0 ? _random.Next(sessions.Length + 1) : 0;
        for (int i = 0; i < sessions.Length; i++)
        {
            created[i] = i < createdCount;
            builder.AddSession($"s{i}", out sessions[i], created[i]);
        }

        int objectCount = _random.Next(1, objectMax + 1);
        int actMax = Math.Min(Math.Max(2, objectMax / 8), objectCount - 1);
        List<DependencyEnd> acts = _withActs ? AddActs(builder, sessions, actMax) : [];
        List<DependencyEnd> ends =
            [.. AddObjects(builder, sessions, created, objectCount - acts.Count), .. acts];
        int dependencyCount = _random.Next(2 * ends.Count + 1);
        int[] ranks = [.. ends.Select(_ => _random.Next())];
        for (int i = 0; i < dependencyCount; i++)
        {
            int dependent = _random.Next(ends.Count);
            int on = _random.Next(ends.Count);
            if (dependent != on)
            {
                bool swap = isOrdered && ranks[dependent] < ranks[on];
                bool isOfAct = acts.Contains(ends[dependent]) || acts.Contains(ends[on]);
                builder.AddDependency(
                    ends[swap ? on : dependent],
                    ends[swap ? dependent : on],
                    isOfAct && _random.Next(3) > 0 ? null : NextPhases(),
                    new DependencyOrigin(DependencySource.Declared, default, "test", $"reason {i}"),
                    _random.Next(4) == 0 ? DependencyStrength.Soft : DependencyStrength.Hard,
                    _random.Next(1, 5));
            }
        }

        return builder.BuildSet();
    }

    // Rarely in a phase that may take none, since such a set is refused whatever else it says.
    private List<DependencyEnd> AddActs(DependencyGraphBuilder builder, SessionId[] sessions, int countMax)
    {
        List<DependencyEnd> acts = [];
        int count = _random.Next(countMax + 1);
        for (int i = 0; i < count; i++)
        {
            Phase phase = _random.Next(16) == 0
                ? (Phase)_random.Next(Phases.Count)
                : Usual[_random.Next(Usual.Length)];
            SessionId session = sessions[_random.Next(sessions.Length)];
            builder.AddAct(session, $"a{i}", phase, out ObjectId act, isLate: _random.Next(2) == 0);
            acts.Add(act);
        }

        return acts;
    }

    private PhaseSet NextPhases()
    {
        if (_random.Next(3) == 0)
        {
            return PhaseSet.Default;
        }

        PhaseSet phases = PhaseSet.Of((Phase)_random.Next(Phases.Count));
        while (_random.Next(2) == 0)
        {
            phases = phases.With((Phase)_random.Next(Phases.Count));
        }

        return phases;
    }

    private List<DependencyEnd> AddObjects(
        DependencyGraphBuilder builder, SessionId[] sessions, bool[] created, int count)
    {
        List<ObjectId>[] filesOf = [.. sessions.Select(_ => new List<ObjectId>())];
        List<DependencyEnd> ends = [];
        List<ObjectId> files = [];
        for (int i = 0; i < count; i++)
        {
            int place = _random.Next(10);
            ObjectId added;
            if (place < 2)
            {
                builder.AddKernelObject($"x{i}", ObjectKind.Flb, out added);
            }
            else if (place < 5 && files.Count > 0)
            {
                builder.AddObject(files[_random.Next(files.Count)], $"c{i}", ObjectKind.Ioas, out added);
            }
            else
            {
                int session = _random.Next(sessions.Length);
                builder.AddFile(sessions[session], $"f{i}", ObjectKind.File, out added);
                files.Add(added);
                filesOf[session].Add(added);
            }

            ends.Add(added);
        }

        for (int i = 0; i < sessions.Length; i++)
        {
            if (created[i] && _random.Next(2) == 0)
            {
                ObjectId[] shuffled = [.. filesOf[i]];
                _random.Shuffle(shuffled);
                builder.SetPreserved(sessions[i], shuffled.AsSpan(0, _random.Next(shuffled.Length + 1)));
            }

            // Where a session without files stands among acts is the caller's: a plan has no step for it.
            if (_random.Next(4) == 0 && (!_withActs || filesOf[i].Count > 0))
            {
                ends.Add(sessions[i]);
            }
        }

        return ends;
    }
}
