namespace GraphOrder.Tests.Schedules;

/// <summary>
/// Small sets of guests that are paused and resumed: files and acts with costs, classes with limits, and
/// dependencies that follow one hidden order, so that most have a plan.
/// </summary>
internal sealed class GuestSets
{
    private static readonly string?[] Classes = [null, "pci", "pci", "disk"];

    private readonly Random _random;

    public GuestSets(int seed) => _random = new Random(seed);

    /// <summary>One set.</summary>
    /// <param name="guestMax">The greatest number of guests.</param>
    /// <param name="fileMax">The greatest number of files of each.</param>
    public SessionSet Next(int guestMax, int fileMax)
    {
        DependencyGraphBuilder builder = new();
        List<DependencyEnd> ends = [];
        int guests = _random.Next(1, guestMax + 1);
        for (int guest = 0; guest < guests; guest++)
        {
            AddGuest(builder, guest, _random.Next(1, fileMax + 1), ends);
        }

        builder.AddKernelObject("flb", ObjectKind.Flb, out ObjectId flb);
        ends.Add(flb);
        builder.SetLimit("pci", _random.Next(1, 3)).SetLimit("disk", 1);
        builder.SetHost(new HostFacts { KexecMicroseconds = _random.Next(3) });
        int[] ranks = [.. ends.Select(_ => _random.Next())];
        for (int count = _random.Next(2 * ends.Count); count > 0; count--)
        {
            int dependent = _random.Next(ends.Count);
            int on = _random.Next(ends.Count);
            if (dependent != on)
            {
                bool swap = ranks[dependent] < ranks[on];
                builder.AddDependency(ends[swap ? on : dependent], ends[swap ? dependent : on]);
            }
        }

        return builder.BuildSet();
    }

    private void AddGuest(DependencyGraphBuilder builder, int guest, int files, List<DependencyEnd> ends)
    {
        builder.AddSession($"s{guest}", out SessionId session);
        for (int file = 0; file < files; file++)
        {
            builder.AddFile(session, $"f{guest}.{file}", ObjectKind.File, out ObjectId added, facts: Facts());
            ends.Add(added);
            if (_random.Next(4) == 0)
            {
                builder.AddObject(added, $"c{guest}.{file}", ObjectKind.Ioas, out ObjectId carried, Facts());
                ends.Add(carried);
            }
        }

        Phase phase = _random.Next(8) == 0 ? Phase.Finish : Phase.Retrieve;
        bool isLate = _random.Next(2) == 0;
        builder.AddAct(session, $"p{guest}", Phase.Preserve, out ObjectId pause, isLate, Facts());
        builder.AddAct(session, $"r{guest}", phase, out ObjectId resume, facts: Facts());
        ends.Add(pause);
        ends.Add(resume);
        builder.SetBlackout(session, pause, resume);
    }

    private ObjectFacts Facts() => new()
    {
        Class = Classes[_random.Next(Classes.Length)],
        CostMicroseconds = [.. Enumerable.Range(0, Phases.Count).Select(_ => (long)_random.Next(4))],
        CostPhases = PhaseSet.All,
    };
}
