namespace GraphOrder.Tests.Repairs;

/// <summary>What becomes of acts where files move, and what an act on a cycle leaves to do.</summary>
[TestFixture]
public sealed class ActWaysOutTests
{
    private static readonly PhaseSet Finish = PhaseSet.Of(Phase.Finish);

    [Test]
    public void A_cycle_of_a_session_and_an_act_is_broken_by_taking_the_session_apart()
    {
        SessionSet set = Unmapped(DependencyStrength.Hard);

        RepairList list = Repairer.Find(set, KernelPair.Linux73);

        Assert.That(list.IsCheapest, Is.True);
        Assert.That(list.Repairs[0].Kind, Is.EqualTo(RepairKind.Split));
        Assert.That(list.Repairs[0].Cost, Is.EqualTo(new RepairCost(0, 1, 0, 1)));
        Assert.That(Planner.Plan(list.Repairs[0].Changed, KernelPair.Linux73).IsLegal, Is.True);
    }

    [Test]
    public void And_by_waiving_a_soft_dependency_with_the_act()
    {
        RepairList list = Repairer.Find(Unmapped(DependencyStrength.Soft), KernelPair.Linux73);

        Repair waive = list.Repairs.Single(repair => repair.Kind == RepairKind.Waive);
        Assert.That(waive.Waived, Is.EqualTo(new[] { new Waiver("ioas", "unmap", Phase.Finish) }));
        Assert.That(waive.Changed.Dependencies, Has.Length.EqualTo(1));
    }

    // It binds in unfreeze without saying so, which no other dependency does.
    [Test]
    public void A_waived_dependency_with_an_act_of_unfreeze_is_dropped()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("vm", out SessionId vm)
            .AddFile(vm, "ram", ObjectKind.Memfd, out ObjectId ram)
            .AddAct(vm, "undo", Phase.Unfreeze, out ObjectId undo)
            .AddDependency(undo, on: ram)
            .AddDependency(ram, on: undo, strength: DependencyStrength.Soft)
            .BuildSet();
        KernelPair free = KernelPair.Of(LifecycleModel.ExplicitGraph);

        Repair waive = Repairer.Find(set, free).Repairs.Single();

