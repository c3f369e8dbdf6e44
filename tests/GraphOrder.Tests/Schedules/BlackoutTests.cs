namespace GraphOrder.Tests.Schedules;

/// <summary>Schedules whose figures can be checked by hand.</summary>
[TestFixture]
public sealed class BlackoutTests
{
    [Test]
    public void A_guest_alone_waits_for_what_stands_between_pause_and_resume()
    {
        DependencyGraphBuilder builder = new();
        AddGuest(builder, "vm", pauseAfter: 7, device: 20, limited: false);
        builder.SetHost(new HostFacts { KexecMicroseconds = 1_000 });

        Schedule schedule = Schedule(builder);

        // Pause 1, state 7, the freeze of two files 2 + 2, the jump, the device 20, resume 3.
        Assert.That(schedule.Longest.Microseconds, Is.EqualTo(1 + 7 + 4 + 1_000 + 20 + 3));
        Assert.That(schedule.SumMicroseconds, Is.EqualTo(schedule.OneByOneMicroseconds));
        Assert.That(schedule.LongestChain.Select(static link => link.Call.Microseconds), Is.EqualTo(
            new long[] { 1, 7, 4, 1_000, 20, 3 }));
        Assert.That(schedule.SpeedUps[0].GainMicroseconds, Is.EqualTo(1_000));
        Assert.That(schedule.SpeedUps[0].Call!.Value.Phase, Is.Null);
    }

    [Test]
    public void Guests_side_by_side_wait_for_the_longer_one_only_in_front_of_the_jump()
    {
        DependencyGraphBuilder builder = new();
        AddGuest(builder, "a", pauseAfter: 5, device: 100, limited: false);
        AddGuest(builder, "b", pauseAfter: 50, device: 10, limited: false);

        Schedule schedule = Schedule(builder);

        // The freeze of all four files is 8 for both; a pauses 45 later than b.
        Assert.That(schedule.Blackouts.Select(static each => each.Microseconds), Is.EqualTo(
            new long[] { 1 + 5 + 8 + 100 + 3, 1 + 50 + 8 + 10 + 3 }));
        Assert.That(
            schedule.Blackouts[0].StartMicroseconds - schedule.Blackouts[1].StartMicroseconds,
            Is.EqualTo(45));
        Assert.That(schedule.IsLeast, Is.True);
    }

    [Test]
    public void The_shorter_device_of_a_class_goes_first_and_one_more_place_is_told()
    {
        DependencyGraphBuilder builder = new();
        builder.SetLimit("pci", 1);
        AddGuest(builder, "a", pauseAfter: 1, device: 100, limited: true);
        AddGuest(builder, "b", pauseAfter: 1, device: 10, limited: true);

        Schedule schedule = Schedule(builder);

        Assert.That(schedule.Blackouts[1].Microseconds, Is.EqualTo(schedule.Blackouts[1].MicrosecondsMin));
        Assert.That(
            schedule.Blackouts[0].Microseconds, Is.EqualTo(schedule.Blackouts[0].MicrosecondsMin + 10));
        Assert.That(schedule.LongestChain.Single(static link => link.Class == "pci").Call.Microseconds,
            Is.EqualTo(100));
        Assert.That(schedule.SpeedUps.Single(static each => each.Class == "pci").GainMicroseconds,
            Is.EqualTo(10));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    [TestCase(int.MaxValue)]
    public void Many_equal_guests_are_served_as_well_as_can_be_proved(int places)
    {
        DependencyGraphBuilder builder = new();
        builder.SetLimit("pci", places);
        for (int guest = 0; guest < 64; guest++)
        {
            AddGuest(builder, $"vm{guest}", pauseAfter: 1, device: 10 + guest, limited: true);
        }

        Schedule schedule = Schedule(builder);

        Assert.That(schedule.IsLeast, Is.True, "shortest first is optimal, and the bound knows it");
        Assert.That(schedule.Blackouts.Select(static each => each.Microseconds), Is.Ordered);
    }

    [Test]
    public void A_better_neighbour_is_found_where_no_rule_is_best()
    {
        // Two devices of a class a guest, the second behind a long step without one: no rule of thumb
        // interleaves them, and there are too many to try all.
        DependencyGraphBuilder builder = new();
        builder.SetLimit("pci", 1);
        Random random = new(5);
        for (int guest = 0; guest < 6; guest++)
        {
            AddGuest(builder, $"vm{guest}", 1, device: random.Next(1, 40), limited: true, gap: random.Next(60));
        }

        SessionSet set = builder.BuildSet();
        long found = Schedule(set, ScheduleOptions.Default).SumMicroseconds;
        long byRules = Schedule(set, new ScheduleOptions { WorkMax = 0 }).SumMicroseconds;

        Assert.That(found, Is.LessThan(byRules));
    }

    [Test]
    public void A_set_without_blackouts_has_no_schedule()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "f", ObjectKind.Memfd, out _)
            .BuildSet();
        DependencyGraph graph = DependencyGraph.Of(set);
        Plan plan = Planner.Plan(graph, KernelPair.Linux73).GetPlanOrThrow();

