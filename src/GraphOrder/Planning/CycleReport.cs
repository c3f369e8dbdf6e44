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
    private readonly ActPlaces _acts;
    private readonly OrderLift _lift;
    private readonly OrderRules _rules;
    private readonly KernelPair _kernels;
    private readonly long _exactMax;
    private readonly List<Finding> _findings = [];
    private readonly HashSet<(Phase Phase, int Object)> _onObjectCycle = [];

    public CycleReport(PlanGround ground, OrderLift lift, ActPlaces acts, long exactMax)
    {
        _exactMax = exactMax;
        _graph = ground.Graph;
        _layout = ground.Layout;
        _acts = acts;
        _lift = lift;
        _kernels = lift.Kernels;
        _rules = new OrderRules(_graph, _layout, lift, ground.Phases);
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
            PhaseSet phases = Hindered(_layout, _kernels, alike, component);
            if (phases.IsEmpty)
            {
                continue;
            }

            Remember(phases, component);
            WalkArc[] walk = ShortestWalk.Find(
                relation, component, false, out bool isShortest, cancel, _exactMax);
            bool isReversed = !phases.First.NeededGoesFirst();
            WalkArc[] told = isReversed ? Reversed(walk) : walk;
            CycleTeller teller = new(_graph, _layout, _acts, CycleLevel.Objects, -1, told);
            CycleRule rule = isReversed ? CycleRule.NeedingFirst : CycleRule.NeededFirst;
            Add(DiagnosticCode.ObjectCycle, walk, phases, component.Length, isShortest, teller, _ => rule);
        }
    }

    /// <summary>Adds one walk per strong component of a named order.</summary>
    public void AddOrder(
        int order, PrecedenceGraph graph, List<int[]> components, CancellationToken cancel)
    {
        NamedOrder named = _lift.Orders[order];
        CycleLevel level = named.Unit switch
        {
            OrderUnit.Sessions => CycleLevel.Sessions,
            OrderUnit.Files => CycleLevel.Files,
            _ => CycleLevel.Movable,
        };
        // Phases that go through one circle in opposite directions tell the same walk.
        bool isReversed = _lift.Masks(false)[order].Forward.IsEmpty;
        foreach (int[] component in components)
        {
            if (level == CycleLevel.Movable && IsToldInObjects(order, named.Phase, component))
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
            CycleTeller teller = new(_graph, _layout, _acts, level, order, walk);
            int stepCount = Array.FindAll(component, graph.IsStep).Length;
            Add(
                code,
                walk,
                PhasesOf(order, walk),
                stepCount,
                isShortest,
                teller,
                arc => _rules.RuleOf(order, arc.Label));
        }
    }

    /// <summary>The diagnostics, one for each set of dependencies.</summary>
    public IEnumerable<Diagnostic> ToDiagnostics()
    {
        List<Finding> told = [];
        Dictionary<string, int> places = new(StringComparer.Ordinal);
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

        ImmutableArray<CyclePhase> rules = RulesOf(_kernels);
        foreach (Finding finding in told)
        {
            yield return finding.ToDiagnostic(_kernels.ModelName, rules);
        }
    }

    /// <summary>
    /// The phases that must take objects one after another. What moves together has no order.
    /// </summary>
    public static PhaseSet Hindered(
        FileLayout layout, KernelPair kernels, PhaseSet alike, int[] component)
    {
        PhaseSet hindered = PhaseSet.None;
        foreach (Phase phase in alike)
        {
            StepUnit unit = kernels[phase].Unit;
            bool isTogether = unit == StepUnit.Everything
                || (unit == StepUnit.Session && AreInOneSession(layout, component));
            hindered = isTogether ? hindered : hindered.With(phase);
        }

        return hindered;
    }

    private static bool AreInOneSession(FileLayout layout, int[] objects)
    {
        int session = layout.SessionOf(objects[0]);
        return session >= 0 && Array.TrueForAll(objects, id => layout.SessionOf(id) == session);
    }

    /// <summary>What each of the six phases does, in phase order.</summary>
    public static ImmutableArray<CyclePhase> RulesOf(KernelPair kernels)
    {
        ImmutableArray<CyclePhase>.Builder rules = ImmutableArray.CreateBuilder<CyclePhase>(Phases.Count);
        foreach (Phase phase in Phases.All)
        {
            PhaseRule rule = kernels[phase];
            LifecycleModel model = (phase.IsInNewKernel() ? kernels.Next : kernels.Old).Model;
            rules.Add(new CyclePhase(
                phase,
                model.Name,
                rule.Between.IsInterleaved ? null : rule.Between.Name,
                rule.IsBackward,
                rule.IsCalledBySession,
                rule.Unit == StepUnit.Session));
        }

        return rules.MoveToImmutable();
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

    private bool IsToldInObjects(int order, Phase phase, int[] component) => Array.Exists(
        component,
        step => _acts.TryFind(order, step, out ObjectId act) ? _onObjectCycle.Contains((phase, act.Index))
            : step < _layout.MovableCount
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
                DiagnosticCode.SessionCycle => StepsFact("sessions", teller),
                DiagnosticCode.FileCycle => StepsFact("files", teller),
                _ => null,
            }));
    }

    private static DiagnosticFact StepsFact(string name, CycleTeller teller) =>
        new(teller.HasActs() ? "steps" : name, teller.StepNames());

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
        PhaseSet common = PhaseSet.All;
        foreach (WalkArc arc in walk)
        {
            if (arc.Label.IsDependency)
            {
                together = together.With(arc.Label.Phase);
                common &= _rules.PhasesOf(order, arc.Label);
            }
        }

        return common.IsEmpty ? together : common;
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
        public Diagnostic ToDiagnostic(string model, ImmutableArray<CyclePhase> rules)
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
                Cycle = new DependencyCycle(model, Steps, Phases, IsShortest) { Rules = rules },
            };
        }
    }
}
