using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>What can still be retrieved and finished after the jump.</summary>
internal sealed class NewKernelRecovery
{
    private readonly DependencyGraph _graph;
    private readonly KernelPair _kernels;
    private readonly HostState _state;
    private readonly PreserveOrderSource _source;
    private readonly RecoveryOptions _options;
    private readonly HostLists _lists;
    private readonly Quietness _quiet;
    private readonly FileState[] _came;

    public NewKernelRecovery(
        DependencyGraph graph,
        KernelPair kernels,
        HostState state,
        PreserveOrderSource source,
        RecoveryOptions options)
    {
        _graph = graph;
        _kernels = kernels;
        _state = state;
        _source = source;
        _options = options;
        _lists = new HostLists(graph);
        _quiet = new Quietness(graph, options.AssumeQuiet.AsSpan());
        _came = new FileState[graph.ObjectCount];
        for (int i = 0; i < _came.Length; i++)
        {
            _came[i] = state[new ObjectId(i)];
        }
    }

    public Recovery Find(DiagnosticList diagnostics)
    {
        Quietness seen = new(_graph, []);
        AssumedQuiet.Say(
            _graph,
            _lists,
            _options.AssumeQuiet.AsSpan(),
            id => seen.IsQuiet(id, IsFinished(new ObjectId(id)), _came[id] == FileState.Retrieved),
            diagnostics);
        Recovery recovery = Retrieve(new Recovery(_kernels.ModelName, _state));
        recovery = Finish(recovery, diagnostics);
        recovery = recovery with
        {
            Broken = new BrokenDependencies(
                _graph,
                _source.Binding,
                new TakingUnits(_graph, _kernels[Phase.Finish]),
                id => !IsQuiet(id),
                IsGone).Find(),
            Lost = [.. _lists.Files.Where(file => _came[file.Index] is FileState.Failed or FileState.Lost)],
        };
        return recovery with
        {
            IsWhole = recovery.Pinned.IsEmpty && recovery.Blocked.IsEmpty && recovery.Broken.IsEmpty
                && recovery.Lost.IsEmpty,
        };
    }

    private Recovery Retrieve(Recovery recovery)
    {
        PhaseRule rule = _kernels[Phase.Retrieve];
        WaitRelation relation = Relation(rule);
        TakingUnits units = new(_graph, rule);
        TakingFacts facts = new(_graph, rule, _source.Positions, PlannedActs(rule, units));
        for (int i = 0; i < _graph.ObjectCount; i++)
        {
            ObjectId id = new(i);
            bool isThere = _came[i] is FileState.Retrieved or FileState.Finished;
            facts.Set(id, _came[i] == FileState.Untouched, isThere, neverInside: false);
        }

        for (int act = 0; act < facts.ActCount; act++)
        {
            facts.SetAct(act, CanBeRetrieved(facts.MembersOf(act)));
        }

        TakingOrder order = new(relation, facts);
        ImmutableArray<ObjectId>.Builder retrieved = ImmutableArray.CreateBuilder<ObjectId>();
        foreach (int act in order.Taken)
        {
            foreach (int member in InOrder(facts.MembersOf(act).ToArray(), rule))
            {
                if (_came[member] == FileState.Untouched)
                {
                    _came[member] = FileState.Retrieved;
                    if (units.MovesObjects || _graph[new ObjectId(member)].IsFile)
                    {
                        retrieved.Add(new ObjectId(member));
                    }
                }
            }
        }

        UnmetDependencies unmet = new(relation, order, units, Phase.Retrieve);
        return recovery with
        {
            Retrieve = retrieved.ToImmutable(),
            Blocked =
            [
                .. _lists.Files
                    .Where(file => _lists.ObjectsIn(file).Exists(IsUntouched))
                    .Select(file => new BlockedFile(
                        file, unmet.Of(_lists.ObjectsIn(file).Where(IsUntouched)), [])),
            ],
        };
    }

