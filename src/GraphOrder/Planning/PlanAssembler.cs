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
    private readonly int[] _preserveOrder = [];
    private readonly int[][] _filesInPreserveOrder = [];

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
        if (kernels[Phase.Preserve].Unit == StepUnit.File)
        {
            _preserveOrder = FilesOf(Phase.Preserve);
            _filesInPreserveOrder = layout.BySession(graph.SessionCount, _preserveOrder);
        }
    }

    /// <summary>The steps of each phase, in phase order.</summary>
    /// <param name="retrieveOrder">
    /// File numbers in the order in which they are retrieved, where retrieve takes files freely.
    /// </param>
    public ImmutableArray<PhaseSteps> Assemble(int[] retrieveOrder)
    {
        PhaseSteps[] phases = new PhaseSteps[Phases.Count];
        foreach (Phase phase in Phases.All)
        {
            PhaseRule rule = _kernels[phase];
            phases[(int)phase] = rule.Unit switch
            {
                StepUnit.Object => ObjectByObject(phase),
                StepUnit.Session => SessionAtOnce(rule),
                StepUnit.Everything => EverythingAtOnce(phase),
                _ when !rule.Between.IsInterleaved => SessionBySession(rule),
                _ when rule.ReadsPreserveOrder => AsPreserved(rule),
                _ => Chosen(phase, phase == Phase.Retrieve ? retrieveOrder : FilesOf(phase)),
            };
        }

        return [.. phases];
    }

    /// <summary>The orders of whole sessions that the models name.</summary>
    /// <param name="retrieveOrder">As for <see cref="Assemble"/>.</param>
    public SessionOrders Sessions(int[] retrieveOrder)
    {
        ImmutableArray<SessionOrder> named = _kernels.NamedOrders;
        ImmutableArray<SessionName> Find(SessionOrder order) =>
            named.Contains(order) ? Names(SessionsOf(order)) : default;
        PhaseRule retrieve = _kernels[Phase.Retrieve];
        List<(string Name, ImmutableArray<SessionName> Sessions)> others = [];
        foreach (SessionOrder order in named)
        {
            if (order != SessionOrder.Create && order != SessionOrder.Close && order != SessionOrder.Finish)
            {
                others.Add((order.Name, Names(SessionsOf(order))));
            }
        }

        return new SessionOrders(
            Find(SessionOrder.Create),
            retrieve.Unit is StepUnit.Object or StepUnit.Everything ? default : Names(ByFirstStep(
                !retrieve.Between.IsInterleaved ? FilesBySession(retrieve)
                : retrieve.ReadsPreserveOrder ? PreservedFiles(retrieve)
                : retrieveOrder)),
            Find(SessionOrder.Finish),
            Find(SessionOrder.Close))
        {
            Others = [.. others],
        };
    }

    private PhaseSteps ObjectByObject(Phase phase)
    {
        PrecedenceOrder order = _orderOf(NamedOrder.OfObjects(phase));
        int[] steps = order.Sorted(_layout.Movable.Length);
        PlanRow[] rows = new PlanRow[steps.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            ObjectId id = _layout.Movable[steps[i]];
            bool isFile = _graph[id].IsFile;
            rows[i] = new PlanRow(
                id.Index,
                _layout.SessionOf(id.Index),
                order.Waves[steps[i]],
                isFile,
                isFile ? _graph.TokenOf(id) : 0,
                0,
                0);
        }

        return new PhaseSteps(phase, _names, rows, []);
    }

    private PhaseSteps Chosen(Phase phase, int[] files)
    {
        int[] waves = _orderOf(NamedOrder.OfFiles(phase)).Waves;
        PlanRow[] rows = new PlanRow[files.Length];
        for (int i = 0; i < files.Length; i++)
        {
            rows[i] = Row(files[i], waves[files[i]]);
        }

        return new PhaseSteps(phase, _names, rows, CarriedIn(phase));
    }

    // In preserve order over all sessions, one file after another.
    private PhaseSteps AsPreserved(PhaseRule rule)
    {
        int[] files = PreservedFiles(rule);
        PlanRow[] rows = new PlanRow[files.Length];
        for (int i = 0; i < files.Length; i++)
        {
            rows[i] = Row(files[i], i);
        }

        return new PhaseSteps(rule.Phase, _names, rows, CarriedIn(rule.Phase));
    }

    private PhaseSteps SessionBySession(PhaseRule rule)
    {
        // The kernel walks its list of created sessions one by one; closing and finishing are calls of
        // ours, and those of sessions of one wave may be made side by side.
        bool isWalkedByKernel = rule.Between == SessionOrder.Create;
        int[] waves = SessionWaves(rule);
        int[] files = FilesBySession(rule);
        PlanRow[] rows = new PlanRow[files.Length];
        for (int step = 0; step < files.Length; step++)
        {
            int file = files[step];
            rows[step] = Row(file, isWalkedByKernel ? step : waves[_layout.SessionOfFile[file]]);
        }

        return new PhaseSteps(rule.Phase, _names, rows, CarriedIn(rule.Phase));
    }

    private PhaseSteps SessionAtOnce(PhaseRule rule)
    {
        int[] sessions = SessionsAsRun(rule);
        int[] waves = SessionWaves(rule);
        List<int>[] gathered = new List<int>[_graph.SessionCount];
        for (int session = 0; session < gathered.Length; session++)
        {
            gathered[session] = [];
        }

        foreach (ObjectId id in _layout.Movable)
        {
            gathered[_layout.SessionOf(id.Index)].Add(id.Index);
        }

        PlanRow[] rows = new PlanRow[sessions.Length];
        List<int> carried = new(_layout.Movable.Length);
        for (int step = 0; step < sessions.Length; step++)
        {
            int session = sessions[step];
            int wave = rule.Between == SessionOrder.Create ? step : waves[session];
            rows[step] = new PlanRow(-1, session, wave, false, 0, carried.Count, gathered[session].Count);
            carried.AddRange(gathered[session]);
        }

        return new PhaseSteps(rule.Phase, _names, rows, [.. carried]);
    }

    private PhaseSteps EverythingAtOnce(Phase phase)
    {
        int[] carried = Array.ConvertAll(_layout.Movable, static id => id.Index);
        PlanRow[] rows = _graph.SessionCount == 0 ? [] : [new(-1, -1, 0, false, 0, 0, carried.Length)];
        return new PhaseSteps(phase, _names, rows, carried);
    }

    private int[] FilesOf(Phase phase) =>
        _orderOf(NamedOrder.OfFiles(phase)).Sorted(_layout.Files.Length);

    private int[] PreservedFiles(PhaseRule rule)
    {
        int[] files = [.. _preserveOrder];
        if (rule.Inside == InsideSession.PreserveBackward)
        {
            Array.Reverse(files);
        }

        return files;
    }

    // Session after session, and inside each as the rule says.
    private int[] FilesBySession(PhaseRule rule)
    {
        int[][] bySession = rule.ReadsPreserveOrder
            ? _filesInPreserveOrder
            : _layout.BySession(_graph.SessionCount, FilesInside(rule));
        List<int> files = new(_layout.Files.Length);
        foreach (int session in SessionsAsRun(rule))
        {
            int first = files.Count;
            files.AddRange(bySession[session]);
            if (rule.Inside == InsideSession.PreserveBackward)
            {
                files.Reverse(first, files.Count - first);
            }
        }

        return [.. files];
    }

    private int[] FilesInside(PhaseRule rule)
    {
        if (rule.Inside == InsideSession.Chosen)
        {
            return FilesOf(rule.Phase);
        }

        int[] inDocumentOrder = new int[_layout.Files.Length];
        for (int file = 0; file < inDocumentOrder.Length; file++)
        {
            inDocumentOrder[file] = file;
        }

        return inDocumentOrder;
    }

    // Of an order that runs backward the last wave comes first.
    private int[] SessionWaves(PhaseRule rule)
    {
        int[] waves = _orderOf(NamedOrder.Of(rule.Between)).Waves[.._graph.SessionCount];
        int last = 0;
        foreach (int wave in waves)
        {
            last = Math.Max(last, wave);
        }

        return rule.IsBackward ? Array.ConvertAll(waves, wave => last - wave) : waves;
    }

    private int[] SessionsAsRun(PhaseRule rule)
    {
        int[] sessions = SessionsOf(rule.Between);
        if (rule.IsBackward)
        {
            Array.Reverse(sessions);
        }

        return sessions;
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

    private int[] SessionsOf(SessionOrder order) =>
        _orderOf(NamedOrder.Of(order)).Sorted(_graph.SessionCount);

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
