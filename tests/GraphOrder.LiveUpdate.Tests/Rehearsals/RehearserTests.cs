namespace GraphOrder.LiveUpdate.Tests.Rehearsals;

/// <summary>What goes wrong in a rehearsal, and what it says of it.</summary>
[TestFixture]
public sealed class RehearserTests
{
    private const int Files = 40;

    [Test]
    public void A_retrieve_that_fails_holds_what_still_needs_it()
    {
        DependencyGraph graph = TwoSessions(out SessionId first, out SessionId second);
        Rehearsal rehearsal = Run(graph, new RehearsalOptions
        {
            Faults = [new SimulatedFault(Phase.Retrieve, "a", graph.TokenOf(new ObjectId(0)), Errno.InputOutput)],
        });
        Assert.That(rehearsal.Held, Is.True);
        Assert.That(rehearsal.Outcome, Is.EqualTo(RehearsalOutcome.Stuck));
        Assert.That(rehearsal.Lost, Is.EqualTo(new[] { new ObjectId(0) }));
        Assert.That(rehearsal.Unfinished, Is.EqualTo(new[] { first, second }));
    }

    [TestCase(Phase.Preserve)]
    [TestCase(Phase.Freeze)]
    public void A_failure_before_the_jump_calls_it_off_in_the_order_of_the_plan(Phase phase)
    {
        DependencyGraph graph = TwoSessions(out _, out _);
        Rehearsal rehearsal = Run(graph, new RehearsalOptions
        {
            Faults = [new SimulatedFault(phase, "b", graph.TokenOf(new ObjectId(1)), Errno.NoMemory)],
        });
        Assert.That(rehearsal.Outcome, Is.EqualTo(RehearsalOutcome.CalledOff));
        Assert.That(rehearsal.Refused?.Error, Is.EqualTo(Errno.NoMemory));
        Assert.That(rehearsal.Held && rehearsal.Lost.IsEmpty, Is.True);
        Assert.That(
            rehearsal.Steps.Where(step => step.Act == RehearsedAct.Close)
                .Select(step => graph.Set.NameOf(step.Session!.Value)),
            Is.EqualTo(new[] { "b", "a" }));
    }

    // A dead process closes in the order of its descriptors: sessions as they were opened.
    [Test]
    public void A_death_breaks_what_a_plan_would_have_held()
    {
        DependencyGraph graph = TwoSessions(out _, out _);
        Rehearsal calm = Run(graph, RehearsalOptions.Default);
        int last = calm.Steps.Last(step => step.Act == RehearsedAct.Retrieve).Number;
        Rehearsal killed = Run(graph, new RehearsalOptions { KillAt = last });
        Assert.That(calm.Held, Is.True);
        Assert.That(
            killed.Broken.Select(broken => (broken.Phase, broken.Step)),
            Is.EqualTo(new[] { (Phase.Finish, last + 1) }));
    }

    [Test]
    public void What_an_iommufd_asks_for_and_nobody_declares_is_found()
    {
        DependencyGraph graph = Mapped(
            false, out ObjectId iommufd, out ObjectId ioas, out List<ObjectId> wanted);
        KernelPair next = new(KernelProfile.LinuxNext);
        OrderTrials trials = Rehearser.Try(graph, next, 30, 1)!;
        Assert.That(trials.Broke, Is.GreaterThan(10));
        ObjectId[] known = [iommufd, ioas];
        Assert.That(trials.Missing.Select(missing => missing.Dependent).Except(known), Is.Empty);
        Assert.That(trials.Missing.Select(missing => missing.On).Distinct(), Is.EquivalentTo(wanted));

        // Declared, every order is taken; the seed that broke breaks again alone.
        Assert.That(Rehearser.Try(graph, next, 1, trials.FirstSeed!.Value)!.Broke, Is.EqualTo(1));
        Assert.That(Rehearser.Try(Mapped(true, out _, out _, out _), next, 30, 1)!.Broke, Is.Zero);
    }

    private static DependencyGraph Mapped(
        bool isDeclared, out ObjectId iommufd, out ObjectId ioas, out List<ObjectId> wanted)
    {
        DependencyGraphBuilder builder = new();
        builder.AddSession("vm", out SessionId session);
        builder.AddFile(session, "iommufd", ObjectKind.Iommufd, out iommufd);
        List<IoasArea> areas = [];
        wanted = [];
        ObjectFacts sealedFacts = new() { Bytes = 4096, Seals = Seals.Seal | Seals.Shrink | Seals.Grow };
        for (int i = 0; i < Files; i++)
        {
            builder.AddFile(session, $"ram{i}", ObjectKind.Memfd, out ObjectId memory, facts: sealedFacts);
            if (i is 3 or 17 or 39)
            {
                wanted.Add(memory);
                areas.Add(new IoasArea((ulong)i << 12, 4096, memory, 0, Access.ReadWrite));
            }
        }

        builder.AddObject(
            iommufd, "ioas", ObjectKind.Ioas, out ioas, new ObjectFacts { Areas = [.. areas] });
        foreach (ObjectId memory in isDeclared ? wanted : [])
        {
            builder.AddDependency(ioas, memory);
        }

        return builder.Build();
    }

    [Test]
    public void What_an_area_maps_and_nobody_declares_is_found_under_the_rules_of_today()
    {
        DependencyGraphBuilder builder = new();
        builder.AddSession("a", out SessionId a);
        builder.AddSession("b", out SessionId b);
        builder.AddFile(a, "ram", ObjectKind.Memfd, out ObjectId memory);
        builder.AddFile(b, "iommufd", ObjectKind.Iommufd, out ObjectId iommufd);
        builder.AddObject(iommufd, "ioas", ObjectKind.Ioas, out ObjectId ioas, new ObjectFacts
        {
            Areas = [new IoasArea(0, 4096, memory, 0, Access.ReadWrite)],
        });
        OrderTrials trials = Rehearser.Try(builder.Build(), KernelPair.Linux73, 20, 9)!;
        Assert.That(trials.Broke, Is.InRange(1, 19));
        Assert.That(trials.Missing, Is.EqualTo(new[] { new MissingDependency(ioas, memory, null) }));
    }

    private static Rehearsal Run(DependencyGraph graph, RehearsalOptions options)
    {
        Assert.That(Planner.Plan(graph, KernelPair.Linux73).TryGetPlan(out Plan? plan), Is.True);
        return Rehearser.Run(graph, KernelPair.Linux73, plan!, options);
    }

    // What is in b needs what is in a.
    private static DependencyGraph TwoSessions(out SessionId first, out SessionId second)
    {
        DependencyGraphBuilder builder = new();
        builder.AddSession("a", out first).AddSession("b", out second);
        builder.AddFile(first, "ram", ObjectKind.Memfd, out ObjectId memory);
        builder.AddFile(second, "backend", ObjectKind.Memfd, out ObjectId backend);
        builder.AddDependency(backend, memory);
        return builder.Build();
    }
}
