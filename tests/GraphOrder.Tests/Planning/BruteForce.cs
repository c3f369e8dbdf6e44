namespace GraphOrder.Tests.Planning;

/// <summary>
/// A lifecycle model by its definition alone: every order that it leaves to choose is tried, the timeline
/// of each phase is written down, and each dependency is looked up in it. Shares nothing with the planner.
/// For up to eight objects and sessions together. An act has a place in the timeline of its own phase: among
/// the files or objects where these mix, between the sessions where these follow one another.
/// </summary>
internal sealed class BruteForce
{
    /// <summary>So many objects and sessions together, at most.</summary>
    public const int ItemMax = 8;

    private readonly SessionSet _set;
    private readonly ModelText _model;
    private readonly int _objectCount;
    private readonly int _itemCount;
    private readonly int[] _fileOf;
    private readonly int[] _sessionOf;
    private readonly bool _hasHomelessAct;
    private readonly List<Choice> _choices = [];
    private readonly List<ulong>[] _free = new List<ulong>[Phases.Count];

    /// <summary>
    /// Prepares every timeline of a set's objects and sessions under a model, Linux 7.3 where none is given;
    /// the dependencies do not matter yet.
    /// </summary>
    public BruteForce(SessionSet set, ModelText? model = null)
    {
        _set = set;
        _model = model ?? ModelText.Linux73;
        _objectCount = set.Objects.Length;
        _itemCount = _objectCount + set.Sessions.Length;
        Assert.That(_itemCount, Is.LessThanOrEqualTo(ItemMax));
        _fileOf = [.. set.Objects.Select((found, i) => found.IsFile ? i : found.Carrier?.Index ?? -1)];
        _sessionOf = [.. _fileOf.Select(file => file < 0 ? -1 : set.Objects[file].Session!.Value.Index)];
        _hasHomelessAct = set.Objects.Any(found => found.Act is { } act && !TakesActs(act.Phase));
        foreach (Phase phase in Phases.All)
        {
            _free[(int)phase] = _model.OrderOf(phase) is null && _model.InsideOf(phase) == "chosen"
                ? [.. Permutations(Movers(phase)).Select(Before)]
                : [];
        }

        foreach (int[] preserve in Permutations(Movers(Phase.Preserve)).Where(KeepsPreserved))
        {
            _choices.Add(new Choice(
                Before(preserve),
                [.. Derived().Select(phase => (phase, Before(Timeline(phase, [], preserve, []))))],
                [.. _model.Orders.Select(order => Alternatives(order, preserve))]));
        }
    }

    /// <summary>An end as a number: an object's own, or a session's after all objects.</summary>
    public int Item(DependencyEnd end) =>
        end.IsSession ? _objectCount + end.SessionId.Index : end.ObjectId.Index;

    /// <summary>The dependencies of the set, between items.</summary>
    public List<(int Dependent, int On, PhaseSet Phases)> Dependencies()
    {
        List<(int Dependent, int On, PhaseSet Phases)> dependencies = [];
        foreach (Dependency dependency in DependencyGraph.Of(_set).Dependencies)
        {
            dependencies.Add((Item(dependency.Dependent), Item(dependency.On), dependency.Phases));
        }

        return dependencies;
    }

    /// <summary>Whether some orders respect every dependency in every phase.</summary>
    public bool IsLegal(IReadOnlyList<(int Dependent, int On, PhaseSet Phases)> dependencies)
    {
        if (_hasHomelessAct)
        {
            return false;
        }

        ulong[] demanded = new ulong[Phases.Count];
        foreach (Phase phase in Phases.All)
        {
            bool[,] needs = Needs(dependencies, phase);
            if (HasCycleOfObjects(needs, phase))
            {
                return false;
            }

            demanded[(int)phase] = Demanded(ThroughKernelMoved(needs), phase);
        }

        return Array.TrueForAll(
                Phases.All.ToArray(),
                phase => phase == Phase.Preserve || _free[(int)phase].Count == 0
                    || _free[(int)phase].Exists(before => IsMet(demanded[(int)phase], before)))
            && _choices.Exists(choice => IsLegal(choice, demanded));
    }

