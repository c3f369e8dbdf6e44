namespace GraphOrder.Tests.Recovery.Answers;

/// <summary>What can still be done, found by <see cref="SlowPhase"/>: names, in order.</summary>
internal sealed class SlowRecovery
{
    private readonly AnswerCase _asked;
    private readonly DependencyGraph _graph;
    private readonly Dependency[] _binding;
    private readonly Dictionary<int, int> _places;
    private readonly FileState[] _came;
    private readonly HashSet<int> _assumed;
    private readonly Plan? _plan;

    public SlowRecovery(AnswerCase asked, DependencyGraph graph, Dependency[] binding, Plan? plan)
    {
        _asked = asked;
        _graph = graph;
        _binding = binding;
        _plan = plan;
        _places = Places(asked.Set, plan);
        _came = [.. Enumerable.Range(0, graph.ObjectCount).Select(id => asked.State[new ObjectId(id)])];
        _assumed = Assumed(asked, graph);
    }

    private IEnumerable<int> All => Enumerable.Range(0, _graph.ObjectCount);

    /// <summary>The objects that are said to be quiet: a file with what it carries, all of a session.
    /// </summary>
    public static HashSet<int> Assumed(AnswerCase asked, DependencyGraph graph)
    {
        return [.. Enumerable.Range(0, graph.ObjectCount).Where(IsAssumed)];

        bool IsAssumed(int id) => asked.Options.AssumeQuiet.Any(end => end.IsSession
            ? graph.SessionOf(new ObjectId(id)) == end.SessionId
            : end.ObjectId.Index == id || graph[new ObjectId(id)].Carrier == end.ObjectId);
    }

    /// <summary>From the plan; from the kernel's whole list of a session where there is no plan.</summary>
    public static Dictionary<int, int> Places(SessionSet set, Plan? plan)
    {
        Dictionary<int, int> places = [];
        for (int session = 0; session < set.Sessions.Length; session++)
        {
            ObjectId[] listed = [.. set.Sessions[session].Preserved];
            int count = set.Objects.Count(each => each.Session == new SessionId(session));
            for (int place = 0; place < listed.Length && listed.Length == count; place++)
            {
                places[listed[place].Index] = place;
            }
        }

        foreach ((int id, int step) in Ids(set, plan, Phase.Preserve).Select(static (id, step) => (id, step)))
        {
            places[id] = step;
        }

        return places;
    }

    /// <summary>The waits that no dependency makes: each file of a row for the one before it.</summary>
    public IEnumerable<Dependency> Links =>
        from phase in Phases.All.ToArray()
        where IsChained(_asked.Kernels[phase])
        from link in new SlowPhase(_graph, _asked.Kernels[phase], _binding, _places, isChained: true).Chain
        let isNeededFirst = phase == Phase.Retrieve
        select new Dependency(
            new ObjectId(isNeededFirst ? link.Waiter : link.Awaited),
            new ObjectId(isNeededFirst ? link.Awaited : link.Waiter),
            PhaseSet.Of(phase),
            DependencyStrength.Hard,
            1,
            default);

    /// <summary>New kernel: what can be retrieved. What is retrieved counts as that afterwards.</summary>
    public List<string> Retrieve()
    {
        PhaseRule rule = _asked.Kernels[Phase.Retrieve];
        SlowPhase phase = new(_graph, rule, _binding, _places, IsChained(rule))
        {
            Waits = id => _came[id] == FileState.Untouched,
            IsSatisfied = id => _came[id] is FileState.Retrieved or FileState.Finished,
        };
        List<int> acts = phase.TakeWhere(
            act => Members(phase, act).Any(IsUntouched)
                && !Members(phase, act).Any(id => _came[id] is FileState.Failed or FileState.Lost),
            Preferred(phase, Phase.Retrieve));
        int[] back =
        [
            .. acts.SelectMany(act => Members(phase, act)
                .OrderBy(id => rule.ReadsPreserveOrder ? phase.PlaceOf(id) ?? 0 : 0)).Where(IsUntouched),
        ];
        Array.ForEach(back, id => _came[id] = FileState.Retrieved);
        return [.. back.Where(id => phase.Unit == StepUnit.Object || IsFile(id)).Select(Name)];
    }

