using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>What can be tried again, and what to close in which order, where the jump never came.</summary>
internal sealed class OldKernelRecovery
{
    private readonly DependencyGraph _graph;
    private readonly KernelPair _kernels;
    private readonly HostState _state;
    private readonly PreserveOrderSource _source;
    private readonly HostLists _lists;
    private readonly bool[] _isPreserved;

    public OldKernelRecovery(
        DependencyGraph graph, KernelPair kernels, HostState state, PreserveOrderSource source)
    {
        _graph = graph;
        _kernels = kernels;
        _state = state;
        _source = source;
        _lists = new HostLists(graph);
        _isPreserved = new bool[graph.ObjectCount];
        for (int i = 0; i < _isPreserved.Length; i++)
        {
            _isPreserved[i] = state[new ObjectId(i)] is FileState.Preserved or FileState.Unfrozen;
        }
    }

    public Recovery Find(DiagnosticList diagnostics)
    {
        ObjectId[] frozen = [.. _lists.Files.Where(file => _state[file] == FileState.Frozen)];
        if (frozen.Length > 0)
        {
            diagnostics.Add(new Diagnostic(DiagnosticCode.StillFrozen, DiagnosticSeverity.Warning)
            {
                Subjects = [.. frozen.Select(file => _graph.Set.NameOf(file))],
            });
        }

        Recovery recovery = Close(new Recovery(_kernels.ModelName, _state));

        // While a freeze goes on, calls on sessions wait for its end; what may be tried then is not known.
        recovery = frozen.Length > 0 ? recovery : Preserve(recovery);
        recovery = recovery with
        {
            Again = frozen.Length > 0 ? [] : Again(),
            Dead = [.. _lists.Files.Where(file => _state[file] == FileState.Dead)],
            DoNot = ForbiddenActs.InOldKernel(_lists, _state, recovery.Pinned),
        };
        return recovery with
        {
            IsWhole = recovery.Dead.IsEmpty && recovery.Pinned.IsEmpty && recovery.Blocked.IsEmpty
                && recovery.Again.Length == _lists.Sessions.Length,
        };
    }

    // Dead and frozen files are in the kernel's lists like all others.
    private Recovery Close(Recovery recovery)
    {
        PhaseRule rule = _kernels[Phase.Unpreserve];
        bool isChained = rule.ReadsPreserveOrder && rule.Between.IsInterleaved;
        WaitRelation relation = new(
            _graph, _source.Binding, rule, isChained ? _source.Positions.Chains(rule) : []);
        TakingFacts facts = new(_graph, rule, _source.Positions, null);
        for (int i = 0; i < _graph.ObjectCount; i++)
        {
            ObjectId id = new(i);
            bool isListed = IsListed(id);
            facts.Set(id, isListed, !isListed, neverInside: false);
            if (!facts.Units.TakesSessions && facts.ActOf(i) == i)
            {
                facts.SetAct(i, isListed);
            }
        }

        SessionId[] open = [.. _lists.Sessions.Where(session => _state[session] == SessionState.Open)];
        if (facts.Units.TakesSessions)
        {
            Array.ForEach(open, session => facts.SetAct(facts.Units.Of(session), true));
        }

        TakingOrder order = new(relation, facts);
        UnmetDependencies unmet = new(relation, order, facts.Units, Phase.Unpreserve);
        return recovery with
        {
            Close =
            [
                .. order.Taken.SelectMany(act => facts.Units.TakesEverything
                    ? open.Select(DependencyEnd.Of)
                    : facts.Units.TakesSessions ? [new SessionId(act)] : [new ObjectId(act)]),
            ],
            Pinned =
            [
                .. open.Select(session => new PinnedSession(
                    session,
                    unmet.Of(_lists.ObjectsOf(session).Where(
                        id => facts.Waits(id) && !order.IsTaken(facts.ActOf(id)))),
                    [],
                    [])).Where(pin => !pin.By.IsEmpty),
            ],
        };
    }

    private bool IsListed(ObjectId id) =>
        _graph.SessionOf(id) is { } session && _state[session] == SessionState.Open
        && _state[id] != FileState.Untouched;