    /// <summary>
    /// Whether these very orders respect every dependency in every phase and keep the beginning.
    /// </summary>
    /// <param name="dependencies">The dependencies.</param>
    /// <param name="movers">For each phase whose order is chosen that order.</param>
    /// <param name="sessions">
    /// For each order of sessions that the model names that order; an act between sessions as the complement
    /// of its number.
    /// </param>
    public bool IsLegal(
        IReadOnlyList<(int Dependent, int On, PhaseSet Phases)> dependencies,
        Dictionary<Phase, int[]> movers,
        Dictionary<string, int[]> sessions)
    {
        int[] preserve = movers[Phase.Preserve];
        bool isLegal = !_hasHomelessAct && KeepsPreserved(preserve)
            && (!sessions.TryGetValue("create", out int[]? create) || KeepsCreated(create));
        foreach (Phase phase in Phases.All)
        {
            bool[,] needs = Needs(dependencies, phase);
            ulong before = Before(Timeline(
                phase,
                _model.OrderOf(phase) is { } order ? sessions[order] : [],
                preserve,
                movers.GetValueOrDefault(phase, [])));
            isLegal &= !HasCycleOfObjects(needs, phase)
                && IsMet(Demanded(ThroughKernelMoved(needs), phase), before);
        }

        return isLegal;
    }

    /// <summary>What has a step in a phase that takes files or objects.</summary>
    public int[] Movers(Phase phase) =>
        [.. Enumerable.Range(0, _objectCount).Where(
            id => IsAct(id) ? _model.OrderOf(phase) is null && IsActOf(id, phase)
                : _model.StepOf(phase) == "object" ? _fileOf[id] >= 0 : _fileOf[id] == id)];

    /// <summary>Sessions, and acts that stand between them, in the order of a name.</summary>
    public int[] SessionsAndActs(string order) =>
    [
        .. Enumerable.Range(0, _set.Sessions.Length),
        .. Enumerable.Range(0, _objectCount)
            .Where(id => _set.Objects[id].Act is { } act && _model.OrderOf(act.Phase) == order
                && TakesActs(act.Phase))
            .Select(id => ~id),
    ];

    /// <summary>The items of a phase one after another: what moves, and the sessions' own marks.</summary>
    public int[] Timeline(Phase phase, int[] sessions, int[] preserve, int[] chosen)
    {
        int[] files = _model.InsideOf(phase) switch
        {
            "chosen" => chosen,
            "preserve forward" => [.. preserve.Where(id => !IsAct(id))],
            "preserve backward" => [.. preserve.Where(id => !IsAct(id)).Reverse()],
            _ => [],
        };

        // A session's own mark stands before its files, so that sessions without files have a place too.
        return _model.OrderOf(phase) is null ? files :
        [
            .. (_model.IsBackward(phase) ? sessions.Reverse() : sessions).SelectMany(
                session => session < 0
                    ? IsActOf(~session, phase) ? [~session] : []
                    : files.Where(file => _sessionOf[file] == session).Prepend(_objectCount + session)),
        ];
    }

    private IEnumerable<Phase> Derived() => Phases.All.ToArray().Where(phase =>
        _model.OrderOf(phase) is null
        && _model.InsideOf(phase).StartsWith("preserve", StringComparison.Ordinal));

    // What each way to choose one order of sessions means for the phases that follow it.
    private List<List<(Phase Phase, ulong Before)>> Alternatives(string order, int[] preserve)
    {
        Phase[] phases = [.. Phases.All.ToArray().Where(phase => _model.OrderOf(phase) == order)];
        int[][] chosen = Array.Exists(phases, phase => _model.InsideOf(phase) == "chosen")
            ? [.. Permutations(Movers(phases[0]))]
            : [[]];
        return
        [
            .. from sessions in Permutations(SessionsAndActs(order))
               where order != "create" || KeepsCreated(sessions)
               from inside in chosen
               select (List<(Phase, ulong)>)
               [.. phases.Select(phase => (phase, Before(Timeline(phase, sessions, preserve, inside))))],
        ];
    }

