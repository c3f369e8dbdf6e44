using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Says why one end goes before another in a phase: a shortest chain through the order that decides the
/// phase, or that nothing orders them, and the least change that would turn them round. Thread-safe.
/// </summary>
public static class OrderExplainer
{
    /// <summary>Explains.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="kernels">The two kernels of the update.</param>
    /// <param name="first">The end asked about first: an object, a session, or an act of the phase.</param>
    /// <param name="then">The other end.</param>
    /// <param name="phase">The phase.</param>
    /// <param name="cancellation">Checked between searches.</param>
    /// <exception cref="ArgumentException">
    /// Both ends are one, or one is an act of another phase or of one that takes none.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <remarks>
    /// O(V + E) time for objects, and for sessions where a phase takes these one after another. Elsewhere a
    /// session stands for each of its steps, at O(V + E) each. The counterfactual adds a minimum cut and a
    /// plan.
    /// </remarks>
    /// <example>
    /// <code>
    /// graph.Set.TryFindEnd("vm-01/ram", out DependencyEnd ram);
    /// graph.Set.TryFindEnd("session:vm-02", out DependencyEnd session);
    /// OrderExplanation why = OrderExplainer.Explain(graph, KernelPair.Linux73, session, ram, Phase.Finish);
    /// </code>
    /// </example>
    public static OrderExplanation Explain(
        DependencyGraph graph,
        KernelPair kernels,
        DependencyEnd first,
        DependencyEnd then,
        Phase phase,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(kernels);
        if (first == then)
        {
            throw new ArgumentException("Nothing goes before itself.", nameof(then));
        }

        ExplainedGraph explained = new(graph, kernels, cancellation);
        explained.DemandPhase(first, phase);
        explained.DemandPhase(then, phase);
        PlanResult planned = Replan(graph, kernels, cancellation);
        OrderExplanation found = new(
            graph.Set.NameOf(first),
            graph.Set.NameOf(then),
            kernels[phase],
            kernels.ModelName,
            OrderVerdict.Together)
        {
            Rules = CycleReport.RulesOf(kernels),
            HasKernelMoved = explained.IsKernelMoved(first) || explained.IsKernelMoved(then),
            FirstPlace = PlaceOf(explained, planned, phase, first),
            ThenPlace = PlaceOf(explained, planned, phase, then),
            Problems = [.. planned.Diagnostics.Where(static diagnostic => diagnostic.Cycle is not null)],
        };
        return MoverOf(explained, phase, first, then) is { } mover
            ? found with { MovesIn = mover }
            : Explain(explained, ArenaOf(explained, phase, first, then), first, then, found, cancellation);
    }

    private static OrderExplanation Explain(
        ExplainedGraph explained,
        PhaseArena arena,
        DependencyEnd first,
        DependencyEnd then,
        OrderExplanation found,
        CancellationToken cancellation)
    {
        int[] firsts = arena.VerticesOf(first);
        int[] thens = arena.VerticesOf(then);
        OrderedPairs forward = OrderedPairs.Of(arena, firsts, thens, cancellation);
        OrderedPairs backward = OrderedPairs.Of(arena, thens, firsts, cancellation);
        bool isOfObjects = arena.Level == CycleLevel.Objects && !first.IsSession && !then.IsSession;
        OrderVerdict verdict = (forward.Count, backward.Count) switch
        {
            (0, 0) => OrderVerdict.Free,
            ( > 0, > 0) => firsts.Length * thens.Length == 1
                ? OrderVerdict.Contradiction
                : OrderVerdict.Partly,
            ( > 0, 0) => forward.AreAll || isOfObjects ? OrderVerdict.First : OrderVerdict.Partly,
            _ => backward.AreAll || isOfObjects ? OrderVerdict.Then : OrderVerdict.Partly,
        };
        bool isTurned = forward.Count == 0;
        OrderedPairs told = isTurned ? backward : forward;
        bool hasAlternative = told.Count > 0 && backward.Count * forward.Count == 0 && found.Problems.IsEmpty;
        return found with
        {
            Verdict = verdict,
            IsTurned = isTurned && told.Count > 0,
            IsBySession = arena.Level == CycleLevel.Sessions,
            Chain = told.Shortest is { } walk ? arena.Tell(walk) : [],
            Counterfactual = hasAlternative
                ? Turn(explained, arena, isTurned ? then : first, isTurned ? first : then, cancellation)
                : null,
        };
    }

    // The file, session or everything that moves both ends at once; null where they move apart.
    private static string? MoverOf(
        ExplainedGraph explained, Phase phase, DependencyEnd first, DependencyEnd then)
    {
        SessionSet set = explained.Graph.Set;
        StepUnit unit = explained.Kernels[phase].Unit;
        if (unit == StepUnit.Everything)
        {
            return "everything";
        }

        if (explained.IsKernelMoved(first) || explained.IsKernelMoved(then))
        {
            return null;
        }

        // An act stands beside what moves, never in it.
        if (explained.IsAct(first) || explained.IsAct(then))
        {
            return null;
        }

        bool isOneSession = explained.SessionOf(first) == explained.SessionOf(then);
        if (isOneSession && (first.IsSession || then.IsSession || unit == StepUnit.Session))
        {
            return set.NameOf(DependencyEnd.Of(explained.SessionOf(first)!.Value));
        }

        return unit == StepUnit.File
            && !first.IsSession && !then.IsSession
            && explained.Graph.FileOf(first.ObjectId) is { } file
            && explained.Graph.FileOf(then.ObjectId) == file
            ? set.NameOf(file)
            : null;
    }

