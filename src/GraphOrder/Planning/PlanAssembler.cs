using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace GraphOrder;

/// <summary>
/// Makes the steps of all phases from the named orders, as the lifecycle models derive them. An act has a
/// step in its own phase; what the models derive for files passes it by. It stands for one graph until it
/// reads another one; what it makes belongs to the plan.
/// </summary>
internal sealed partial class PlanAssembler
{
    private readonly StepThings _things = new();
    private readonly List<(PrecedenceOrder Order, int[] Waves)> _waves = [];
    private readonly List<(PrecedenceOrder? Order, int[] Carried)> _carried = [];
    private readonly SessionFiles _inPreserveOrder = new();
    private readonly SessionFiles _inReversePreserveOrder = new();
    private readonly SessionFiles _inOrderOfItsOwn = new();
    private DependencyGraph _graph = null!;
    private FileLayout _layout = null!;
    private KernelPair _kernels = null!;
    private OrderLift _lift = null!;
    private ActPlaces _acts = null!;
    private ObjectOrders _objects = null!;
    private SolvedOrders _orders = null!;
    private PlanNames _names = null!;
    private int[] _preserved = [];
    private int[] _files = [];
    private int[] _steps = [];
    private int[] _sessionWaves = [];
    private long[] _keys = [];
    private bool[] _isListed = [];
    private bool _hasReversed;

    /// <summary>Stands for a solved graph from now on.</summary>
    public void Read(PlanGround ground, KernelPair kernels, OrderLift lift, SolvedOrders orders)
    {
        _graph = ground.Graph;
        _layout = ground.Layout;
        _objects = ground.Objects;
        _kernels = kernels;
        _lift = lift;
        _orders = orders;
        _acts = orders.Acts;
        _names = new PlanNames(_graph.Set.Ids, _graph.Set.SessionNames);
        _things.Read(_graph, _layout);
        _hasReversed = false;
        if (kernels[Phase.Preserve].Unit == StepUnit.File)
        {
            Span<int> preserved = Scratch.Take(ref _preserved, _layout.FileCount);
            orders[NamedOrder.OfFiles(Phase.Preserve)].Sort(preserved);
            _inPreserveOrder.Read(_graph.SessionCount, _layout.SessionOfFile, preserved);
        }
    }

    /// <summary>Lets go of what belongs to a plan by now.</summary>
    public void Clear()
    {
        _names = null!;
        _things.Clear();
        _waves.Clear();
        _carried.Clear();
    }

