using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Makes the steps of all phases from the named orders, as the lifecycle models derive them.
/// </summary>
internal sealed class PlanAssembler
{
    private readonly DependencyGraph _graph;
    private readonly FileLayout _layout;
    private readonly KernelPair _kernels;
    private readonly ObjectOrders _objects;
    private readonly Func<NamedOrder, PrecedenceOrder> _orderOf;
    private readonly PlanNames _names;
    private readonly int[] _preserveOrder;
    private readonly int[][] _filesInPreserveOrder;

    public PlanAssembler(
        DependencyGraph graph,
        FileLayout layout,
        KernelPair kernels,
        ObjectOrders objects,
        Func<NamedOrder, PrecedenceOrder> orderOf)
    {
        _graph = graph;
        _layout = layout;
        _kernels = kernels;
        _objects = objects;
        _orderOf = orderOf;
        _names = new PlanNames(graph.Set.Ids, graph.Set.SessionNames);
        _preserveOrder = orderOf(NamedOrder.Files).Sorted(layout.Files.Length);
        _filesInPreserveOrder = layout.BySession(graph.SessionCount, _preserveOrder);
    }

    /// <summary>The steps of each phase, in phase order.</summary>
    /// <param name="retrieveOrder">File numbers in the order in which they are retrieved.</param>
    public ImmutableArray<PhaseSteps> Assemble(int[] retrieveOrder)
    {
        PhaseSteps[] phases = new PhaseSteps[Phases.Count];
        foreach (Phase phase in Phases.All)
        {
            PhaseRule rule = _kernels[phase];
            phases[(int)phase] = rule.Between == SessionOrder.Interleaved
                ? Chosen(phase, phase == Phase.Retrieve ? retrieveOrder : _preserveOrder)
                : SessionBySession(phase, rule);
        }

        return [.. phases];
    }

    /// <summary>The orders of whole sessions.</summary>
    public SessionOrders Sessions(int[] retrieveOrder) => new(
        Names(SessionsOf(NamedOrder.Create)),
        Names(ByFirstStep(retrieveOrder)),
        Names(SessionsOf(NamedOrder.Finish)),
        Names(SessionsOf(NamedOrder.Close)));

    private PhaseSteps Chosen(Phase phase, int[] files)
    {
        int[] waves = _orderOf(phase.IsInNewKernel() ? NamedOrder.Retrieve : NamedOrder.Files).Waves;
        PlanRow[] rows = new PlanRow[files.Length];
        for (int i = 0; i < files.Length; i++)
        {
            rows[i] = Row(files[i], waves[files[i]]);
        }

        return new PhaseSteps(phase, _names, rows, CarriedIn(phase));
    }

    private PhaseSteps SessionBySession(Phase phase, PhaseRule rule)
    {
        NamedOrder order = rule.Between switch
        {
            SessionOrder.Create => NamedOrder.Create,
            SessionOrder.Close => NamedOrder.Close,
            _ => NamedOrder.Finish,
        };

        // The kernel walks its list of created sessions one by one; closing and finishing are calls of
        // ours, and those of sessions of one wave may be made side by side.
        bool isWalkedByKernel = order == NamedOrder.Create;
        int[] sessions = SessionsOf(order);
        int[] waves = _orderOf(order).Waves;
        PlanRow[] rows = new PlanRow[_layout.Files.Length];
        int step = 0;
        for (int i = 0; i < sessions.Length; i++)
        {
            int session = sessions[rule.IsBackward ? sessions.Length - 1 - i : i];
            int[] files = _filesInPreserveOrder[session];
            for (int j = 0; j < files.Length; j++)
            {
                bool isBackward = rule.Inside == InsideSession.PreserveBackward;
                int file = files[isBackward ? files.Length - 1 - j : j];
                rows[step] = Row(file, isWalkedByKernel ? step : waves[session]);
                step++;
            }
        }

        return new PhaseSteps(phase, _names, rows, CarriedIn(phase));
    }

    private PlanRow Row(int file, int wave) => new(
        _layout.Files[file].Index,
        _layout.SessionOfFile[file],
        wave,
        HasToken: true,
        _graph.TokenOf(_layout.Files[file]),
        _layout.FirstCarried(file),
        _layout.CarriedCountOf(file));

    private int[] CarriedIn(Phase phase)
    {
        int[] carried = [.. _layout.Carried];
        int[] waves = carried.Length == 0 ? [] : _objects[phase].Waves;
        for (int file = 0; carried.Length > 0 && file < _layout.Files.Length; file++)
        {
            carried.AsSpan(_layout.FirstCarried(file), _layout.CarriedCountOf(file)).Sort(
                (x, y) => waves[x] != waves[y] ? waves[x].CompareTo(waves[y]) : x.CompareTo(y));
        }

        return carried;
    }

    private int[] SessionsOf(NamedOrder order) => _orderOf(order).Sorted(_graph.SessionCount);

    private List<int> ByFirstStep(int[] files)
    {
        bool[] isListed = new bool[_graph.SessionCount];
        List<int> sessions = new(_graph.SessionCount);
        foreach (int file in files)
        {
            int session = _layout.SessionOfFile[file];
            if (!isListed[session])
            {
                isListed[session] = true;
                sessions.Add(session);
            }
        }

        for (int session = 0; session < isListed.Length; session++)
        {
            if (!isListed[session])
            {
                sessions.Add(session);
            }
        }

        return sessions;
    }

    private ImmutableArray<SessionName> Names(IReadOnlyList<int> sessions)
    {
        ImmutableArray<SessionName>.Builder names = ImmutableArray.CreateBuilder<SessionName>(sessions.Count);
        foreach (int session in sessions)
        {
            names.Add(_graph.Set.Sessions[session].Name);
        }

        return names.MoveToImmutable();
    }
}
