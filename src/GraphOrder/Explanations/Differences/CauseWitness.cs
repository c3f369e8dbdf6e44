using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>Tells how a cause turned its witness round: by a chain of dependencies, or by waves.</summary>
internal sealed class CauseWitness(
    PlanSide first, PlanSide second, DependencyChanges changes, CancellationToken cancellation)
{
    private ExplainedGraph? _firstGraph;
    private ExplainedGraph? _secondGraph;

    /// <summary>The cause with the chain, if any, and the waves. O(V + E).</summary>
    public OrderCause Tell(OrderCause cause, Plan firstPlan, Plan secondPlan)
    {
        (int step, int wave) = PlaceOf(firstPlan[cause.Phase], cause.Step);
        (int other, int otherWave) = PlaceOf(firstPlan[cause.Phase], cause.Other);
        (_, int nextWave) = PlaceOf(secondPlan[cause.Phase], cause.Step);
        (_, int nextOtherWave) = PlaceOf(secondPlan[cause.Phase], cause.Other);
        OrderCause told = cause with
        {
            StepWaves = (wave, nextWave),
            OtherWaves = (otherWave, nextOtherWave),
        };
        if (cause.Kind != OrderCauseKind.Dependencies)
        {
            return told;
        }

        (StepName leader, StepName follower) = step < other
            ? (cause.Step, cause.Other)
            : (cause.Other, cause.Step);
        _secondGraph ??= new ExplainedGraph(changes.Without([]), second.Kernels!, cancellation);
        if (Chain(_secondGraph, cause.Phase, follower, leader) is { IsEmpty: false } chain)
        {
            return told with { Chain = chain };
        }

        if (first.Kernels is null)
        {
            return told;
        }

        _firstGraph ??= new ExplainedGraph(
            WaivedPhases.Binding(first.Graph!, firstPlan), first.Kernels, cancellation);
        ImmutableArray<CycleStep> former = Chain(_firstGraph, cause.Phase, leader, follower);
        return told with { Chain = former, IsChainOfFirst = !former.IsEmpty };
    }

    private ImmutableArray<CycleStep> Chain(
        ExplainedGraph explained, Phase phase, StepName leader, StepName follower)
    {
        if (!TryFind(explained, leader, out DependencyEnd from)
            || !TryFind(explained, follower, out DependencyEnd to)
            || explained.IsKernelMoved(from) || explained.IsKernelMoved(to))
        {
            return [];
        }

        bool isInside = explained.SessionOf(from) == explained.SessionOf(to)
            && !explained.IsAct(from) && !explained.IsAct(to);
        if (explained.Arena(phase, isInside) is not { } arena)
        {
            return [];
        }

        OrderedPairs pairs = OrderedPairs.Of(
            arena, arena.VerticesOf(from), arena.VerticesOf(to), cancellation);
        return pairs.Shortest is { } walk ? arena.Tell(walk) : [];
    }

    private static bool TryFind(ExplainedGraph explained, StepName step, out DependencyEnd end)
    {
        SessionSet set = explained.Graph.Set;
        end = default;
        if (step.Kind == StepKind.Session && set.TryFindSession(step.Name, out SessionId session))
        {
            end = session;
            return true;
        }

        if (step.Kind is StepKind.Object or StepKind.Act && set.TryFind(step.Name, out ObjectId id))
        {
            end = id;
            return true;
        }

        return false;
    }

    private static (int Step, int Wave) PlaceOf(PhaseSteps steps, StepName name)
    {
        bool isSession = name.Kind == StepKind.Session;
        NameTable names = isSession ? steps.Names.Sessions : steps.Names.Ids;
        names.TryFind(name.Name, out int index);
        for (int step = 0; step < steps.Count; step++)
        {
            PlanRow row = steps.Rows[step];
            bool isFound = name.Kind switch
            {
                StepKind.Everything => row.Object < 0 && row.Session < 0,
                StepKind.Session => row.Object < 0 && row.Session == index,
                _ => row.Object == index && row.IsAct == (name.Kind == StepKind.Act),
            };
            if (isFound)
            {
                return (step, row.Wave);
            }
        }

        return (-1, -1);
    }
}
