using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Makes the steps of all phases from the named orders, as the lifecycle models derive them. An act has a
/// step in its own phase; what the models derive for files passes it by.
/// </summary>
internal sealed class PlanAssembler
{
    private readonly DependencyGraph _graph;
    private readonly FileLayout _layout;
    private readonly KernelPair _kernels;
    private readonly OrderLift _lift;
    private readonly ActPlaces _acts;
    private readonly ObjectOrders _objects;
    private readonly Func<NamedOrder, PrecedenceOrder> _orderOf;
    private readonly PlanNames _names;
    private readonly int[] _preserveOrder = [];
    private readonly SessionFiles? _filesInPreserveOrder;
    private readonly StepThings _things;
    private SessionFiles? _filesInReversePreserveOrder;

    public PlanAssembler(
        DependencyGraph graph,
        FileLayout layout,
        KernelPair kernels,
        OrderLift lift,
        ActPlaces acts,
        ObjectOrders objects,
        Func<NamedOrder, PrecedenceOrder> orderOf)
    {
        _graph = graph;
        _layout = layout;
        _kernels = kernels;
        _lift = lift;
        _acts = acts;
        _objects = objects;
        _orderOf = orderOf;
        _names = new PlanNames(graph.Set.Ids, graph.Set.SessionNames);
        _things = new StepThings(graph, layout);
        if (kernels[Phase.Preserve].Unit == StepUnit.File)
        {
            _preserveOrder = FilesOf(Phase.Preserve);
            _filesInPreserveOrder = layout.BySession(graph.SessionCount, _preserveOrder);
        }
    }