    private Recovery Finish(Recovery recovery, DiagnosticList diagnostics)
    {
        PhaseRule rule = _kernels[Phase.Finish];
        WaitRelation relation = Relation(rule);
        TakingFacts facts = new(_graph, rule, _source.Positions, null);
        for (int i = 0; i < _graph.ObjectCount; i++)
        {
            ObjectId id = new(i);
            bool isRetrieved = _came[i] == FileState.Retrieved;
            facts.Set(id, waits: !IsFinished(id), isSatisfied: IsQuiet(id), neverInside: !isRetrieved);
        }

        ImmutableArray<ObjectId>[] busy = Busy(diagnostics);
        SetActs(facts, busy);
        TakingOrder order = new(relation, facts);
        UnmetDependencies unmet = new(relation, order, facts.Units, Phase.Finish);
        ImmutableArray<PinnedSession> pinned =
        [
            .. _lists.Sessions
                .Where(session => IsUnfinished(session) && IsHeldUp(session, facts, order))
                .Select(session => Pinned(session, facts, order, unmet, busy[session.Index])),
        ];
        ImmutableArray<DependencyEnd> finish = [.. order.Taken.SelectMany(act => Told(act, facts))];
        recovery = recovery with
        {
            Finish = finish,
            Pinned = pinned,
            Sessions = SessionsToRetrieve(recovery.Retrieve, finish, rule),
        };
        return recovery with
        {
            DoNot = ForbiddenActs.InNewKernel(_lists, _state, pinned, session =>
                facts.Units.TakesSessions && order.WasFree(facts.Units.Of(session))),
        };
    }

    private WaitRelation Relation(PhaseRule rule)
    {
        bool isChained = rule.ReadsPreserveOrder && rule.Between.IsInterleaved;
        return new WaitRelation(
            _graph, _source.Binding, rule, isChained ? _source.Positions.Chains(rule) : []);
    }

    private bool IsFinished(ObjectId id) => _came[id.Index] == FileState.Finished
        || (_graph.SessionOf(id) is { } session && _state[session] == SessionState.Finished);

    private bool IsQuiet(ObjectId id) =>
        _quiet.IsQuiet(id.Index, IsFinished(id), _came[id.Index] == FileState.Retrieved);

    // Whether the memory behind an object may be somebody else's by now: a memfd that could not be retrieved
    // gives its pages back at once (mm/memfd_luo.c), one that is not there never had them.
    private bool IsGone(DependencyEnd end) => end.IsSession
        ? _state[end.SessionId] == SessionState.Finished
        : IsFinished(end.ObjectId)
            || (_graph[end.ObjectId].Kind == ObjectKind.Memfd
                && _came[end.ObjectId.Index] is FileState.Failed or FileState.Lost);

    private bool IsUnfinished(SessionId session) =>
        _state[session] is SessionState.Held or SessionState.Retrieved;

    private bool CanBeRetrieved(ReadOnlySpan<int> members)
    {
        bool isAny = false;
        foreach (int member in members)
        {
            if (_came[member] is FileState.Failed or FileState.Lost)
            {
                return false;
            }

            isAny |= _came[member] == FileState.Untouched;
        }

        return isAny;
    }

    private void SetActs(TakingFacts facts, ImmutableArray<ObjectId>[] busy)
    {
        if (facts.Units.TakesSessions)
        {
            foreach (SessionId session in _lists.Sessions.Where(IsUnfinished))
            {
                facts.SetAct(facts.Units.Of(session), true);
            }

            foreach (SessionId session in _lists.Sessions.Where(IsUnfinished))
            {
                if (!busy[session.Index].IsEmpty || _lists.ObjectsOf(session).Exists(IsUntouched))
                {
                    facts.SetAct(facts.Units.Of(session), false);
                }
            }

            return;
        }

        HashSet<ObjectId> refused = [.. busy.SelectMany(each => each)];
        for (int i = 0; i < _graph.ObjectCount; i++)
        {
            ObjectId id = new(i);
            if (facts.ActOf(i) == i)
            {
                bool isThere = _came[i] is FileState.Retrieved or FileState.Failed && !IsFinished(id);
                facts.SetAct(i, isThere && !refused.Contains(_graph.FileOf(id)!.Value));
            }
        }
    }