        Assert.That(waive.Changed.Dependencies, Has.Length.EqualTo(1));
        Assert.That(Planner.Plan(waive.Changed, free).IsLegal, Is.True);
    }

    [Test]
    public void Acts_and_blackout_go_with_a_merged_session()
    {
        Repair merge = Merged(firstHasBlackout: false, secondHasBlackout: true);

        Assert.That(merge.Kind, Is.EqualTo(RepairKind.Merge));
        Assert.That(merge.Merges, Is.EqualTo(new[] { new SessionMerge("vm-02", "vm-01") }));
        Assert.That(Homes(merge.Changed), Is.EqualTo(new[] { "pause-2 of vm-01", "resume-2 of vm-01" }));
        Assert.That(merge.Changed.Sessions.Single().Blackout, Is.Not.Null);
    }

    [Test]
    public void Of_two_blackouts_none_is_lost_so_the_session_stays_for_its_acts()
    {
        Repair merge = Merged(firstHasBlackout: true, secondHasBlackout: true);

        Assert.That(merge.Kind, Is.EqualTo(RepairKind.Move));
        Assert.That(merge.Merges, Is.Empty);
        Assert.That(merge.Cost, Is.EqualTo(new RepairCost(0, 2, 0, 0)));
        Assert.That(Homes(merge.Changed), Is.EqualTo(new[]
        {
            "pause-1 of vm-01", "resume-1 of vm-01", "pause-2 of vm-02", "resume-2 of vm-02",
        }));
        Assert.That(merge.Changed.Sessions.Select(session => session.Blackout), Has.None.Null);
        Assert.That(Planner.Plan(merge.Changed, KernelPair.Linux73).IsLegal, Is.True);
    }

    [Test]
    public void Of_two_that_bring_a_blackout_into_one_session_the_first_is_gone()
    {
        EmptiedSessions sessions = Sessions(out _);

        // All files of the three go into a new session, 4; the third has acts and no blackout.
        Assert.That(
            sessions.After([(0, 4), (1, 4), (1, 4), (2, 4)]),
            Is.EqualTo(new[] { new GoneSession(0, 4), new GoneSession(2, 4) }));
        Assert.That(
            sessions.After([(0, 4), (1, 5), (1, 5)]),
            Is.EqualTo(new[] { new GoneSession(0, 4), new GoneSession(1, 5) }));
        Assert.That(sessions.After([(1, 4)]), Is.Empty, "one file is left");
    }

    [Test]
    public void A_session_whose_files_are_scattered_stays_for_its_acts()
    {
        EmptiedSessions sessions = Sessions(out DependencyGraph graph);

        Assert.That(sessions.After([(1, 2), (1, 3)]), Is.Empty);
        Assert.That(sessions.After([(3, 2), (3, 4)]), Is.EqualTo(new[] { new GoneSession(3, -1) }), "no acts");
        Assert.That(sessions.Only([3]).After([(0, 1), (0, 2)]), Is.EqualTo(new[] { new GoneSession(0, -1) }));
        Assert.That(graph.SessionCount, Is.EqualTo(4));
    }

    [Test]
    public void An_act_without_a_place_leaves_the_ways_out_and_their_verdict_says_so()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("one", out SessionId one)
            .AddSession("two", out SessionId two)
            .AddFile(one, "a1", ObjectKind.File, out ObjectId a1)
            .AddFile(one, "a2", ObjectKind.File, out ObjectId a2)
            .AddFile(two, "b1", ObjectKind.File, out ObjectId b1)
            .AddFile(two, "b2", ObjectKind.File, out ObjectId b2)
            .AddAct(one, "pause", Phase.Freeze, out _)
            .AddDependency(a1, b1, Finish)
            .AddDependency(b2, a2, Finish)
            .BuildSet();

        RepairList list = Repairer.Find(set, KernelPair.Linux73);

        Assert.That(list.Repairs, Is.Not.Empty);
        Assert.That(
            list.Repairs.SelectMany(repair => repair.Verdicts[0].Codes).Distinct(),
            Is.EqualTo(new[] { DiagnosticCode.ActWithoutPlace }));
    }

    [Test]
    public void The_files_of_a_guest_can_go_to_the_session_whose_act_they_wait_for()
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession("vm", out SessionId vm)
            .AddSession("host", out SessionId host)
            .AddFile(vm, "ram", ObjectKind.Memfd, out ObjectId ram)
            .AddFile(vm, "ioas", ObjectKind.File, out ObjectId ioas)
            .AddAct(host, "unmap", Phase.Finish, out ObjectId unmap)
            .AddDependency(ioas, on: unmap)
            .AddDependency(unmap, on: ram);

        Repair move = Repairer.Find(builder.BuildSet(), KernelPair.Linux73).Repairs[0];

        Assert.That(move.Kind, Is.EqualTo(RepairKind.Move));
        Assert.That(move.Moves.Single().Into, Is.EqualTo("host"));
    }

    [Test]
    public void A_certificate_that_was_asked_for_is_no_verdict_on_a_way_out()
    {
        PlanOptions options = new() { WithCertificate = true };

        RepairList list = Repairer.Find(Unmapped(DependencyStrength.Hard), KernelPair.Linux73, options);

        Assert.That(list.Repairs[0].Verdicts[0].Verdict, Is.EqualTo(PlanVerdict.Legal));
    }

    [Test]
    public void Many_acts_between_the_files_of_one_session_take_it_apart_without_a_promise()
    {
        const int count = 300;
        DependencyGraphBuilder builder = new DependencyGraphBuilder().AddSession("vm", out SessionId vm);
        for (int i = 0; i < count; i++)
        {
            builder.AddFile(vm, $"ram{i}", ObjectKind.Memfd, out ObjectId ram)
                .AddFile(vm, $"ioas{i}", ObjectKind.File, out ObjectId ioas)
                .AddAct(vm, $"unmap{i}", Phase.Finish, out ObjectId unmap)
                .AddDependency(unmap, on: ram)
                .AddDependency(ioas, on: unmap);
        }

        RepairList list = Repairer.Find(
            builder.BuildSet(), KernelPair.Linux73, limits: new() { WorkMax = 100_000 });

        Repair split = list.Repairs.Single();
        Assert.That(split.Kind, Is.EqualTo(RepairKind.Split));
        Assert.That(split.Cost, Is.EqualTo(new RepairCost(0, count, 0, 1)));
        Assert.That(list.Diagnostics.Single().Code, Is.EqualTo(DiagnosticCode.RepairSearchLimited));
        Assert.That(Planner.Plan(split.Changed, KernelPair.Linux73).IsLegal, Is.True);
    }

    // Its ram is released after its mapping is undone, and that after its IOAS is, all in one session.
    private static SessionSet Unmapped(DependencyStrength strength) => new DependencyGraphBuilder()
        .AddSession("vm", out SessionId vm)
        .AddFile(vm, "ram", ObjectKind.Memfd, out ObjectId ram)
        .AddFile(vm, "ioas", ObjectKind.File, out ObjectId ioas)
        .AddAct(vm, "unmap", Phase.Finish, out ObjectId unmap)
        .AddDependency(unmap, on: ram)
        .AddDependency(ioas, on: unmap, strength: strength)
        .BuildSet();

    // Two sessions that must each finish before the other; the cheapest repair that puts all into one.
    private static Repair Merged(bool firstHasBlackout, bool secondHasBlackout)
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession("vm-01", out SessionId first)
            .AddSession("vm-02", out SessionId second)
            .AddFile(first, "a1", ObjectKind.File, out ObjectId a1)
            .AddFile(first, "a2", ObjectKind.File, out ObjectId a2)
            .AddFile(second, "b1", ObjectKind.File, out ObjectId b1)
            .AddFile(second, "b2", ObjectKind.File, out ObjectId b2)
            .AddDependency(a1, b1, Finish)
            .AddDependency(b2, a2, Finish);
        foreach ((SessionId session, bool hasBlackout) in
            (ReadOnlySpan<(SessionId, bool)>)[(first, firstHasBlackout), (second, secondHasBlackout)])
        {
            if (hasBlackout)
            {
                builder.AddAct(session, $"pause-{session.Index + 1}", Phase.Preserve, out ObjectId pause)
                    .AddAct(session, $"resume-{session.Index + 1}", Phase.Retrieve, out ObjectId resume)
                    .SetBlackout(session, pause, resume);
            }
        }

        return Repairer.Find(builder.BuildSet(), KernelPair.Linux73).Repairs.Single(
            repair => repair.Moves.Length == 2);
    }

    // One file, two files and one file with acts, the first two with blackouts; two files without acts.
    private static EmptiedSessions Sessions(out DependencyGraph graph)
    {
        DependencyGraphBuilder builder = new();
        int[] fileCounts = [1, 2, 1, 2];
        for (int i = 0; i < fileCounts.Length; i++)
        {
            builder.AddSession($"s{i}", out SessionId session);
            for (int file = 0; file < fileCounts[i]; file++)
            {
                builder.AddFile(session, $"f{i}{file}", ObjectKind.File, out _);
            }

            if (i < 3)
            {
                builder.AddAct(session, $"pause-{i}", Phase.Preserve, out ObjectId pause)
                    .AddAct(session, $"resume-{i}", Phase.Retrieve, out ObjectId resume);
                _ = i < 2 ? builder.SetBlackout(session, pause, resume) : builder;
            }
        }

        graph = builder.Build();
        return EmptiedSessions.Of(graph);
    }

    private static string[] Homes(SessionSet set) =>
    [
        .. set.Objects.Select((found, id) => (found.Act, id)).Where(found => found.Act is not null).Select(
            found => $"{set.NameOf(new ObjectId(found.id))} of {set.NameOf(found.Act!.Session)}"),
    ];
}