    /// <summary>The steps of each phase, in phase order.</summary>
    /// <param name="retrieveOrder">
    /// Files and acts in the order in which they are retrieved, where retrieve takes files freely.
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
                _ when phase == Phase.Retrieve => Chosen(phase, retrieveOrder),
                _ => Chosen(phase, StepsOf(NamedOrder.OfFiles(phase))),
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
            retrieve.Unit switch
            {
                StepUnit.Object or StepUnit.Everything => default,
                StepUnit.Session => Names(retrieve.IsBackward
                    ? Reversed(SessionsOf(retrieve.Between))
                    : SessionsOf(retrieve.Between)),
                _ => Names(ByFirstStep(
                    !retrieve.Between.IsInterleaved ? FilesBySession(retrieve)
                    : retrieve.ReadsPreserveOrder ? PreservedFiles(retrieve)
                    : retrieveOrder)),
            },
            Find(SessionOrder.Finish),
            Find(SessionOrder.Close))
        {
            Others = [.. others],
        };
    }

    private PhaseSteps ObjectByObject(Phase phase)
    {
        NamedOrder named = NamedOrder.OfObjects(phase);
        int[] waves = _orderOf(named).Waves;
        int[] steps = StepsOf(named);
        PlanRows rows = RowsOf(named, steps, _things.Objects, waves, _things.OfActAmongObjects);
        return new PhaseSteps(phase, _names, rows, []);
    }

    private PhaseSteps Chosen(Phase phase, int[] steps)
    {
        NamedOrder named = NamedOrder.OfFiles(phase);
        int[] waves = _orderOf(named).Waves;
        PlanRows rows = RowsOf(named, steps, _things.Files, waves, _things.OfActAmongFiles);
        return new PhaseSteps(phase, _names, rows, CarriedIn(phase));
    }

    // Without acts the vertices of an order are the things that its steps move.
    private PlanRows RowsOf(
        NamedOrder named, int[] steps, PlanRow[] things, int[] waves, Func<ObjectId, int> rowOfAct)
    {
        if (_layout.ActCount == 0)
        {
            return new PlanRows(things, steps, WaveSource.Thing, waves);
        }

        int[] order = Array.ConvertAll(
            steps, step => TryAct(named, step, out ObjectId act) ? rowOfAct(act) : step);
        return new PlanRows(things, order, WaveSource.Step, Array.ConvertAll(steps, step => waves[step]));
    }

    // In preserve order over all sessions, one file after another.
    private PhaseSteps AsPreserved(PhaseRule rule)
    {
        PlanRows rows = new(_things.Files, PreservedFiles(rule), WaveSource.StepNumber, []);
        return new PhaseSteps(rule.Phase, _names, rows, CarriedIn(rule.Phase));
    }

    private PhaseSteps SessionBySession(PhaseRule rule)
    {
        // The kernel walks its list of created sessions one by one; closing and finishing are calls of
        // ours, and those of sessions of one wave may be made side by side.
        bool isWalkedByKernel = rule.Between == SessionOrder.Create;
        int[] waves = SessionWaves(rule);
        SessionFiles bySession = FilesInSessions(rule);
        int[] vertices = SessionsAndActs(rule);
        int count = _layout.Files.Length + vertices.Length - _graph.SessionCount;
        int[] order = new int[count];
        int[] stepWaves = _layout.ActCount == 0 ? [] : new int[count];
        int step = 0;
        foreach (int vertex in vertices)
        {
            bool isAct = TryAct(NamedOrder.Of(rule.Between), vertex, out ObjectId act);
            int actRow = isAct ? _things.OfActAmongFiles(act) : -1;
            foreach (int row in isAct ? new ReadOnlySpan<int>(in actRow) : bySession[vertex])
            {
                order[step] = row;
                if (stepWaves.Length > 0)
                {
                    stepWaves[step] = isWalkedByKernel && !isAct ? step : waves[vertex];
                }

                step++;
            }
        }

        PlanRows rows = stepWaves.Length > 0 ? new(_things.Files, order, WaveSource.Step, stepWaves)
            : isWalkedByKernel ? new(_things.Files, order, WaveSource.StepNumber, [])
            : new(_things.Files, order, WaveSource.Session, waves);
        return new PhaseSteps(rule.Phase, _names, rows, CarriedIn(rule.Phase));
    }

    private PhaseSteps SessionAtOnce(PhaseRule rule)
    {
        int[] steps = SessionsAndActs(rule);
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

        PlanRow[] rows = new PlanRow[steps.Length];
        List<int> carried = new(_layout.Movable.Length);
        for (int step = 0; step < steps.Length; step++)
        {
            int session = steps[step];
            if (TryAct(NamedOrder.Of(rule.Between), session, out ObjectId act))
            {
                rows[step] = _things.Files[_things.OfActAmongFiles(act)] with { Wave = waves[session] };
                continue;
            }

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
    private List<int> FilesBySession(PhaseRule rule)
    {
        SessionFiles bySession = FilesInSessions(rule);
        List<int> files = new(_layout.Files.Length);
        foreach (int vertex in SessionsAndActs(rule))
        {
            if (vertex < _graph.SessionCount)
            {
                files.AddRange(bySession[vertex]);
            }
        }

        return files;
    }

    private SessionFiles FilesInSessions(PhaseRule rule) =>
        !rule.ReadsPreserveOrder ? _layout.BySession(_graph.SessionCount, FilesInside(rule))
        : rule.Inside == InsideSession.PreserveForward ? _filesInPreserveOrder!
        : _filesInReversePreserveOrder ??= _filesInPreserveOrder!.Reversed();

    private static int[] Reversed(int[] files)
    {
        int[] reversed = [.. files];
        Array.Reverse(reversed);
        return reversed;
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
        NamedOrder named = NamedOrder.Of(rule.Between);
        int[] waves = _orderOf(named).Waves[.._acts.StepCount(_lift.NumberOf(named))];
        int last = 0;
        foreach (int wave in waves)
        {
            last = Math.Max(last, wave);
        }

        return rule.IsBackward ? Array.ConvertAll(waves, wave => last - wave) : waves;
    }

    // Sessions and, between them, the phase's own acts, as the phase runs.
    private int[] SessionsAndActs(PhaseRule rule)
    {
        NamedOrder named = NamedOrder.Of(rule.Between);
        int[] steps = Array.FindAll(
            StepsOf(named),
            step => !TryAct(named, step, out ObjectId act) || _graph[act].Act!.Phase == rule.Phase);
        return rule.IsBackward ? Reversed(steps) : steps;
    }

    private int[] StepsOf(NamedOrder named) => _acts.Sorted(named, _orderOf(named));

    private bool TryAct(NamedOrder named, int vertex, out ObjectId act) =>
        _acts.TryFind(_lift.NumberOf(named), vertex, out act);

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

    // An act asks for no session, so it does not count.
    private List<int> ByFirstStep(IReadOnlyList<int> steps)
    {
        bool[] isListed = new bool[_graph.SessionCount];
        List<int> sessions = new(_graph.SessionCount);
        foreach (int step in steps)
        {
            int session = step < _layout.Files.Length ? _layout.SessionOfFile[step] : -1;
            if (session >= 0 && !isListed[session])
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
