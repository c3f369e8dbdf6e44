namespace GraphOrder.Tests.Verification;

/// <summary>Makes a plan from any orders, legal or not, by the definition of Linux 7.3 alone.</summary>
internal sealed class PlanForge
{
    private readonly DependencyGraph _graph;

    public PlanForge(DependencyGraph graph) => _graph = graph;

    /// <summary>Writes down the steps of all phases for orders given as object and session numbers.</summary>
    public Plan Forge(int[] preserve, int[] retrieve, int[] create, int[] close, int[] finish) => new(
        "linux-7.3",
        _graph.Set.Digest,
        DependencyRules.Digest,
        new SessionOrders(Names(create), Names(ByFirst(retrieve)), Names(finish), Names(close)),
        [
            Steps(Phase.Preserve, preserve, (_, step) => step),
            Steps(Phase.Freeze, BySession(create, preserve), (_, step) => step),
            Steps(Phase.Unfreeze, BySession([.. create.Reverse()], preserve), (_, step) => step),
            Steps(
                Phase.Unpreserve,
                BySession(close, [.. preserve.Reverse()]),
                (session, _) => Array.IndexOf(close, session)),
            Steps(Phase.Retrieve, retrieve, (_, step) => step),
            Steps(
                Phase.Finish,
                BySession(finish, [.. preserve.Reverse()]),
                (session, _) => Array.IndexOf(finish, session)),
        ]);

    /// <summary>The plan with the rows of one phase changed.</summary>
    public static Plan With(Plan plan, Phase phase, Func<PlanRow[], PlanRow[]> change) => new(
        plan.Model,
        plan.Input,
        plan.Rules,
        plan.Sessions,
        [
            .. Phases.All.ToArray().Select(each => each == phase
                ? new PhaseSteps(each, plan[each].Names, change([.. plan[each].Rows]), plan[each].Carried)
                : plan[each]),
        ])
    {
        Waived = plan.Waived,
    };

    private int[] BySession(int[] sessions, int[] files) =>
        [.. sessions.SelectMany(session => files.Where(file => SessionOf(file) == session))];

    private int[] ByFirst(int[] files) =>
    [
        .. files.Select(SessionOf).Distinct(),
        .. Enumerable.Range(0, _graph.SessionCount).Where(
            session => !files.Any(file => SessionOf(file) == session)),
    ];

    private int SessionOf(int file) => _graph[new ObjectId(file)].Session!.Value.Index;

    private System.Collections.Immutable.ImmutableArray<SessionName> Names(IEnumerable<int> sessions) =>
        [.. sessions.Select(session => _graph.Set.Sessions[session].Name)];

    private PhaseSteps Steps(Phase phase, int[] files, Func<int, int, int> waveOf)
    {
        List<int> carried = [];
        List<PlanRow> rows = [];
        foreach (int file in files)
        {
            int first = carried.Count;
            carried.AddRange(CarriedBy(file, phase));
            rows.Add(new PlanRow(
                file,
                SessionOf(file),
                waveOf(SessionOf(file), rows.Count),
                true,
                _graph.TokenOf(new ObjectId(file)),
                first,
                carried.Count - first));
        }

        PlanNames names = new(_graph.Set.Ids, _graph.Set.SessionNames);
        return new PhaseSteps(phase, names, [.. rows], [.. carried]);
    }

    // One after another, each as soon as all that must go before it in this file has gone.
    private List<int> CarriedBy(int file, Phase phase)
    {
        List<int> left = [.. Enumerable.Range(0, _graph.ObjectCount).Where(
            id => _graph[new ObjectId(id)].Carrier?.Index == file)];
        List<int> ordered = [];
        while (left.Count > 0)
        {
            int next = left.FindIndex(id => !left.Exists(other => MustPrecede(other, id, phase)));
            ordered.Add(left[Math.Max(next, 0)]);
            left.RemoveAt(Math.Max(next, 0));
        }

        return ordered;
    }

    private bool MustPrecede(int first, int then, Phase phase)
    {
        (int dependent, int on) = phase.NeededGoesFirst() ? (then, first) : (first, then);
        return _graph.DependenciesOf(new ObjectId(dependent)).ToArray()
            .Any(found => found.On == new ObjectId(on) && found.Phases.Contains(phase));
    }
}