    /// <summary>New kernel: what can be finished after that.</summary>
    public List<string> Finish()
    {
        PhaseRule rule = _asked.Kernels[Phase.Finish];
        SlowPhase phase = new(_graph, rule, _binding, _places, IsChained(rule))
        {
            Waits = id => !IsFinished(id),
            IsSatisfied = IsQuiet,
            IsNeverInside = id => _came[id] != FileState.Retrieved,
        };
        int[] sessions =
        [
            .. Enumerable.Range(0, _graph.SessionCount).Where(session =>
                _asked.State[new SessionId(session)] is SessionState.Held or SessionState.Retrieved),
        ];
        HashSet<int> refused =
        [
            .. All.Where(id => IsFile(id) && sessions.Contains(SessionOf(id))
                && _asked.Kernels.Next.FinishDemandsRetrieved.Contains(_graph[new ObjectId(id)].Kind)
                && _came[id] is FileState.Untouched or FileState.Failed),
        ];
        bool IsHeldUp(int session) =>
            All.Any(id => SessionOf(id) == session && (IsUntouched(id) || refused.Contains(id)));
        List<int> acts = phase.TakeWhere(
            act => phase.Unit switch
            {
                StepUnit.Everything => act == 0 && sessions.Length > 0 && !sessions.Any(IsHeldUp),
                StepUnit.Session => sessions.Contains(act) && !IsHeldUp(act),
                _ => act < _came.Length && !IsFinished(act) && phase.ActOf(act) == act
                    && _came[act] is FileState.Retrieved or FileState.Failed
                    && !refused.Contains(_graph.FileOf(new ObjectId(act))!.Value.Index),
            },
            []);
        return NamesOf(acts, phase.Unit, sessions);
    }

    /// <summary>Old kernel: what to close, in order.</summary>
    public List<string> Close()
    {
        PhaseRule rule = _asked.Kernels[Phase.Unpreserve];
        bool IsListed(int id) => IsOpen(id) && !IsUntouched(id);
        SlowPhase phase = new(_graph, rule, _binding, _places, IsChained(rule))
        {
            Waits = IsListed,
            IsSatisfied = id => !IsListed(id),
        };
        int[] open =
        [
            .. Enumerable.Range(0, _graph.SessionCount)
                .Where(session => _asked.State[new SessionId(session)] == SessionState.Open),
        ];
        List<int> acts = phase.TakeWhere(
            act => phase.Unit switch
            {
                StepUnit.Everything => act == 0 && open.Length > 0,
                StepUnit.Session => open.Contains(act),
                _ => act < _came.Length && phase.ActOf(act) == act && IsListed(act),
            },
            []);
        return NamesOf(acts, phase.Unit, open);
    }

    /// <summary>Old kernel: what can be preserved. It counts as preserved afterwards.</summary>
    public List<string> Preserve()
    {
        if (_came.Contains(FileState.Frozen))
        {
            return [];
        }

        bool IsWanted(int id) => IsOpen(id) && IsUntouched(id);
        bool readsOrder = Phases.All.ToArray().Any(phase => _asked.Kernels[phase].ReadsPreserveOrder);
        PhaseRule rule = _asked.Kernels[Phase.Preserve];
        SlowPhase phase = new(_graph, rule, _binding, _places, readsOrder)
        {
            Waits = IsWanted,
            IsSatisfied = IsPreserved,
        };

        // The kernel's list only grows at its end: what has a listed file after it comes too late.
        bool IsTooLate(int file) => phase.Chain.Any(link => link.Awaited == file
            && (!IsUntouched(link.Waiter) || IsTooLate(link.Waiter)));
        List<int> acts = phase.TakeWhere(
            act => act < _came.Length && phase.ActOf(act) == act && IsWanted(act)
                && !IsTooLate(_graph.FileOf(new ObjectId(act))!.Value.Index),
            Preferred(phase, Phase.Preserve));
        foreach (int id in acts.SelectMany(act => Members(phase, act)).ToArray())
        {
            _came[id] = FileState.Preserved;
        }

        return [.. acts.Select(Name)];
    }

