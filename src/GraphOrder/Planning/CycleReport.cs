using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Collects the closed walks of all levels and turns them into diagnostics: objects, files and sessions
/// told apart, each told in objects, and the same dependencies told once with all phases in which they are
/// cyclic.
/// </summary>
internal sealed class CycleReport
{
    private readonly DependencyGraph _graph;
    private readonly FileLayout _layout;
    private readonly OrderLift _lift;
    private readonly PhaseSet[] _phases;
    private readonly KernelPair _kernels;
    private readonly long _exactMax;
    private readonly List<Finding> _findings = [];
    private readonly HashSet<(Phase Phase, int Object)> _onObjectCycle = [];

    public CycleReport(
        DependencyGraph graph,
        FileLayout layout,
        OrderLift lift,
        PhaseSet[] phases,
        KernelPair kernels,
        long exactMax)
    {
        _exactMax = exactMax;
        _graph = graph;
        _layout = layout;
        _lift = lift;
        _phases = phases;
        _kernels = kernels;
    }

    /// <summary>
    /// Adds one walk per strong component of a phase's relation between objects, where a phase stumbles
    /// over it.
    /// </summary>
    public void AddObjects(
        PhaseSet alike, PrecedenceGraph relation, List<int[]> components, CancellationToken cancel)
    {
        foreach (int[] component in components)
        {
            PhaseSet phases = Hindered(alike, component);
            if (phases.IsEmpty)
            {
                continue;
            }

            Remember(phases, component);
            WalkArc[] walk = ShortestWalk.Find(
                relation, component, false, out bool isShortest, cancel, _exactMax);
            bool isReversed = !phases.First.NeededGoesFirst();
            CycleTeller teller = new(_graph, _layout, CycleLevel.Objects, isReversed ? Reversed(walk) : walk);
            CycleRule rule = isReversed ? CycleRule.NeedingFirst : CycleRule.NeededFirst;
            Add(DiagnosticCode.ObjectCycle, walk, phases, component.Length, isShortest, teller, _ => rule);
        }
    }

    /// <summary>Adds one walk per strong component of a named order.</summary>
    public void AddOrder(
        int order, PrecedenceGraph graph, List<int[]> components, CancellationToken cancel)
    {
        NamedOrder named = _lift.Orders[order];
        bool isOfSessions = named.Unit == OrderUnit.Sessions;
        CycleLevel level = named.Unit switch
        {
            OrderUnit.Sessions => CycleLevel.Sessions,
            OrderUnit.Files => CycleLevel.Files,
            _ => CycleLevel.Movable,
        };
        PhaseSet backward = _lift.PhasesOf(order, false, isInsideSession: false);
        PhaseSet forward = _lift.PhasesOf(order, true, isInsideSession: false);
        bool isReversed = isOfSessions && forward.IsEmpty && !backward.IsEmpty;
        foreach (int[] component in components)
        {
            if (level == CycleLevel.Movable && IsToldInObjects(named.Phase, component))
            {
                continue;
            }

            WalkArc[] walk = ShortestWalk.Find(
                graph, component, isReversed, out bool isShortest, cancel, _exactMax);
            bool isFixed = Array.Exists(walk, static arc => arc.Label.IsFixed);
            DiagnosticCode code = isFixed ? DiagnosticCode.BeginningContradicted
                : level switch
                {
                    CycleLevel.Sessions => DiagnosticCode.SessionCycle,
                    CycleLevel.Files => DiagnosticCode.FileCycle,
                    _ => DiagnosticCode.ObjectCycle,
                };
            CycleTeller teller = new(_graph, _layout, level, walk);
            int stepCount = Array.FindAll(component, graph.IsStep).Length;
            Add(code, walk, PhasesOf(order, walk), stepCount, isShortest, teller, arc => RuleOf(order, arc));
        }
    }

    /// <summary>The diagnostics, one for each set of dependencies.</summary>
    public IEnumerable<Diagnostic> ToDiagnostics()
    {
        List<Finding> told = [];
        Dictionary<string, int> places = [];
        foreach (Finding finding in _findings)
        {
            if (places.TryAdd(finding.Key, told.Count))
            {
                told.Add(finding);
                continue;
            }

            int same = places[finding.Key];

            // A cycle of sessions is told in finish, where its danger lies; any other in its first phase.
            PhaseSet phases = told[same].Phases | finding.Phases;
            bool isGraver = finding.Code == DiagnosticCode.SessionCycle
                && told[same].Code == DiagnosticCode.SessionCycle
                && finding.Phases.Contains(Phase.Finish);
            told[same] = (isGraver ? finding : told[same]) with { Phases = phases };
        }

        foreach (Finding finding in told)
        {
            yield return finding.ToDiagnostic(_kernels.ModelName);
        }
    }

    // The phases that must take these objects one after another. What moves together has no order.
    private PhaseSet Hindered(PhaseSet alike, int[] component)
    {
        PhaseSet hindered = PhaseSet.None;
        foreach (Phase phase in alike)
        {
            StepUnit unit = _kernels[phase].Unit;
            bool isTogether = unit == StepUnit.Everything
                || (unit == StepUnit.Session && AreInOneSession(component));
            hindered = isTogether ? hindered : hindered.With(phase);
        }

        return hindered;
    }

    private bool AreInOneSession(int[] objects)
    {
        int session = _layout.SessionOf(objects[0]);
        return session >= 0 && Array.TrueForAll(objects, id => _layout.SessionOf(id) == session);
    }