    /// <summary>The steps of each phase, in phase order.</summary>
    /// <param name="retrieved">
    /// Files and acts in the order in which they are retrieved, where retrieve takes files freely.
    /// </param>
    public ImmutableArray<PhaseSteps> Assemble(ReadOnlySpan<int> retrieved)
    {
        PhaseSteps[] phases = new PhaseSteps[Phases.Count];
        foreach (Phase phase in Phases.All)
        {
            PhaseRule rule = _kernels[phase];
            phases[(int)phase] = rule.Unit switch
            {
                StepUnit.Object => Chosen(NamedOrder.OfObjects(phase)),
                StepUnit.Session => SessionAtOnce(rule),
                StepUnit.Everything => EverythingAtOnce(phase),
                _ when !rule.Between.IsInterleaved => SessionBySession(rule),
                _ when rule.ReadsPreserveOrder => AsPreserved(rule),
                _ when phase == Phase.Retrieve => Chosen(NamedOrder.OfFiles(phase), retrieved),
                _ => Chosen(NamedOrder.OfFiles(phase)),
            };
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(phases);
    }

    private PhaseSteps Chosen(NamedOrder named)
    {
        int order = _lift.NumberOf(named);
        return Chosen(named, StepsOf(order));
    }

    private PhaseSteps Chosen(NamedOrder named, ReadOnlySpan<int> steps)
    {
        bool isOfObjects = named.Unit == OrderUnit.Objects;
        PlanRow[] things = isOfObjects ? _things.Objects : _things.Files;
        PlanRows rows = _layout.ActCount == 0
            ? new PlanRows(things, [.. steps], WaveSource.Thing, WavesOf(_orders[named], things.Length))
            : WithActs(named, things, steps);
        return new PhaseSteps(named.Phase, _names, rows, isOfObjects ? [] : CarriedIn(named.Phase));
    }

    // Without acts the vertices of an order are the things that its steps move; with them they are not.
    private PlanRows WithActs(NamedOrder named, PlanRow[] things, ReadOnlySpan<int> steps)
    {
        int number = _lift.NumberOf(named);
        ReadOnlySpan<int> known = _orders[number].Waves;
        int[] order = new int[steps.Length];
        int[] waves = new int[steps.Length];
        for (int step = 0; step < order.Length; step++)
        {
            waves[step] = known[steps[step]];
            order[step] = !_acts.TryFind(number, steps[step], out ObjectId act) ? steps[step]
                : named.Unit == OrderUnit.Objects ? _things.OfActAmongObjects(act)
                : _things.OfActAmongFiles(act);
        }

        return new PlanRows(things, order, WaveSource.Step, waves);
    }

    // In preserve order over all sessions, one file after another.
    private PhaseSteps AsPreserved(PhaseRule rule)
    {
        PlanRows rows = new(_things.Files, [.. PreservedFiles(rule)], WaveSource.StepNumber, []);
        return new PhaseSteps(rule.Phase, _names, rows, CarriedIn(rule.Phase));
    }

    private PhaseSteps SessionBySession(PhaseRule rule)
    {
        // The kernel walks its list of created sessions one by one; closing and finishing are calls of
        // ours, and those of sessions of one wave may be made side by side.
        bool isWalkedByKernel = rule.Between == SessionOrder.Create;
        ReadOnlySpan<int> vertices = SessionsAndActs(rule);
        int[] order = GC.AllocateUninitializedArray<int>(
            _layout.FileCount + vertices.Length - _graph.SessionCount);
        WaveSource source = _layout.ActCount > 0 ? WaveSource.Step
            : isWalkedByKernel ? WaveSource.StepNumber
            : WaveSource.Session;
        int[] waves = source switch
        {
            WaveSource.Step => new int[order.Length],
            WaveSource.Session => [.. SessionWaves(rule)],
            _ => [],
        };
        SessionFiles bySession = FilesInSessions(rule);
        ReadOnlySpan<int> sessionWaves = source == WaveSource.Step ? SessionWaves(rule) : [];
        int number = _lift.NumberOf(NamedOrder.Of(rule.Between));
        int step = 0;
        foreach (int vertex in vertices)
        {
            bool isAct = _acts.TryFind(number, vertex, out ObjectId act);
            int actRow = isAct ? _things.OfActAmongFiles(act) : -1;
            foreach (int row in isAct ? new ReadOnlySpan<int>(in actRow) : bySession[vertex])
            {
                order[step] = row;
                if (source == WaveSource.Step)
                {
                    waves[step] = isWalkedByKernel && !isAct ? step : sessionWaves[vertex];
                }

                step++;
            }
        }

        PlanRows rows = new(_things.Files, order, source, waves);
        return new PhaseSteps(rule.Phase, _names, rows, CarriedIn(rule.Phase));
    }

    private PhaseSteps SessionAtOnce(PhaseRule rule)
    {
        ReadOnlySpan<int> steps = SessionsAndActs(rule);
        ReadOnlySpan<int> waves = SessionWaves(rule);
        ReadOnlySpan<ObjectId> movable = _layout.Movable;
        int number = _lift.NumberOf(NamedOrder.Of(rule.Between));
        GatherMovable();
        PlanRow[] rows = new PlanRow[steps.Length];
        int[] carried = new int[movable.Length];
        int count = 0;
        for (int step = 0; step < steps.Length; step++)
        {
            int session = steps[step];
            if (_acts.TryFind(number, session, out ObjectId act))
            {
                rows[step] = _things.Files[_things.OfActAmongFiles(act)] with { Wave = waves[session] };
                continue;
            }

            int wave = rule.Between == SessionOrder.Create ? step : waves[session];
            ReadOnlySpan<int> gathered = _inOrderOfItsOwn[session];
            rows[step] = new PlanRow(-1, session, wave, false, 0, count, gathered.Length);
            foreach (int place in gathered)
            {
                carried[count++] = movable[place].Index;
            }
        }

        return new PhaseSteps(rule.Phase, _names, new PlanRows(rows), carried);
    }

    private PhaseSteps EverythingAtOnce(Phase phase)
    {
        ReadOnlySpan<ObjectId> movable = _layout.Movable;
        int[] carried = new int[movable.Length];
        for (int i = 0; i < carried.Length; i++)
        {
            carried[i] = movable[i].Index;
        }

        PlanRow[] rows = _graph.SessionCount == 0 ? [] : [new(-1, -1, 0, false, 0, 0, carried.Length)];
        return new PhaseSteps(phase, _names, rows, carried);
    }

    // The places of movable objects by their sessions.
    private void GatherMovable()
    {
        ReadOnlySpan<ObjectId> movable = _layout.Movable;
        Span<int> cells = Scratch.Take(ref _files, 2 * movable.Length);
        Span<int> places = cells[..movable.Length];
        Span<int> sessions = cells[movable.Length..];
        for (int place = 0; place < places.Length; place++)
        {
            places[place] = place;
            sessions[place] = _layout.SessionOf(movable[place].Index);
        }

        _inOrderOfItsOwn.Read(_graph.SessionCount, sessions, places);
    }

    private int[] WavesOf(PrecedenceOrder order, int count)
    {
        foreach ((PrecedenceOrder known, int[] waves) in _waves)
        {
            if (ReferenceEquals(known, order))
            {
                return waves;
            }
        }

        int[] copy = [.. order.Waves[..count]];
        _waves.Add((order, copy));
        return copy;
    }

    // One list for phases whose objects follow one another alike.
    private int[] CarriedIn(Phase phase)
    {
        PrecedenceOrder? order = _layout.CarriedCount == 0 ? null : _objects[phase];
        foreach ((PrecedenceOrder? known, int[] files) in _carried)
        {
            if (ReferenceEquals(known, order))
            {
                return files;
            }
        }

        int[] carried = order is null ? [] : CarriedIn(order);
        _carried.Add((order, carried));
        return carried;
    }

    // By wave, inside a wave by position: both are in the key.
    private int[] CarriedIn(PrecedenceOrder order)
    {
        const int waveShift = 32;
        ReadOnlySpan<int> waves = order.Waves;
        ReadOnlySpan<int> carried = _layout.Carried;
        Span<long> keys = Scratch.Take(ref _keys, carried.Length);
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = ((long)waves[carried[i]] << waveShift) | (uint)carried[i];
        }

        for (int file = 0; file < _layout.FileCount; file++)
        {
            keys.Slice(_layout.FirstCarried(file), _layout.CarriedCountOf(file)).Sort();
        }

        int[] sorted = new int[keys.Length];
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i] = unchecked((int)keys[i]);
        }

        return sorted;
    }
}
