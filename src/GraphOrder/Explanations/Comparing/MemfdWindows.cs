using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>The windows of all memfds under one plan. O(V log V + E) time, O(V) space.</summary>
internal sealed class MemfdWindows
{
    private readonly DependencyGraph _graph;
    private readonly PhaseClock _preserve;
    private readonly PhaseClock _retrieve;
    private readonly PhaseClock _finish;
    private readonly int[] _lastMapper;

    public MemfdWindows(DependencyGraph graph, Plan plan)
    {
        _graph = graph;
        _preserve = new PhaseClock(graph, plan[Phase.Preserve]);
        _retrieve = new PhaseClock(graph, plan[Phase.Retrieve]);
        _finish = new PhaseClock(graph, plan[Phase.Finish]);
        _lastMapper = DeviceMappings.LastMappers(graph, _finish);
    }

    /// <summary>One for each memfd, in document order.</summary>
    public ImmutableArray<MemfdWindow> All()
    {
        ImmutableArray<MemfdWindow>.Builder windows = ImmutableArray.CreateBuilder<MemfdWindow>();
        for (int i = 0; i < _graph.ObjectCount; i++)
        {
            if (_graph[new ObjectId(i)].Kind == ObjectKind.Memfd)
            {
                windows.Add(Of(i));
            }
        }

        return windows.DrainToImmutable();
    }

    private MemfdWindow Of(int memfd)
    {
        int preserved = _preserve.StepOf(memfd);
        int finished = _finish.StepOf(memfd);
        int lastPreserve = _preserve.StepCount - 1;
        long objects = _preserve.ObjectsBetween(preserved, lastPreserve)
            + _finish.ObjectsBetween(-1, finished) - 1;
        Int128 microseconds = _preserve.MicrosecondsBetween(preserved, lastPreserve)
            + _finish.MicrosecondsBetween(-1, finished) - _finish.CostOf(_graph, memfd);
        MemfdWindow window = new(new ObjectId(memfd), objects, Saturated(microseconds));
        if (_lastMapper[memfd] < 0)
        {
            return window;
        }

        ImmutableArray<GuardSpan> guards = GuardsOf(memfd);
        return window with
        {
            LastMapper = new ObjectId(_lastMapper[memfd]),
            Guards = guards,
            Exposed = ExposedBy(guards),
        };
    }

    private ImmutableArray<GuardSpan> GuardsOf(int memfd)
    {
        int finished = _finish.StepOf(memfd);
        int closes = _finish.StepOf(_lastMapper[memfd]);
        Seals? seals = _graph[new ObjectId(memfd)].Facts.Seals;
        ImmutableArray<GuardSpan>.Builder guards = ImmutableArray.CreateBuilder<GuardSpan>();
        guards.Add(new(PageGuard.Pins, new(Phase.Preserve, _preserve.StepOf(memfd))));
        guards.Add(new(PageGuard.PreserveFlag, Moment.Kexec));
        guards.Add(new(PageGuard.HandOver, new(Phase.Retrieve, _retrieve.StepOf(memfd))));
        guards.Add(new(PageGuards.OfRetrieved(seals), new(Phase.Finish, Math.Min(finished, closes))));
        if (finished < closes)
        {
            guards.Add(new(PageGuard.Released, new(Phase.Finish, closes)));
        }

        return guards.DrainToImmutable();
    }

    // Guards that let pages go stand at the end, from retrieve on.
    private ExposedWindow? ExposedBy(ImmutableArray<GuardSpan> guards)
    {
        for (int i = 1; i < guards.Length; i++)
        {
            if (guards[i].Guard.LetsPagesGo())
            {
                Moment opens = guards[i - 1].Until;
                Moment closes = guards[^1].Until;
                bool isInFinish = opens.Phase == Phase.Finish;
                int lastRetrieve = _retrieve.StepCount - 1;
                int fromFinish = isInFinish ? opens.Step : -1;
                int fromRetrieve = isInFinish ? lastRetrieve : opens.Step;
                return new ExposedWindow(
                    opens,
                    closes,
                    _retrieve.ObjectsBetween(fromRetrieve, lastRetrieve)
                        + _finish.ObjectsBetween(fromFinish, closes.Step),
                    Saturated(_retrieve.MicrosecondsBetween(fromRetrieve, lastRetrieve)
                        + _finish.MicrosecondsBetween(fromFinish, closes.Step)));
            }
        }

        return null;
    }

    private static long Saturated(Int128 microseconds) => (long)Int128.Min(microseconds, long.MaxValue);
}