    /// <summary>Old kernel: which sessions can go through a kexec after that.</summary>
    public List<string> Again()
    {
        if (_came.Contains(FileState.Frozen))
        {
            return [];
        }

        SlowPhase phase = new(_graph, _asked.Kernels[Phase.Retrieve], _binding, _places, isChained: false)
        {
            Waits = IsPreserved,
        };
        List<int> acts = phase.TakeWhere(
            act => Members(phase, act).Any() && Members(phase, act).All(IsPreserved), []);
        return
        [
            .. Enumerable.Range(0, _graph.SessionCount)
                .Where(session => _asked.State[new SessionId(session)] == SessionState.Open
                    && All.Where(id => SessionOf(id) == session).All(id => acts.Contains(phase.ActOf(id))))
                .Select(session => _asked.Set.NameOf(new SessionId(session))),
        ];
    }

    private static IEnumerable<int> Ids(SessionSet set, Plan? plan, Phase phase)
    {
        foreach (PlanStep step in plan?[phase] ?? Enumerable.Empty<PlanStep>())
        {
            if (set.TryFind(step.ObjectName ?? "", out ObjectId id))
            {
                yield return id.Index;
            }
        }
    }

    private static bool IsChained(PhaseRule rule) => rule.ReadsPreserveOrder && rule.Between.IsInterleaved;

    private IEnumerable<int> Preferred(SlowPhase phase, Phase named) =>
        phase.Unit is StepUnit.Session or StepUnit.Everything && _asked.Kernels[named].Unit != StepUnit.File
            ? []
            : Ids(_asked.Set, _plan, named).Select(phase.ActOf).Where(act => act >= 0);

    private IEnumerable<int> Members(SlowPhase phase, int act) => All.Where(id => phase.ActOf(id) == act);

    private List<string> NamesOf(List<int> acts, StepUnit unit, int[] sessions)
    {
        return unit switch
        {
            StepUnit.Everything => acts.Count > 0 ? [.. sessions.Select(SessionName)] : [],
            StepUnit.Session => [.. acts.Select(SessionName)],
            _ => [.. acts.Select(Name)],
        };

        string SessionName(int session) => _asked.Set.NameOf((DependencyEnd)new SessionId(session));
    }

    private string Name(int id) => _asked.Set.NameOf(new ObjectId(id));

    private bool IsFile(int id) => _graph.Set.Objects[id].IsFile;

    private int SessionOf(int id) => _graph.SessionOf(new ObjectId(id))?.Index ?? -1;

    private bool IsUntouched(int id) => _came[id] == FileState.Untouched;

    private bool IsPreserved(int id) => _came[id] is FileState.Preserved or FileState.Unfrozen;

    private bool IsOpen(int id) =>
        SessionOf(id) is var session and >= 0 && _asked.State[new SessionId(session)] == SessionState.Open;

    private bool IsFinished(int id) => _came[id] == FileState.Finished
        || (SessionOf(id) is var session and >= 0
            && _asked.State[new SessionId(session)] == SessionState.Finished);

    private bool IsQuiet(int id)
    {
        bool mayWrite = All.Any(other =>
            (other == id || _graph[new ObjectId(other)].Carrier == new ObjectId(id))
            && (_graph[new ObjectId(other)].Kind.IsCustom || _graph[new ObjectId(other)].Kind.Name
                is "iommufd" or "ioas" or "hwpt" or "hwpt-nested" or "iommu_domain" or "viommu" or "vdevice"
                or "vfio-device"));
        return IsFinished(id) || _assumed.Contains(id) || (_came[id] != FileState.Retrieved && !mayWrite);
    }
}
