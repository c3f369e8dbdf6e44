using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>What the planner says of the whole, in ids of the live graph.</summary>
internal static class WholePlan
{
    /// <summary>Plans a frozen graph as a whole. O(V + E).</summary>
    /// <param name="frozen">The graph, which is legal.</param>
    /// <param name="kernels">The kernels.</param>
    public static PlanChange Of(FrozenGraph frozen, KernelPair kernels)
    {
        DependencyGraph graph = frozen.Graph;
        PlanResult result = new PlanWorkspace().Order(PlanGround.Of(graph), kernels, CancellationToken.None);
        Plan plan = result.GetPlanOrThrow();
        ImmutableArray<LiveStep>[] steps = new ImmutableArray<LiveStep>[Phases.Count];
        foreach (Phase phase in Phases.All)
        {
            PhaseSteps planned = plan[phase];
            List<LiveStep> own = [];
            for (int number = 0; number < planned.Count; number++)
            {
                if (planned.Rows[number] is { Session: >= 0 } row)
                {
                    own.Add(StepOf(frozen, planned, row, number));
                }
            }

            steps[(int)phase] = [.. own];
        }

        return new PlanChange(steps, new PhaseWaves[Phases.Count], PlacesOf(frozen, plan, kernels))
        {
            IsWhole = true,
        };
    }

    private static LiveStep StepOf(FrozenGraph frozen, PhaseSteps planned, in PlanRow row, int number) => new(
        row.Object < 0 ? null : frozen.ObjectOf(row.Object), frozen.SessionOf(row.Session))
    {
        Token = row.HasToken ? row.Token : null,
        IsAct = row.IsAct,
        Wave = row.Wave,
        Rank = new StepRank(number),
        Carried =
        [
            .. Array.ConvertAll(
                planned.Carried[row.FirstCarried..(row.FirstCarried + row.CarriedCount)],
                frozen.ObjectOf),
        ],
    };

    private static List<LiveSession> PlacesOf(FrozenGraph frozen, Plan plan, KernelPair kernels)
    {
        ImmutableArray<SessionOrder> named = kernels.NamedOrders;
        List<LiveSession> places = [];
        SessionSet set = frozen.Graph.Set;
        for (int id = 0; id < set.Sessions.Length; id++)
        {
            places.Add(new LiveSession(frozen.SessionOf(id).Index, id, new StepRank[named.Length]));
        }

        for (int order = 0; order < named.Length; order++)
        {
            ImmutableArray<SessionName> sessions = plan.Sessions.Find(named[order].Name);
            for (int rank = 0; rank < sessions.Length; rank++)
            {
                set.TryFindSession(sessions[rank].Text, out SessionId id);
                places[id.Index].Ranks[order] = new StepRank(rank);
            }
        }

        return places;
    }
}