    // Files for whose sake the next kernel refuses to finish their session.
    private ImmutableArray<ObjectId>[] Busy(DiagnosticList diagnostics)
    {
        ImmutableArray<ObjectId>[] busy = new ImmutableArray<ObjectId>[_graph.SessionCount];
        Array.Fill(busy, []);
        foreach (ObjectId file in _lists.Files)
        {
            SessionId session = _graph[file].Session!.Value;
            bool isDemanded = _kernels.Next.FinishDemandsRetrieved.Contains(_graph[file].Kind);
            if (isDemanded && IsUnfinished(session)
                && _came[file.Index] is FileState.Untouched or FileState.Failed)
            {
                busy[session.Index] = busy[session.Index].Add(file);
                diagnostics.Add(new Diagnostic(DiagnosticCode.FinishRefused, DiagnosticSeverity.Warning)
                {
                    Subjects = [_graph.Set.NameOf(file)],
                    Facts =
                    [
                        new("session", _graph.Set.NameOf(session)),
                        new("release", _kernels.Next.Release),
                        new("errno", "EBUSY"),
                    ],
                    Location = _graph[file].Location,
                });
            }
        }

        return busy;
    }

    private bool IsHeldUp(SessionId session, TakingFacts facts, TakingOrder order) =>
        facts.Units.TakesSessions
            ? !order.IsTaken(facts.Units.Of(session))
            : _lists.ObjectsOf(session).Exists(id =>
                facts.ActOf(id) == id && !IsFinished(new ObjectId(id)) && _came[id] != FileState.Lost
                && !order.IsTaken(id));

    private PinnedSession Pinned(
        SessionId session,
        TakingFacts facts,
        TakingOrder order,
        UnmetDependencies unmet,
        ImmutableArray<ObjectId> busy)
    {
        List<int> members = _lists.ObjectsOf(session).FindAll(
            id => facts.Waits(id) && !order.IsTaken(facts.ActOf(id)));
        return new PinnedSession(
            session,
            unmet.Of(members),
            [.. members.Where(IsUntouched).Select(id => new ObjectId(id)).Where(id => _graph[id].IsFile)],
            busy);
    }

    private bool IsUntouched(int id) => _came[id] == FileState.Untouched;

    private IEnumerable<DependencyEnd> Told(int act, TakingFacts facts) =>
        facts.Units.TakesEverything ? _lists.Sessions.Where(IsUnfinished).Select(DependencyEnd.Of)
        : facts.Units.TakesSessions ? [new SessionId(act)]
        : [new ObjectId(act)];

    private ImmutableArray<SessionId> SessionsToRetrieve(
        ImmutableArray<ObjectId> retrieved, ImmutableArray<DependencyEnd> finished, PhaseRule finish)
    {
        if (_kernels[Phase.Retrieve].Unit == StepUnit.Object && finish.Unit == StepUnit.Object)
        {
            return [];
        }

        List<SessionId> sessions = [.. retrieved.Select(id => _graph.SessionOf(id)!.Value)];
        sessions.AddRange(finished
            .Select(end => end.IsSession ? end.SessionId : _graph.SessionOf(end.ObjectId)!.Value)
            .OrderBy(session => session.Index));
        return [.. sessions.Where(session => _state[session] == SessionState.Held).Distinct()];
    }

    private int[]? PlannedActs(PhaseRule rule, TakingUnits units)
    {
        PhaseSteps? steps = _source.Plan?[Phase.Retrieve];
        if (steps is null || rule.Unit is StepUnit.Session or StepUnit.Everything)
        {
            return null;
        }

        List<int> acts = [];
        foreach (PlanStep step in steps)
        {
            if (_graph.Set.TryFind(step.ObjectName ?? "", out ObjectId id) && units.Of(id) >= 0)
            {
                acts.Add(units.Of(id));
            }
        }

        acts.AddRange(Enumerable.Range(0, units.Count));
        return [.. acts.Distinct()];
    }

    private IEnumerable<int> InOrder(int[] members, PhaseRule rule) => rule.ReadsPreserveOrder
        ? members.OrderBy(id => _source.Positions.Of(rule, new ObjectId(id)) ?? 0)
        : members;
}
