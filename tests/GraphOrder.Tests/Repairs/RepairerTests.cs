namespace GraphOrder.Tests.Repairs;

/// <summary>What a repair keeps, and what it says of itself.</summary>
[TestFixture]
public sealed class RepairerTests
{
    private static readonly PhaseSet Finish = PhaseSet.Of(Phase.Finish);

    [Test]
    public void A_legal_set_has_none()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "a", ObjectKind.Memfd, out ObjectId a)
            .AddFile(session, "b", ObjectKind.Memfd, out ObjectId b)
            .AddDependency(a, b)
            .BuildSet();

        Assert.That(Repairer.Find(set, KernelPair.Linux73), Is.SameAs(RepairList.None));
    }

    [Test]
    public void A_moved_file_gets_the_smallest_free_token_where_its_own_is_taken()
    {
        SessionSet set = Crossed(out _, out _, firstToken: 1, secondToken: 1);

        Repair move = Repairer.Find(set, KernelPair.Linux73).Repairs[0];

        Assert.That(move.Kind, Is.EqualTo(RepairKind.Move));
        Assert.That(move.Moves, Is.EqualTo(new[] { new FileMove("a1", "one", "two", 3) }));
        ulong?[] tokens = [.. move.Changed.Objects.Select(found => found.DeclaredToken)];
        Assert.That(tokens, Is.EqualTo(new ulong?[] { 3, 2, 1, 2 }));
    }

    [Test]
    public void A_moved_file_keeps_a_token_that_is_free()
    {
        SessionSet set = Crossed(out _, out _, firstToken: 9, secondToken: 1);

        Assert.That(Repairer.Find(set, KernelPair.Linux73).Repairs[0].Moves[0].NewToken, Is.Null);
    }

    [Test]
    public void What_the_kernel_has_preserved_stays_where_it_is()
    {
        SessionSet set = Crossed(out ObjectId a1, out ObjectId b1, created: true, preserved: true);

        RepairList list = Repairer.Find(set, KernelPair.Linux73);

        Assert.That(list.Repairs, Is.Not.Empty);
        foreach (Repair repair in list.Repairs)
        {
            Assert.That(repair.Merges, Is.Empty);
            Assert.That(repair.Moves.Select(move => move.File), Has.None.EqualTo("a1").And.None.EqualTo("a2"));
            Assert.That(repair.Changed.Sessions[0].Preserved, Is.EqualTo(new[] { a1, b1 }));
        }
    }

    [Test]
    public void A_file_leaves_no_session_that_a_dependency_names()
    {
        DependencyGraphBuilder builder = Builder(out ObjectId[] files, out SessionId[] sessions);
        builder.AddSession("three", out SessionId three)
            .AddDependency(sessions[0], on: three, PhaseSet.Of(Phase.Preserve));

        RepairList list = Repairer.Find(builder.BuildSet(), KernelPair.Linux73);

        Assert.That(list.Repairs, Is.Not.Empty);
        Assert.That(
            list.Repairs.SelectMany(repair => repair.Moves).Select(move => move.From),
            Is.All.EqualTo("two"));
        Assert.That(list.Repairs.SelectMany(repair => repair.Changed.Sessions).Select(
            session => session.Name.Text), Does.Contain("one"));
    }

    [Test]
    public void What_preserved_metadata_describes_stays_where_it_is()
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession("one", out SessionId one, created: true)
            .AddSession("two", out SessionId two)
            .AddFile(one, "ram", ObjectKind.Memfd, out ObjectId ram)
            .AddFile(one, "state", ObjectKind.Memfd, out ObjectId state)
            .AddFile(two, "b1", ObjectKind.Memfd, out ObjectId b1)
            .AddFile(two, "b2", ObjectKind.Memfd, out ObjectId b2)
            .AddDescription(state, ram)
            .AddDependency(ram, b1, Finish)
            .AddDependency(b2, state, Finish)
            .SetPreserved(one, ram, state);

        RepairList list = Repairer.Find(builder.BuildSet(), KernelPair.Linux73);

        Assert.That(list.Repairs, Is.Not.Empty);
        Assert.That(
            list.Repairs.SelectMany(repair => repair.Moves).Select(move => move.From), Is.All.EqualTo("two"));
    }

    [Test]
    public void A_waiver_drops_no_phase_that_can_bind_and_works_by_name_too()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "a", ObjectKind.File, out ObjectId a)
            .AddFile(session, "b", ObjectKind.File, out ObjectId b)
            .AddDependency(a, b, Finish)
            .AddDependency(
                b, a, PhaseSet.Of(Phase.Retrieve, Phase.Finish), strength: DependencyStrength.Soft, weight: 7)
            .BuildSet();

        Repair waive = Repairer.Find(set, KernelPair.Linux73).Repairs.Single();

        Assert.That(waive.Kind, Is.EqualTo(RepairKind.Waive));
        Assert.That(waive.Waived, Is.EqualTo(new[] { new Waiver("b", "a", Phase.Finish) }));
        Assert.That(waive.Cost, Is.EqualTo(new RepairCost(7, 0, 0, 0)));
        Assert.That(waive.IsLeastWeight, Is.True);
        Assert.That(waive.Changed.Dependencies[1].Phases, Is.EqualTo(PhaseSet.Of(Phase.Retrieve)));
        PlanOptions waived = new() { Waivers = waive.Waived };
        Assert.That(Planner.Plan(set, KernelPair.Linux73, waived).IsLegal, Is.True);
    }

    [Test]
    public void Causes_that_have_nothing_to_do_with_one_another_are_solved_together()
    {
        DependencyGraphBuilder builder = new();
        for (int i = 0; i < 3; i++)
        {
            AddCross(builder, $"{i}-", out _, out _, default, default, false);
        }

        RepairList list = Repairer.Find(builder.BuildSet(), KernelPair.Linux73);

        Assert.That(list.IsCheapest, Is.True);
        Assert.That(list.Repairs[0].Cost, Is.EqualTo(new RepairCost(0, 3, 0, 0)));
        Assert.That(
            list.Repairs.Select(repair => Planner.Plan(repair.Changed, KernelPair.Linux73).IsLegal),
            Is.All.True);
    }

    [Test]
    public void Where_nothing_helps_it_says_so()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "a", ObjectKind.File, out ObjectId a)
            .AddFile(session, "b", ObjectKind.File, out ObjectId b)
            .AddDependency(a, b)
            .AddDependency(b, a)
            .BuildSet();

        RepairList list = Repairer.Find(set, KernelPair.Linux73);

        Assert.That(list.Repairs, Is.Empty);
        Assert.That(list.Diagnostics.Single().Code, Is.EqualTo(DiagnosticCode.NoRepairHelps));
        Assert.That(list.Diagnostics.Single().Subjects, Is.EquivalentTo(new[] { "a", "b" }));
    }

    [Test]
    public void A_session_that_a_kernel_refuses_is_mended_by_merging()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("one", out SessionId one)
            .AddSession("two", out SessionId two)
            .AddFile(one, "ram", ObjectKind.Memfd, out ObjectId ram, facts: new ObjectFacts
            {
                Seals = Seals.Seal | Seals.Shrink | Seals.Grow,
            })
            .AddFile(two, "iommufd", ObjectKind.Iommufd, out ObjectId iommufd)
            .AddNeed(iommufd, ram)
            .BuildSet();
        KernelPair next = KernelPair.Of(LifecycleModel.LinuxNext);

        RepairList list = Repairer.Find(set, next);

        Assert.That(Planner.Plan(set, next).IsLegal, Is.False);
        Assert.That(list.Repairs, Is.Not.Empty);
        Assert.That(Planner.Plan(list.Repairs[0].Changed, next).IsLegal, Is.True);
    }

    [Test]
    public void It_can_be_cancelled()
    {
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();

        Assert.That(
            () => Repairer.Find(Crossed(out _, out _), KernelPair.Linux73, cancellation: cancelled.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    private static SessionSet Crossed(
        out ObjectId a1,
        out ObjectId a2,
        ulong? firstToken = null,
        ulong? secondToken = null,
        bool created = false,
        bool preserved = false)
    {
        DependencyGraphBuilder builder = new();
        SessionId one = AddCross(builder, "", out a1, out a2, firstToken, secondToken, created);
        return preserved ? builder.SetPreserved(one, a1, a2).BuildSet() : builder.BuildSet();
    }

    private static DependencyGraphBuilder Builder(out ObjectId[] files, out SessionId[] sessions)
    {
        DependencyGraphBuilder builder = new();
        SessionId one = AddCross(builder, "", out ObjectId a1, out ObjectId a2, null, null, false);
        files = [a1, a2];
        sessions = [one];
        return builder;
    }

    // Two sessions that must each finish before the other, two files each.
    private static SessionId AddCross(
        DependencyGraphBuilder builder,
        string prefix,
        out ObjectId a1,
        out ObjectId a2,
        ulong? firstToken,
        ulong? secondToken,
        bool created)
    {
        builder.AddSession(prefix + "one", out SessionId one, created)
            .AddSession(prefix + "two", out SessionId two)
            .AddFile(one, prefix + "a1", ObjectKind.File, out a1, firstToken)
            .AddFile(one, prefix + "a2", ObjectKind.File, out a2, firstToken is null ? null : 2)
            .AddFile(two, prefix + "b1", ObjectKind.File, out ObjectId b1, secondToken)
            .AddFile(two, prefix + "b2", ObjectKind.File, out ObjectId b2, secondToken is null ? null : 2)
            .AddDependency(a1, b1, Finish)
            .AddDependency(b2, a2, Finish);
        return one;
    }
}