        Assert.That(Scheduler.TrySchedule(graph, KernelPair.Linux73, plan, out _), Is.False);
    }

    [Test]
    public void A_demand_is_met_or_refused_with_the_schedule_at_hand()
    {
        DependencyGraphBuilder builder = new();
        AddGuest(builder, "a", pauseAfter: 5, device: 100, limited: false);
        AddGuest(builder, "b", pauseAfter: 5, device: 10, limited: false);
        builder.SetHost(new HostFacts { KexecMicroseconds = 0 });
        SessionSet set = builder.BuildSet();
        long longest = 1 + 5 + 8 + 100 + 3;

        PlanAnswer met = Answer(set, longest);
        PlanAnswer refused = Answer(set, longest - 1);

        Assert.That(met.Result.IsLegal, Is.True);
        Assert.That(met.Result.Diagnostics.Any(IsAboutCosts), Is.False);
        Assert.That(refused.Result.IsLegal, Is.False);
        Diagnostic told = refused.Result.Diagnostics.Single(static found => found.IsError);
        Assert.That(told.Code, Is.EqualTo(DiagnosticCode.BlackoutTooLong));
        Assert.That(told.Subjects, Is.EqualTo(new[] { "session:a" }));
        Assert.That(refused.Schedule!.Longest.Session.Text, Is.EqualTo("a"));
    }

    [Test]
    public void A_demand_that_cannot_be_checked_is_not_met()
    {
        SessionSet without = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "f", ObjectKind.Memfd, out _)
            .BuildSet();
        Assert.That(
            Answer(without, 1).Result.Diagnostics.Single(static found => found.IsError).Code,
            Is.EqualTo(DiagnosticCode.BlackoutNotSaid));

        DependencyGraphBuilder builder = new();
        AddGuest(builder, "a", pauseAfter: 5, device: 100, limited: false);
        PlanAnswer unknown = Answer(builder.BuildSet(), 1_000);
        Assert.That(unknown.Result.IsLegal, Is.True);
        Assert.That(unknown.Result.Diagnostics.Any(IsAboutCosts), Is.True, "nobody says how long the jump takes");
    }

    [Test]
    public void Costs_that_no_time_can_hold_give_no_schedule()
    {
        DependencyGraphBuilder builder = new();
        AddGuest(builder, "a", pauseAfter: long.MaxValue, device: 100, limited: false);
        SessionSet set = builder.BuildSet();

        PlanAnswer answer = PlanRequest.Answer(set, KernelPair.Linux73, schedule: ScheduleOptions.Default);

        Assert.That(answer.Schedule, Is.Null);
        Assert.That(answer.Result.IsLegal, Is.True);
        Assert.That(answer.Result.Diagnostics.Any(
            static found => found.Code == DiagnosticCode.CostsTooLarge && !found.IsError));
        Assert.That(Answer(set, 1).Result.IsLegal, Is.False);
    }

    [Test]
    public void Thousands_of_guests_end_in_bounded_time()
    {
        DependencyGraphBuilder builder = new();
        builder.SetLimit("pci", 4);
        for (int guest = 0; guest < 4_000; guest++)
        {
            AddGuest(builder, $"vm{guest}", 1, device: 10 + guest % 7, limited: true, gap: guest % 5);
        }

        SessionSet set = builder.BuildSet();
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        PlanAnswer answer = PlanRequest.Answer(
            set, KernelPair.Linux73, schedule: ScheduleOptions.Default, cancellation: limit.Token);

        Assert.That(answer.Schedule!.Blackouts, Has.Length.EqualTo(4_000));
        Assert.That(
            answer.Schedule.SumMicroseconds, Is.GreaterThanOrEqualTo(answer.Schedule.SumMicrosecondsMin));
    }

    private static bool IsAboutCosts(Diagnostic found) => found.Code == DiagnosticCode.CostsNotSaid;

    private static PlanAnswer Answer(SessionSet set, long max) => PlanRequest.Answer(
        set, KernelPair.Linux73, schedule: new ScheduleOptions { BlackoutMicrosecondsMax = max });

    private static Schedule Schedule(DependencyGraphBuilder builder) =>
        Schedule(builder.BuildSet(), ScheduleOptions.Default);

    private static Schedule Schedule(SessionSet set, ScheduleOptions options) =>
        PlanRequest.Answer(set, KernelPair.Linux73, schedule: options).Schedule!;

    // Preserve: device, pause 1, state. Freeze: 2 each. Retrieve: device [, gap, device], resume 3.
    private static void AddGuest(
        DependencyGraphBuilder builder,
        string name,
        long pauseAfter,
        long device,
        bool limited,
        long gap = -1)
    {
        ObjectFacts devices = Costs(9, 2, device, limited);
        ObjectFacts states = Costs(pauseAfter, 2, 0);
        builder.AddSession(name, out SessionId session)
            .AddFile(session, $"{name}/device", ObjectKind.File, out ObjectId first, facts: devices)
            .AddFile(session, $"{name}/state", ObjectKind.File, out ObjectId state, facts: states)
            .AddAct(session, $"{name}/pause", Phase.Preserve, out ObjectId pause, true, Costs(1, 0, 0))
            .AddAct(session, $"{name}/resume", Phase.Retrieve, out ObjectId resume, false, Costs(0, 0, 3))
            .AddDependency(state, on: pause)
            .AddDependency(pause, on: first)
            .AddDependency(resume, on: first)
            .SetBlackout(session, pause, resume);
        if (gap >= 0)
        {
            ObjectFacts again = Costs(0, 0, device, limited);
            builder
                .AddAct(session, $"{name}/wait", Phase.Retrieve, out ObjectId wait, false, Costs(0, 0, gap))
                .AddAct(session, $"{name}/again", Phase.Retrieve, out ObjectId second, false, again)
                .AddDependency(wait, on: first)
                .AddDependency(second, on: wait)
                .AddDependency(resume, on: second);
        }
    }

    private static ObjectFacts Costs(long preserve, long freeze, long retrieve, bool limited = false) => new()
    {
        Class = limited ? "pci" : null,
        CostMicroseconds = [preserve, freeze, 0, 0, retrieve, 0],
        CostPhases = PhaseSet.All,
    };
}
