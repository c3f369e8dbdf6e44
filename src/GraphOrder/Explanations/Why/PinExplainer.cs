using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Says what keeps an object or a session from being finished, and what it keeps waiting, through files,
/// sessions and objects that the kernel moves. Thread-safe.
/// </summary>
public static class PinExplainer
{
    /// <summary>How many steps of chains are told at most; what lies beyond is counted.</summary>
    public const int StepCountMax = 10_000;

    /// <summary>Explains.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="kernels">The two kernels of the update.</param>
    /// <param name="end">The object or session.</param>
    /// <param name="cancellation">Checked while planning.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <remarks>O(V log V + E) time and space, and <see cref="StepCountMax"/> steps to tell.</remarks>
    public static PinExplanation Explain(
        DependencyGraph graph,
        KernelPair kernels,
        DependencyEnd end,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(kernels);
        ExplainedGraph explained = new(graph, kernels, cancellation);
        explained.DemandNoAct(end);
        PlanResult planned = Planner.Plan(
            graph, kernels, new PlanOptions { DiagnosticCountMax = int.MaxValue }, cancellation);
        List<PhaseArena> arenas = ArenasOf(explained, end);
        (ImmutableArray<Pin> heldBy, int heldByMore) = Gather(explained, arenas, end, isBefore: true);
        (ImmutableArray<Pin> holds, int holdsMore) = Gather(explained, arenas, end, isBefore: false);
        PhaseRule rule = kernels[Phase.Finish];
        bool finishesWithSession = !end.IsSession
            && !rule.Between.IsInterleaved && !explained.IsKernelMoved(end);
        return new PinExplanation(graph.Set.NameOf(end), kernels.ModelName, rule)
        {
            Rules = CycleReport.RulesOf(kernels),
            HeldBy = heldBy,
            Holds = holds,
            HeldByMoreCount = heldByMore,
            HoldsMoreCount = holdsMore,
            IsKernelMoved = explained.IsKernelMoved(end),
            FinishesWith = finishesWithSession ? graph.Set.NameOf(explained.SessionOf(end)!.Value) : null,
            Problems = [.. planned.Diagnostics.Where(static diagnostic => diagnostic.Cycle is not null)],
        };
    }

    // Sessions first, where they follow one another; then what follows one another inside the session.
    private static List<PhaseArena> ArenasOf(ExplainedGraph explained, DependencyEnd end)
    {
        List<PhaseArena> arenas = [];
        if (explained.IsKernelMoved(end))
        {
            arenas.Add(explained.Relation(Phase.Finish));
            return arenas;
        }

        PhaseArena? between = explained.Arena(Phase.Finish, isInsideSession: false);
        PhaseArena? inside = explained.Arena(Phase.Finish, isInsideSession: true);
        if (between is not null)
        {
            arenas.Add(between);
        }

        if (between is { Level: CycleLevel.Sessions } && inside is not null && !end.IsSession)
        {
            arenas.Add(inside);
        }

        return arenas;
    }

    private static (ImmutableArray<Pin> Pins, int MoreCount) Gather(
        ExplainedGraph explained, List<PhaseArena> arenas, DependencyEnd end, bool isBefore)
    {
        ImmutableArray<Pin>.Builder pins = ImmutableArray.CreateBuilder<Pin>();
        int stepCount = 0;
        int more = 0;
        for (int i = 0; i < arenas.Count; i++)
        {
            PhaseArena arena = arenas[i];
            int[] roots = arena.VerticesOf(end);
            HashSet<int> own = [.. roots];
            ChainTree tree = ChainTree.Of(arena.Graph, roots, isAgainstArcs: isBefore != arena.IsBackward);
            bool isInside = i > 0;
            int[] found =
            [
                .. Enumerable.Range(0, arena.Graph.StepCount)
                    .Where(vertex => tree.Reaches(vertex) && !own.Contains(vertex))
                    .Where(vertex => !isInside
                        || explained.SessionOf(arena.EndOf(vertex)) == explained.SessionOf(end))
                    .OrderBy(tree.DistanceTo),
            ];
            foreach (int vertex in found)
            {
                stepCount += tree.DistanceTo(vertex);
                if (stepCount > StepCountMax)
                {
                    more++;
                    continue;
                }

                DependencyEnd pin = arena.EndOf(vertex);
                pins.Add(new Pin(
                    explained.Graph.Set.NameOf(pin), pin.IsSession, arena.Tell(tree.WalkTo(vertex))));
            }
        }

        return (pins.ToImmutable(), more);
    }
}