    private static bool IsLegal(Choice choice, ulong[] demanded) =>
        IsMet(demanded[(int)Phase.Preserve], choice.Preserve)
        && choice.Derived.TrueForAll(found => IsMet(demanded[(int)found.Phase], found.Before))
        && choice.BySession.TrueForAll(alternatives => alternatives.Exists(
            alternative => alternative.TrueForAll(
                found => IsMet(demanded[(int)found.Phase], found.Before))));

    private static bool IsMet(ulong demanded, ulong before) => (demanded & ~before) == 0;

    // A timeline as a set of pairs: bit 8i + j says that item i comes before item j.
    private static ulong Before(int[] timeline)
    {
        ulong pairs = 0;
        for (int i = 0; i < timeline.Length; i++)
        {
            for (int j = i + 1; j < timeline.Length; j++)
            {
                pairs |= Pair(timeline[i], timeline[j]);
            }
        }

        return pairs;
    }

    private static ulong Pair(int first, int then) => 1UL << (ItemMax * first + then);

    // The kernel's lists only grow at their ends, and the calls that filled them were made already.
    private bool KeepsPreserved(int[] movers)
    {
        HashSet<int> preserved =
            [.. _set.Sessions.SelectMany(session => session.Preserved).Select(id => id.Index)];
        int count = movers.Count(mover => preserved.Contains(_fileOf[mover]));
        return !movers[..count].Any(IsAct) && Enumerable.Range(0, _set.Sessions.Length).All(session =>
            WithoutRepeats(movers[..count].Select(mover => _fileOf[mover]).Where(
                file => _sessionOf[file] == session))
                .SequenceEqual(_set.Sessions[session].Preserved.Select(id => id.Index)));
    }

    private static List<int> WithoutRepeats(IEnumerable<int> files)
    {
        List<int> kept = [];
        foreach (int file in files)
        {
            if (kept.Count == 0 || kept[^1] != file)
            {
                kept.Add(file);
            }
        }

        return kept;
    }

    private bool KeepsCreated(int[] sessions)
    {
        int[] created = [.. Enumerable.Range(0, sessions.Length).Where(
            session => _set.Sessions[session].Created)];
        return sessions.AsSpan(0, created.Length).SequenceEqual(created);
    }

    private ulong Demanded(bool[,] needs, Phase phase)
    {
        ulong pairs = 0;
        for (int dependent = 0; dependent < _itemCount; dependent++)
        {
            for (int on = 0; on < _itemCount; on++)
            {
                if (needs[dependent, on] && !IsKernelMoved(dependent) && !IsKernelMoved(on))
                {
                    foreach ((int needing, int needed) in Ordered(dependent, on, phase))
                    {
                        pairs |= phase.NeededGoesFirst() ? Pair(needed, needing) : Pair(needing, needed);
                    }
                }
            }
        }

        return pairs;
    }

    private IEnumerable<(int Needing, int Needed)> Ordered(int dependent, int on, Phase phase) =>
        _model.StepOf(phase) == "everything" ? []
        : _model.OrderOf(phase) is null ? Mixed(dependent, on, phase)
        : BySession(dependent, on, _model.StepOf(phase) == "session");

    // Where sessions mix a whole session stands for each of its steps; a step is not ordered against itself.
    private IEnumerable<(int Needing, int Needed)> Mixed(int dependent, int on, Phase phase) =>
        StepsOf(dependent, phase).SelectMany(_ => StepsOf(on, phase), (needing, needed) => (needing, needed))
            .Where(pair => pair.needing != pair.needed);