    private void Remember(PhaseSet phases, int[] component)
    {
        foreach (Phase phase in phases)
        {
            if (_kernels[phase].Unit == StepUnit.Object)
            {
                foreach (int id in component)
                {
                    _onObjectCycle.Add((phase, id));
                }
            }
        }
    }

    private bool IsToldInObjects(Phase phase, int[] component) => Array.Exists(
        component,
        step => step < _layout.Movable.Length
            && _onObjectCycle.Contains((phase, _layout.Movable[step].Index)));

    private static WalkArc[] Reversed(WalkArc[] walk)
    {
        WalkArc[] reversed = new WalkArc[walk.Length];
        for (int i = 0; i < walk.Length; i++)
        {
            WalkArc arc = walk[walk.Length - 1 - i];
            ArcLabel label = ArcLabel.Of(arc.Label.Dependency, arc.Label.Phase, !arc.Label.IsForward);
            reversed[i] = new WalkArc(arc.Then, arc.First, label);
        }

        return reversed;
    }

    private void Add(
        DiagnosticCode code,
        WalkArc[] walk,
        PhaseSet phases,
        int count,
        bool isShortest,
        CycleTeller teller,
        Func<WalkArc, CycleRule> ruleOf)
    {
        _findings.Add(new Finding(
            code,
            KeyOf(walk),
            phases,
            count,
            isShortest,
            teller.Tell(ruleOf),
            code switch
            {
                DiagnosticCode.BeginningContradicted =>
                    new DiagnosticFact("sessions", teller.SessionsWithBeginning()),
                DiagnosticCode.SessionCycle => new DiagnosticFact("sessions", teller.StepNames()),
                DiagnosticCode.FileCycle => new DiagnosticFact("files", teller.StepNames()),
                _ => null,
            }));
    }

    // Equal for walks over the same pairs, whichever way round and in whichever phases.
    private string KeyOf(WalkArc[] walk)
    {
        List<string> pairs = [];
        foreach (WalkArc arc in walk)
        {
            Dependency? dependency =
                arc.Label.IsDependency ? _graph.Dependencies[arc.Label.Dependency] : null;
            pairs.Add(
                dependency is { } told ? $"{told.Dependent}>{told.On}" : arc.Label.IsFixed ? "fixed" : "");
        }

        pairs.Sort(StringComparer.Ordinal);
        return string.Join(' ', pairs);
    }

    // The phases in which every dependency of the walk is cyclic by itself; where no single phase says it
    // all, the phases that say it together.
    private PhaseSet PhasesOf(int order, WalkArc[] walk)
    {
        PhaseSet together = PhaseSet.None;
        PhaseSet common = _lift.PhasesOf(order);
        foreach (WalkArc arc in walk)
        {
            if (arc.Label.IsDependency)
            {
                together = together.With(arc.Label.Phase);
                common &= PhasesOf(order, arc);
            }
        }

        return common.IsEmpty ? together : common;
    }

    // The phases in which the arc's dependency puts the same end first as the arc does.
    private PhaseSet PhasesOf(int order, WalkArc arc)
    {
        Dependency dependency = _graph.Dependencies[arc.Label.Dependency];
        PhaseSet own = _phases[arc.Label.Dependency];
        PhaseSet alike = PhaseSet.None;
        bool isInside = _lift.Orders[order].Unit != OrderUnit.Sessions && AreInOneSession(dependency);
        foreach (Phase phase in own)
        {
            OrderUse use = new(order, arc.Label.IsForward);
            bool isAlike = phase == arc.Label.Phase || _lift.Of(phase, isInside) == use;
            alike = isAlike ? alike.With(phase) : alike;
        }

        return alike;
    }

    private bool AreInOneSession(Dependency dependency) =>
        !dependency.Dependent.IsSession
        && !dependency.On.IsSession
        && _layout.SessionOf(dependency.Dependent.ObjectId.Index)
            == _layout.SessionOf(dependency.On.ObjectId.Index);

    private CycleRule RuleOf(int order, WalkArc arc)
    {
        if (arc.Label.IsFixed)
        {
            return CycleRule.FixedBeginning;
        }

        Phase phase = arc.Label.Phase;
        if (_lift.Orders[order].Unit == OrderUnit.Sessions)
        {
            return CycleRule.SessionBySession;
        }

        return _kernels[phase].Inside switch
        {
            InsideSession.PreserveForward => CycleRule.PreserveOrder,
            InsideSession.PreserveBackward => CycleRule.ReversePreserveOrder,
            _ => phase.NeededGoesFirst() ? CycleRule.NeededFirst : CycleRule.NeedingFirst,
        };
    }

    private sealed record Finding(
        DiagnosticCode Code,
        string Key,
        PhaseSet Phases,
        int Count,
        bool IsShortest,
        ImmutableArray<CycleStep> Steps,
        DiagnosticFact? Members)
    {
        public Diagnostic ToDiagnostic(string model)
        {
            HashSet<string> seen = [];
            List<string> subjects = [];
            foreach (CycleStep step in Steps)
            {
                foreach (string name in (ReadOnlySpan<string>)[step.First, step.Then])
                {
                    if (seen.Add(name))
                    {
                        subjects.Add(name);
                    }
                }
            }

            return new Diagnostic(Code, DiagnosticSeverity.Error)
            {
                Subjects = [.. subjects],
                Facts = Members is { } members
                    ? [new("count", Count), new("phase", Steps[0].Phase.Name()), members]
                    : [new("count", Count), new("phase", Steps[0].Phase.Name())],
                Location = Steps[0].Location,
                Cycle = new DependencyCycle(model, Steps, Phases, IsShortest),
            };
        }
    }
}