    private static PhaseArena ArenaOf(
        ExplainedGraph explained, Phase phase, DependencyEnd first, DependencyEnd then)
    {
        bool isInside = explained.SessionOf(first) == explained.SessionOf(then)
            && !explained.IsAct(first)
            && !explained.IsAct(then);
        return explained.IsKernelMoved(first) || explained.IsKernelMoved(then)
            ? explained.Relation(phase)
            : explained.Arena(phase, isInside)!;
    }

    private static PlanResult Replan(
        DependencyGraph graph, KernelPair kernels, CancellationToken cancellation) =>
        Planner.Plan(
            graph, kernels, new PlanOptions { DiagnosticCountMax = int.MaxValue }, cancellation);

    private static PlannedPlace? PlaceOf(
        ExplainedGraph explained, PlanResult planned, Phase phase, DependencyEnd end)
    {
        if (!planned.TryGetPlan(out Plan? plan) || explained.IsKernelMoved(end))
        {
            return null;
        }

        PhaseSteps steps = plan[phase];
        StepUnit unit = explained.Kernels[phase].Unit;
        bool isAct = explained.IsAct(end);
        int session = explained.SessionOf(end)?.Index ?? -1;
        int mover = end.IsSession ? -1
            : unit == StepUnit.File && !isAct ? explained.Graph.FileOf(end.ObjectId)!.Value.Index
            : end.ObjectId.Index;
        for (int step = 0; step < steps.Count; step++)
        {
            PlanRow row = steps.Rows[step];
            bool isOwn = isAct || row.IsAct ? row.Object == mover && row.IsAct : unit switch
            {
                StepUnit.Everything => true,
                StepUnit.Session => row.Session == session,
                _ => end.IsSession ? row.Session == session : row.Object == mover,
            };
            if (isOwn)
            {
                return new PlannedPlace(step, row.Wave);
            }
        }

        return null;
    }

    // Lets what must go last go first: the least of dependencies that keep it behind, and a plan without.
    private static Counterfactual Turn(
        ExplainedGraph explained,
        PhaseArena arena,
        DependencyEnd first,
        DependencyEnd then,
        CancellationToken cancellation)
    {
        DependencyGraph graph = explained.Graph;
        Int128 hard = 1;
        foreach (Dependency dependency in graph.Dependencies)
        {
            hard += dependency.Strength == DependencyStrength.Soft ? dependency.Weight : 0;
        }

        (DependencyEnd from, DependencyEnd to) = arena.IsBackward ? (then, first) : (first, then);
        List<ArcLabel>? arcs = MinimumCut.Find(
            arena.Graph, arena.VerticesOf(from), arena.VerticesOf(to), PriceOf, out Int128 bound);
        if (arcs is null)
        {
            return new Counterfactual([]) { IsExact = true };
        }

        SortedDictionary<int, PhaseSet> dropped = [];
        Int128 price = 0;
        foreach (ArcLabel arc in arcs)
        {
            bool isNew = !dropped.TryGetValue(arc.Dependency, out PhaseSet phases);
            price += isNew ? PriceOf(arc.Dependency) : 0;
            dropped[arc.Dependency] = phases | arena.PhasesOf(arc);
        }

        PlanResult without = Replan(
            Without(graph, dropped, arena.Phase, first, then), explained.Kernels, cancellation);
        return new Counterfactual([.. dropped.Select(entry => Told(graph, entry.Key, entry.Value))])
        {
            IsExact = price == bound,
            HardCountMin = (long)(bound / hard),
            IsVerified = !without.Diagnostics.Any(static found => found.Cycle is not null),
        };

        Int128 PriceOf(int dependency) => graph.Dependencies[dependency] is var found
            && found.Strength == DependencyStrength.Soft ? found.Weight : hard;
    }

    private static DroppedDependency Told(DependencyGraph graph, int dependency, PhaseSet phases)
    {
        Dependency found = graph.Dependencies[dependency];
        return new DroppedDependency(
            graph.Set.NameOf(found.Dependent),
            graph.Set.NameOf(found.On),
            phases,
            found.Strength,
            found.Weight,
            found.Origin);
    }

    private static DependencyGraph Without(
        DependencyGraph graph,
        SortedDictionary<int, PhaseSet> dropped,
        Phase phase,
        DependencyEnd first,
        DependencyEnd then)
    {
        List<Dependency> kept = [];
        for (int i = 0; i < graph.DependencyCount; i++)
        {
            Dependency found = graph.Dependencies[i];
            PhaseSet phases = found.Phases - dropped.GetValueOrDefault(i);
            if (!phases.IsEmpty)
            {
                kept.Add(found with { Phases = phases });
            }
        }

        // What went last goes first: in phases that take the needed end first, the other one needs it.
        (DependencyEnd dependent, DependencyEnd on) = phase.NeededGoesFirst() ? (first, then) : (then, first);
        kept.Add(new Dependency(dependent, on, PhaseSet.Of(phase), DependencyStrength.Hard, 1, default));
        return graph.With([.. kept]);
    }
}