    private Recovery Preserve(Recovery recovery)
    {
        PhaseRule rule = _kernels[Phase.Preserve];
        (int Waiter, int Awaited)[] chains = ReadsPreserveOrder ? [.. _source.Positions.Chains(rule)] : [];
        WaitRelation relation = new(_graph, _source.Binding, rule, chains);
        TakingFacts facts = new(_graph, rule, _source.Positions, PlannedActs(rule));
        Dictionary<int, ObjectId> tooEarly = TooEarly(chains);
        for (int i = 0; i < _graph.ObjectCount; i++)
        {
            ObjectId id = new(i);
            bool isWanted = IsWanted(id);
            facts.Set(id, isWanted, _isPreserved[i], neverInside: false);
            if (facts.ActOf(i) == i)
            {
                facts.SetAct(i, isWanted && !tooEarly.ContainsKey(i));
            }
        }

        TakingOrder order = new(relation, facts);
        ImmutableArray<ObjectId>.Builder preserve = ImmutableArray.CreateBuilder<ObjectId>();
        foreach (int act in order.Taken)
        {
            preserve.Add(new ObjectId(act));
            foreach (int member in facts.MembersOf(act))
            {
                _isPreserved[member] = true;
            }
        }

        UnmetDependencies unmet = new(relation, order, facts.Units, Phase.Preserve);
        Dictionary<int, int> behind = [];
        foreach ((int waiter, int awaited) in chains)
        {
            behind[waiter] = awaited;
        }

        return recovery with
        {
            Preserve = preserve.ToImmutable(),
            Blocked =
            [
                .. _lists.Files
                    .Where(file => _lists.ObjectsIn(file).Exists(id => IsWanted(file) && !_isPreserved[id]))
                    .Select(file => Blocked(file, unmet, behind, tooEarly)),
            ],
        };
    }

    private BlockedFile Blocked(
        ObjectId file,
        UnmetDependencies unmet,
        Dictionary<int, int> behind,
        Dictionary<int, ObjectId> tooEarly)
    {
        List<ObjectId> others = [];
        if (tooEarly.TryGetValue(file.Index, out ObjectId early))
        {
            others.Add(early);
        }

        if (behind.TryGetValue(file.Index, out int earlier) && !_isPreserved[earlier])
        {
            others.Add(new ObjectId(earlier));
        }

        // What the plan has before it is told as such, not as something that it needs.
        HashSet<DependencyEnd> told = [.. others.Select(DependencyEnd.Of)];
        ImmutableArray<UnmetDependency> by =
            unmet.Of(_lists.ObjectsIn(file).Where(id => !_isPreserved[id]));
        return new BlockedFile(file, [.. by.Where(each => !told.Contains(each.On))], [.. others]);
    }

    private bool IsWanted(ObjectId id) =>
        _graph.SessionOf(id) is { } session && _state[session] == SessionState.Open
        && _state[id] == FileState.Untouched;

    private bool ReadsPreserveOrder
    {
        get
        {
            foreach (Phase phase in Phases.All)
            {
                if (_kernels[phase].ReadsPreserveOrder)
                {
                    return true;
                }
            }

            return false;
        }
    }

    // For each file that is not preserved the next one of its session's order that is: too early.
    private Dictionary<int, ObjectId> TooEarly((int Waiter, int Awaited)[] chains)
    {
        Dictionary<int, ObjectId> tooEarly = [];
        for (int i = chains.Length - 1; i >= 0; i--)
        {
            (int later, int earlier) = chains[i];
            if (_state[new ObjectId(later)] != FileState.Untouched)
            {
                tooEarly[earlier] = new ObjectId(later);
            }
            else if (tooEarly.TryGetValue(later, out ObjectId found))
            {
                tooEarly[earlier] = found;
            }
        }

        return tooEarly;
    }

    private int[]? PlannedActs(PhaseRule rule)
    {
        if (_source.Plan is not { } plan)
        {
            return null;
        }

        TakingUnits units = new(_graph, rule);
        List<int> acts = [];
        foreach (PlanStep step in plan[Phase.Preserve])
        {
            if (_graph.Set.TryFind(step.ObjectName ?? "", out ObjectId id) && units.Of(id) >= 0)
            {
                acts.Add(units.Of(id));
            }
        }

        acts.AddRange(Enumerable.Range(0, units.Count));
        return [.. acts.Distinct()];
    }

    // The sessions of which every file could be retrieved from what the old kernel has by then.
    private ImmutableArray<SessionId> Again()
    {
        PhaseRule rule = _kernels[Phase.Retrieve];
        TakingFacts facts = new(_graph, rule, _source.Positions, null);
        for (int i = 0; i < _graph.ObjectCount; i++)
        {
            ObjectId id = new(i);
            facts.Set(id, _isPreserved[i], isSatisfied: false, neverInside: false);
        }

        for (int act = 0; act < facts.ActCount; act++)
        {
            bool areAll = true;
            foreach (int member in facts.MembersOf(act))
            {
                areAll &= _isPreserved[member];
            }

            facts.SetAct(act, areAll);
        }

        TakingOrder order = new(new WaitRelation(_graph, _source.Binding, rule, []), facts);
        return
        [
            .. _lists.Sessions.Where(session => _state[session] == SessionState.Open
                && _lists.ObjectsOf(session).TrueForAll(id => order.IsTaken(facts.ActOf(id)))),
        ];
    }
}
