namespace GraphOrder.Tests.Explanations;

/// <summary>
/// One update simulated step by step: who holds what after each, whether pages could be given away, whether a
/// device may write. Nothing here is clever, and nothing is taken from what it is compared with.
/// </summary>
internal sealed class Timeline
{
    private readonly SessionSet _set;
    private readonly List<(Moment Moment, HashSet<int> Moved)> _events = [];
    private readonly bool[,] _reaches;
    private readonly int _kexec;

    public Timeline(SessionSet set, Plan plan)
    {
        _set = set;
        AddPhase(plan, Phase.Preserve);
        _kexec = _events.Count;
        _events.Add((Moment.Kexec, []));
        AddPhase(plan, Phase.Retrieve);
        AddPhase(plan, Phase.Finish);
        _reaches = Reaches(set);
    }

    /// <summary>What the comparison should say of each memfd.</summary>
    public IEnumerable<MemfdWindow> Windows() => Enumerable.Range(0, _set.Objects.Length)
        .Where(i => _set.Objects[i].Kind == ObjectKind.Memfd)
        .Select(Window);

    private MemfdWindow Window(int memfd)
    {
        int preserved = EventOf(Phase.Preserve, memfd);
        int finished = EventOf(Phase.Finish, memfd);
        List<(int Object, Phase Phase)> held =
        [
            .. MovedIn(Phase.Preserve).Where(each => each.Event > preserved)
                .Concat(MovedIn(Phase.Finish).Where(each => each.Event <= finished && each.Object != memfd))
                .Select(each => (each.Object, _events[each.Event].Moment.Phase!.Value)),
        ];
        long cost = held.Sum(each => Cost(each.Object, each.Phase));
        MemfdWindow window = new(new ObjectId(memfd), held.Count, cost);
        int[] mappers =
            [.. Enumerable.Range(0, _set.Objects.Length).Where(i => i != memfd && _reaches[i, memfd])];
        if (mappers.Length == 0)
        {
            return window;
        }

        int last = mappers.Max(mapper => EventOf(Phase.Finish, mapper));
        List<GuardSpan> guards = [];
        int opens = -1;
        for (int done = 0; done < last; done++)
        {
            // Between event done-1 and event done, for every device that is not finished yet.
            PageGuard guard = GuardAfter(done, memfd, preserved, finished);
            opens = opens < 0 && guard.LetsPagesGo() ? done - 1 : opens;
            if (guards.Count > 0 && guards[^1].Guard == guard)
            {
                guards.RemoveAt(guards.Count - 1);
            }

            guards.Add(new GuardSpan(guard, _events[done].Moment));
        }

        PageGuard atLast = GuardAfter(last, memfd, preserved, finished);
        opens = opens < 0 && atLast.LetsPagesGo() ? last - 1 : opens;
        guards.RemoveAll(span => span.Guard == atLast);
        guards.Add(new GuardSpan(atLast, _events[last].Moment));
        return window with
        {
            LastMapper = new ObjectId(mappers.First(mapper => EventOf(Phase.Finish, mapper) == last)),
            Guards = [.. guards],
            Exposed = opens < 0 ? null : Exposed(opens, last),
        };
    }

    private ExposedWindow Exposed(int opens, int closes)
    {
        List<(int Object, Phase Phase)> moved = [];
        for (int i = opens + 1; i <= closes; i++)
        {
            moved.AddRange(_events[i].Moved.Select(id => (id, _events[i].Moment.Phase!.Value)));
        }

        return new ExposedWindow(
            _events[opens].Moment,
            _events[closes].Moment,
            moved.Count,
            moved.Sum(each => Cost(each.Object, each.Phase)));
    }

    // What stands between while the events before the one of this number are done.
    private PageGuard GuardAfter(int done, int memfd, int preserved, int finished)
    {
        bool Is(int number) => number < done;
        Seals? seals = _set.Objects[memfd].Facts.Seals;
        bool comesBackReadOnly = seals is { } exec && exec.HasFlag(Seals.Exec);
        bool canShrink = seals is { } shrink && !shrink.HasFlag(Seals.Shrink) && !comesBackReadOnly;
        bool canPunch = seals is { } punch && !punch.HasFlag(Seals.Write) && !punch.HasFlag(Seals.FutureWrite)
            && !comesBackReadOnly;
        return Is(finished) ? PageGuard.Released
            : Is(EventOf(Phase.Retrieve, memfd))
                ? seals is null ? PageGuard.UnknownSeals
                    : canShrink ? PageGuard.Unsealed
                    : canPunch ? PageGuard.SealsWithHoles
                    : PageGuard.Seals
            : Is(_kexec) ? PageGuard.HandOver
            : Is(preserved) ? PageGuard.PreserveFlag
            : PageGuard.Pins;
    }

    private long Cost(int id, Phase phase) =>
        _set.Objects[id].Facts.CostMicroseconds is { IsEmpty: false } costs ? costs[(int)phase] : 0;

    private IEnumerable<(int Object, int Event)> MovedIn(Phase phase) => _events
        .SelectMany((each, i) => each.Moment.Phase == phase ? each.Moved.Select(id => (id, i)) : []);

    private int EventOf(Phase phase, int id) =>
        _events.FindIndex(each => each.Moment.Phase == phase && each.Moved.Contains(id));

    private void AddPhase(Plan plan, Phase phase)
    {
        foreach (PlanStep step in plan[phase])
        {
            HashSet<int> moved = [];
            if (step.ObjectName is { } name)
            {
                moved.Add(IndexOf(name));
            }

            for (int i = 0; i < step.CarriedCount; i++)
            {
                moved.Add(IndexOf(step.CarriedName(i)));
            }

            _events.Add((new Moment(phase, step.Number), moved));
        }
    }

    private int IndexOf(string name) => _set.TryFind(name, out ObjectId id) ? id.Index : -1;

    // What a device may write to through an object: a closure over what the document says, step by step.
    private static bool[,] Reaches(SessionSet set)
    {
        int count = set.Objects.Length;
        bool[,] reaches = new bool[count, count];
        foreach (ObjectReference need in set.Needs)
        {
            reaches[need.Owner.Index, need.Id.Index] = true;
        }

        foreach (DeclaredDependency declared in set.Dependencies)
        {
            reaches[declared.Dependent.ObjectId.Index, declared.On.ObjectId.Index] = true;
        }

        for (int i = 0; i < count; i++)
        {
            foreach (IoasArea area in set.Objects[i].Facts.Areas)
            {
                reaches[i, area.File.Index] = true;
            }
        }

        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count && !LeadsOn(set.Objects[i]); j++)
            {
                reaches[i, j] = false;
            }
        }

        for (int middle = 0; middle < count; middle++)
        {
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j < count; j++)
                {
                    reaches[i, j] |= reaches[i, middle] && reaches[middle, j];
                }
            }
        }

        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count && set.Objects[i].IsMovedByKernel; j++)
            {
                reaches[i, j] = false;
            }
        }

        return reaches;
    }

    private static bool LeadsOn(PreservedObject found) => found.IsMovedByKernel || found.Kind.Name is "iommufd"
        or "ioas" or "hwpt" or "iommu_domain" or "vfio-device" or "x-dma";
}