    // In the other phases it stands for its place among the sessions; nothing inside it is ordered against
    // it, and nothing at all where it moves as one.
    private IEnumerable<(int Needing, int Needed)> BySession(int dependent, int on, bool isTogether)
    {
        int dependentSession = dependent < _objectCount ? _sessionOf[dependent] : dependent - _objectCount;
        int onSession = on < _objectCount ? _sessionOf[on] : on - _objectCount;
        if (IsAct(dependent) || IsAct(on))
        {
            yield return (
                IsAct(dependent) ? dependent : _objectCount + dependentSession,
                IsAct(on) ? on : _objectCount + onSession);
        }
        else if (dependentSession != onSession)
        {
            yield return (_objectCount + dependentSession, _objectCount + onSession);
        }
        else if (!isTogether
            && dependent < _objectCount && on < _objectCount && _fileOf[dependent] != _fileOf[on])
        {
            yield return (_fileOf[dependent], _fileOf[on]);
        }
    }

    private IEnumerable<int> StepsOf(int item, Phase phase) =>
        item >= _objectCount
            ? Movers(phase).Where(id => _sessionOf[id] == item - _objectCount)
            : [_model.StepOf(phase) == "object" || IsAct(item) ? item : _fileOf[item]];

    private bool IsKernelMoved(int item) => item < _objectCount && _fileOf[item] < 0 && !IsAct(item);

    private bool IsAct(int item) => item < _objectCount && _set.Objects[item].Act is not null;

    private bool IsActOf(int item, Phase phase) => _set.Objects[item].Act?.Phase == phase;

    // Where the caller makes a call for each step or each session: not where the kernel walks its list of
    // created sessions or a row of files by itself, nor where everything is one step.
    private bool TakesActs(Phase phase) => _model.StepOf(phase) != "everything"
        && (_model.OrderOf(phase) is { } order ? order != "create" : _model.InsideOf(phase) == "chosen");

    private bool[,] Needs(IReadOnlyList<(int Dependent, int On, PhaseSet Phases)> dependencies, Phase phase)
    {
        bool[,] needs = new bool[_itemCount, _itemCount];
        foreach ((int dependent, int on, PhaseSet phases) in dependencies)
        {
            needs[dependent, on] |= phases.Contains(phase);
        }

        return needs;
    }

    private bool[,] ThroughKernelMoved(bool[,] needs) => Closed(needs, IsKernelMoved, _itemCount);

    // What moves together does not stumble over a cycle inside itself.
    private bool HasCycleOfObjects(bool[,] needs, Phase phase)
    {
        if (_model.StepOf(phase) == "everything")
        {
            return false;
        }

        bool isTogether = _model.StepOf(phase) == "session";
        bool[,] paths = Closed(needs, _ => true, _objectCount);
        return Enumerable.Range(0, _objectCount).Any(i => Enumerable.Range(0, _objectCount).Any(j =>
            paths[i, j] && paths[j, i]
            && !(isTogether && _sessionOf[i] >= 0 && _sessionOf[i] == _sessionOf[j])));
    }

    private static bool[,] Closed(bool[,] needs, Func<int, bool> mayLeadThrough, int itemCount)
    {
        bool[,] paths = (bool[,])needs.Clone();
        for (int through = 0; through < itemCount; through++)
        {
            for (int dependent = 0; mayLeadThrough(through) && dependent < itemCount; dependent++)
            {
                for (int on = 0; on < itemCount; on++)
                {
                    paths[dependent, on] |= paths[dependent, through] && paths[through, on];
                }
            }
        }

        return paths;
    }

    private static IEnumerable<int[]> Permutations(int[] items)
    {
        if (items.Length == 0)
        {
            yield return [];
            yield break;
        }

        for (int i = 0; i < items.Length; i++)
        {
            int[] rest = [.. items[..i], .. items[(i + 1)..]];
            foreach (int[] tail in Permutations(rest))
            {
                yield return [items[i], .. tail];
            }
        }
    }

    private sealed record Choice(
        ulong Preserve,
        List<(Phase Phase, ulong Before)> Derived,
        List<List<List<(Phase Phase, ulong Before)>>> BySession);
}
