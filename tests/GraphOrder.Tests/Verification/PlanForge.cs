using System.Collections.Immutable;
using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Verification;

/// <summary>Makes a plan from any orders, legal or not, by the definition of a model alone.</summary>
internal sealed class PlanForge
{
    private readonly DependencyGraph _graph;
    private readonly ModelText _model;
    private readonly BruteForce _definition;

    public PlanForge(DependencyGraph graph, ModelText? model = null)
    {
        _graph = graph;
        _model = model ?? ModelText.Linux73;
        _definition = new BruteForce(graph.Set, _model);
    }

    /// <summary>A plan of Linux 7.3 for orders given as object and session numbers.</summary>
    public Plan Forge(int[] preserve, int[] retrieve, int[] create, int[] close, int[] finish) => Forge(
        new() { [Phase.Preserve] = preserve, [Phase.Retrieve] = retrieve },
        new() { ["create"] = create, ["close"] = close, ["finish"] = finish });

    /// <summary>
    /// Writes down the steps of all phases for the orders that the model leaves to choose.
    /// </summary>
    public Plan Forge(Dictionary<Phase, int[]> movers, Dictionary<string, int[]> sessions)
    {
        PhaseSteps[] phases =
        [
            .. Phases.All.ToArray().Select(phase => Steps(
                phase,
                _definition.Timeline(
                    phase,
                    _model.OrderOf(phase) is { } order ? sessions[order] : [],
                    movers[Phase.Preserve],
                    movers.GetValueOrDefault(phase, [])))),
        ];
        ImmutableArray<SessionName> Find(string name) =>
            sessions.TryGetValue(name, out int[]? order) ? Names(order) : default;
        return new Plan(
            _model.Kernels.ModelName,
            _graph.Set.Digest,
            DependencyRules.Digest,
            new SessionOrders(
                Find("create"),
                _model.StepOf(Phase.Retrieve) is "file" or "session"
                    ? Names(ByFirst(phases[(int)Phase.Retrieve]))
                    : default,
                Find("finish"),
                Find("close"))
            {
                Others =
                [
                    .. _model.Orders.Where(name => name is not ("create" or "finish" or "close"))
                        .Select(name => (name, Find(name))),
                ],
            },
            [.. phases]);
    }

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

    private IEnumerable<int> ByFirst(PhaseSteps steps)
    {
        int[] seen = [.. steps.Rows.Where(row => !row.IsAct).Select(row => row.Session).Distinct()];
        return seen.Concat(Enumerable.Range(0, _graph.SessionCount).Except(seen));
    }

    private ImmutableArray<SessionName> Names(IEnumerable<int> sessions) =>
        [.. sessions.Where(session => session >= 0).Select(session => _graph.Set.Sessions[session].Name)];

    private PhaseSteps Steps(Phase phase, int[] timeline)
    {
        List<int> carried = [];
        List<PlanRow> rows = [];
        int blocks = 0;
        foreach (int item in timeline)
        {
            bool isMark = item >= _graph.ObjectCount;
            bool isAct = !isMark && _graph[new ObjectId(item)].Act is not null;
            blocks += isMark || isAct ? 1 : 0;
            if (isAct || isMark == (_model.StepOf(phase) == "session"))
            {
                bool isStepByStep = _model.OrderOf(phase) is null or "create";
                AddRow(phase, item, isStepByStep ? rows.Count : blocks - 1, rows, carried);
            }
        }

        if (_model.StepOf(phase) == "everything" && _graph.SessionCount > 0)
        {
            carried.AddRange(Enumerable.Range(0, _graph.ObjectCount).Where(id => SessionOf(id) >= 0));
            rows.Add(new PlanRow(-1, -1, 0, false, 0, 0, carried.Count));
        }

        PlanNames names = new(_graph.Set.Ids, _graph.Set.SessionNames);
        return new PhaseSteps(phase, names, [.. rows], [.. carried]);
    }

    private void AddRow(Phase phase, int item, int wave, List<PlanRow> rows, List<int> carried)
    {
        int first = carried.Count;
        if (item >= _graph.ObjectCount)
        {
            int session = item - _graph.ObjectCount;
            carried.AddRange(Enumerable.Range(0, _graph.ObjectCount).Where(id => SessionOf(id) == session));
            rows.Add(new PlanRow(-1, session, wave, false, 0, first, carried.Count - first));
            return;
        }

        ObjectId id = new(item);
        if (_graph[id].Act is { } act)
        {
            rows.Add(new PlanRow(item, act.Session.Index, wave, false, 0, first, 0, IsAct: true));
            return;
        }

        bool isFile = _graph[id].IsFile;
        carried.AddRange(_model.StepOf(phase) == "file" ? CarriedBy(item, phase) : []);
        rows.Add(new PlanRow(
            item,
            SessionOf(item),
            wave,
            isFile,
            isFile ? _graph.TokenOf(id) : 0,
            first,
            carried.Count - first));
    }

    private int SessionOf(int id) => _graph.SessionOf(new ObjectId(id))?.Index ?? -1;

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
