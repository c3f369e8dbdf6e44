namespace GraphOrder.Tests.Planning;

[TestFixture]
public sealed class PlannerTests
{
    private static readonly PhaseSet Unfreeze = PhaseSet.Of(Phase.Unfreeze);

    [Test]
    public void What_is_needed_is_preserved_first_and_finished_last()
    {
        Plan plan = Legal(
            Small.TwoFiles(out ObjectId ram, out ObjectId iommufd).AddDependency(iommufd, on: ram));

        Assert.That(Ids(plan[Phase.Preserve]), Is.EqualTo(new[] { "ram", "iommufd" }));
        Assert.That(Ids(plan[Phase.Freeze]), Is.EqualTo(new[] { "ram", "iommufd" }));
        Assert.That(Ids(plan[Phase.Unfreeze]), Is.EqualTo(new[] { "ram", "iommufd" }));
        Assert.That(Ids(plan[Phase.Unpreserve]), Is.EqualTo(new[] { "iommufd", "ram" }));
        Assert.That(Ids(plan[Phase.Retrieve]), Is.EqualTo(new[] { "ram", "iommufd" }));
        Assert.That(Ids(plan[Phase.Finish]), Is.EqualTo(new[] { "iommufd", "ram" }));
    }

    [Test]
    public void Unfreeze_runs_forward_so_that_a_dependency_in_all_phases_contradicts_preserve()
    {
        DependencyCycle cycle = Refused(
            Small.TwoFiles(out ObjectId ram, out ObjectId iommufd).AddDependency(
                iommufd, on: ram, PhaseSet.All),
            DiagnosticCode.FileCycle);

        IEnumerable<(string, string, Phase, CycleRule)> steps =
            cycle.Steps.Select(step => (step.First, step.Then, step.Phase, step.Rule));
        Assert.That(steps, Is.EqualTo(new[]
        {
            ("ram", "iommufd", Phase.Preserve, CycleRule.NeededFirst),
            ("iommufd", "ram", Phase.Unfreeze, CycleRule.PreserveOrder),
        }));
        Assert.That(cycle.Phases, Is.EqualTo(PhaseSet.Of(Phase.Preserve, Phase.Unfreeze)));
    }

    [Test]
    public void Unfreeze_alone_puts_the_needing_file_first_in_preserve_order()
    {
        Plan plan = Legal(
            Small.TwoFiles(out ObjectId ram, out ObjectId iommufd).AddDependency(iommufd, on: ram, Unfreeze));

        Assert.That(Ids(plan[Phase.Preserve]), Is.EqualTo(new[] { "iommufd", "ram" }));
    }

    [Test]
    public void A_cycle_of_objects_is_told_once_with_all_its_phases()
    {
        DependencyCycle cycle = Refused(
            Small.TwoFiles(out ObjectId ram, out ObjectId iommufd)
                .AddDependency(iommufd, on: ram)
                .AddDependency(ram, on: iommufd),
            DiagnosticCode.ObjectCycle);

        Assert.That(cycle.Steps.Select(step => (step.First, step.Then)), Is.EqualTo(new[]
        {
            ("ram", "iommufd"),
            ("iommufd", "ram"),
        }));
        Assert.That(cycle.Phases, Is.EqualTo(PhaseSet.Default));
        Assert.That(cycle.IsShortest, Is.True);
    }

    [Test]
    public void A_cycle_of_sessions_is_told_in_objects_and_in_finish()
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession("vm-01", out SessionId first)
            .AddSession("vm-02", out SessionId second)
            .AddFile(first, "vm-01/ring", ObjectKind.Memfd, out ObjectId ring)
            .AddFile(first, "vm-01/ioas", ObjectKind.Ioas, out ObjectId firstIoas)
            .AddFile(second, "vm-02/shm", ObjectKind.Memfd, out ObjectId shm)
            .AddFile(second, "vm-02/ioas", ObjectKind.Ioas, out ObjectId secondIoas)
            .AddDependency(firstIoas, on: shm)
            .AddDependency(secondIoas, on: ring);

        DependencyCycle cycle = Refused(builder, DiagnosticCode.SessionCycle);

        Assert.That(cycle.Steps.Select(step => step.JoinedBy), Is.EqualTo(new[] { "vm-02", "vm-01" }));
        Assert.That(cycle.Steps.Select(step => (step.First, step.Then, step.Phase)), Is.EqualTo(new[]
        {
            ("vm-01/ioas", "vm-02/shm", Phase.Finish),
            ("vm-02/ioas", "vm-01/ring", Phase.Finish),
        }));
        Assert.That(cycle.Phases, Is.EqualTo(PhaseSet.Of(Phase.Freeze, Phase.Unpreserve, Phase.Finish)));
    }

    [Test]
    public void A_cycle_of_files_is_joined_by_the_files_that_hide_it()
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "f", ObjectKind.Iommufd, out ObjectId f)
            .AddFile(session, "g", ObjectKind.Iommufd, out ObjectId g)
            .AddObject(f, "f1", ObjectKind.Ioas, out ObjectId f1)
            .AddObject(f, "f2", ObjectKind.Ioas, out ObjectId f2)
            .AddObject(g, "g1", ObjectKind.Ioas, out ObjectId g1)
            .AddDependency(f1, on: g1)
            .AddDependency(g1, on: f2);

        DependencyCycle cycle = Refused(builder, DiagnosticCode.FileCycle);

        Assert.That(cycle.Steps.Select(step => (step.First, step.Then, step.JoinedBy)), Is.EqualTo(new[]
        {
            ("f2", "g1", null),
            ("g1", "f1", "f"),
        }));
    }

    [Test]
    public void A_path_through_the_kernels_objects_orders_its_ends_and_nothing_else()
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "a", ObjectKind.File, out ObjectId a)
            .AddFile(session, "b", ObjectKind.File, out ObjectId b)
            .AddKernelObject("x", ObjectKind.Flb, out ObjectId x)
            .AddDependency(a, on: x)
            .AddDependency(x, on: b);

        Plan plan = Legal(builder);

        Assert.That(Ids(plan[Phase.Preserve]), Is.EqualTo(new[] { "b", "a" }));
        Assert.That(Ids(plan[Phase.Finish]), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(plan[Phase.Preserve].Select(step => step.Wave), Is.EqualTo(new[] { 0, 1 }));
    }

    [Test]
    public void A_path_that_returns_to_its_session_through_the_kernels_objects_is_no_cycle_of_sessions()
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddSession("t", out SessionId other)
            .AddFile(session, "a", ObjectKind.File, out ObjectId a)
            .AddFile(session, "b", ObjectKind.File, out ObjectId b)
            .AddFile(other, "c", ObjectKind.File, out ObjectId c)
            .AddKernelObject("x", ObjectKind.Flb, out ObjectId x)
            .AddDependency(a, on: x, PhaseSet.Of(Phase.Finish))
            .AddDependency(c, on: x, PhaseSet.Of(Phase.Finish))
            .AddDependency(x, on: b, PhaseSet.Of(Phase.Finish));

        Plan plan = Legal(builder);

        Assert.That(Ids(plan[Phase.Finish]), Is.EqualTo(new[] { "c", "a", "b" }));
    }

    [Test]
    public void A_session_as_an_end_binds_all_its_files_in_preserve_and_retrieve_and_the_orders_of_sessions()
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession("vm", out SessionId vm)
            .AddSession("backend", out SessionId backend)
            .AddFile(vm, "vm/a", ObjectKind.Memfd, out _)
            .AddFile(vm, "vm/b", ObjectKind.Memfd, out _)
            .AddFile(backend, "backend/a", ObjectKind.Memfd, out _)
            .AddFile(backend, "backend/b", ObjectKind.Memfd, out _)
            .AddDependency(vm, on: backend);

        Plan plan = Legal(builder);

        Assert.That(
            Ids(plan[Phase.Preserve]), Is.EqualTo(new[] { "backend/a", "backend/b", "vm/a", "vm/b" }));
        Assert.That(
            Ids(plan[Phase.Retrieve]), Is.EqualTo(new[] { "backend/a", "backend/b", "vm/a", "vm/b" }));
        Assert.That(Names(plan.Sessions.Create), Is.EqualTo(new[] { "backend", "vm" }));
        Assert.That(Names(plan.Sessions.Retrieve), Is.EqualTo(new[] { "backend", "vm" }));
        Assert.That(Names(plan.Sessions.Finish), Is.EqualTo(new[] { "vm", "backend" }));
        Assert.That(Names(plan.Sessions.Close), Is.EqualTo(new[] { "vm", "backend" }));
    }

    [Test]
    public void A_file_that_needs_its_own_session_comes_last_in_it()
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "map", ObjectKind.Memfd, out ObjectId map)
            .AddFile(session, "a", ObjectKind.Memfd, out _)
            .AddFile(session, "b", ObjectKind.Memfd, out _)
            .AddDependency(map, on: session, PhaseSet.Of(Phase.Preserve));

        Assert.That(Ids(Legal(builder)[Phase.Preserve]), Is.EqualTo(new[] { "a", "b", "map" }));
    }

    [Test]
    public void What_is_preserved_already_stays_first_in_its_order()
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session, created: true)
            .AddFile(session, "a", ObjectKind.Memfd, out _)
            .AddFile(session, "b", ObjectKind.Memfd, out ObjectId b)
            .AddFile(session, "c", ObjectKind.Memfd, out ObjectId c)
            .SetPreserved(session, c, b);

        Assert.That(Ids(Legal(builder)[Phase.Preserve]), Is.EqualTo(new[] { "c", "b", "a" }));
    }

    [Test]
    public void A_beginning_that_contradicts_a_dependency_names_the_session_to_start_again()
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session, created: true)
            .AddFile(session, "ram", ObjectKind.Memfd, out ObjectId ram)
            .AddFile(session, "iommufd", ObjectKind.Iommufd, out ObjectId iommufd)
            .AddDependency(iommufd, on: ram)
            .SetPreserved(session, iommufd);

        PlanResult result = Planner.Plan(builder.BuildSet(), KernelPair.Linux73);

        Diagnostic problem = result.Diagnostics.Single(d => d.IsError);
        Assert.That(problem.Code, Is.EqualTo(DiagnosticCode.BeginningContradicted));
        Assert.That(problem.Fact("sessions"), Is.EqualTo("s"));
        Assert.That(problem.Cycle!.Steps.Select(step => (step.First, step.Then, step.Rule)), Is.EqualTo(new[]
        {
            ("ram", "iommufd", CycleRule.NeededFirst),
            ("iommufd", "ram", CycleRule.FixedBeginning),
        }));
    }

    [Test]
    public void Created_sessions_come_first_in_the_creation_order()
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession("new", out _)
            .AddSession("old", out _, created: true);

        Assert.That(Names(Legal(builder).Sessions.Create), Is.EqualTo(new[] { "old", "new" }));
    }

    [Test]
    public void Retrieve_takes_one_session_after_another()
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession("one", out SessionId one)
            .AddSession("two", out SessionId two)
            .AddFile(one, "one/ram", ObjectKind.Memfd, out ObjectId ram1)
            .AddFile(one, "one/state", ObjectKind.Memfd, out ObjectId state1)
            .AddFile(two, "two/ram", ObjectKind.Memfd, out ObjectId ram2)
            .AddFile(two, "two/state", ObjectKind.Memfd, out ObjectId state2)
            .AddDescription(state1, ram1)
            .AddDescription(state2, ram2);

        Plan plan = Legal(builder);

        Assert.That(
            Ids(plan[Phase.Preserve]), Is.EqualTo(new[] { "one/ram", "two/ram", "one/state", "two/state" }));
        Assert.That(
            Ids(plan[Phase.Retrieve]), Is.EqualTo(new[] { "one/state", "one/ram", "two/state", "two/ram" }));
    }

    [Test]
    public void A_soft_dependency_binds_until_it_is_waived_by_name()
    {
        DependencyGraphBuilder Cyclic() => Small.TwoFiles(out ObjectId ram, out ObjectId iommufd)
            .AddDependency(iommufd, on: ram)
            .AddDependency(ram, on: iommufd, strength: DependencyStrength.Soft);
        Assert.That(Waiver.TryParse("ram=>iommufd", out Waiver? waiver), Is.True);
        PlanOptions options = new() { Waivers = [waiver!] };

        PlanResult bound = Planner.Plan(Cyclic().BuildSet(), KernelPair.Linux73);
        PlanResult waived = Planner.Plan(Cyclic().BuildSet(), KernelPair.Linux73, options);

        Assert.That(bound.IsLegal, Is.False);
        Assert.That(
            waived.GetPlanOrThrow().Waived, Has.Length.EqualTo(5).And.Contains("ram=>iommufd@finish"));
    }

    [Test]
    public void A_waiver_of_a_hard_dependency_has_no_effect_and_says_so()
    {
        DependencyGraphBuilder builder = Small.TwoFiles(out ObjectId ram, out ObjectId iommufd)
            .AddDependency(iommufd, on: ram);
        Assert.That(Waiver.TryParse("iommufd=>ram@finish", out Waiver? waiver), Is.True);

        PlanResult result = Planner.Plan(
            builder.BuildSet(), KernelPair.Linux73, new PlanOptions { Waivers = [waiver!] });

        Assert.That(result.Diagnostics.Select(d => d.Code), Does.Contain(DiagnosticCode.WaiverWithoutEffect));
        Assert.That(Ids(result.GetPlanOrThrow()[Phase.Finish]), Is.EqualTo(new[] { "iommufd", "ram" }));
    }

    [Test]
    public void A_chain_of_a_million_objects_plans_without_recursion()
    {
        const int length = 1_000_000;
        DependencyGraphBuilder builder = new DependencyGraphBuilder().AddSession("s", out SessionId session);
        ObjectId previous = default;
        for (int i = 0; i < length; i++)
        {
            builder.AddFile(session, $"o{i}", ObjectKind.Memfd, out ObjectId next, token: (ulong)i);
            if (i > 0)
            {
                builder.AddDependency(previous, on: next);
            }

            previous = next;
        }

        Plan plan = Legal(builder);

        Assert.That(plan[Phase.Preserve][0].ObjectName, Is.EqualTo($"o{length - 1}"));
        Assert.That(plan[Phase.Preserve][length - 1].Wave, Is.EqualTo(length - 1));
    }

    [Test]
    public void A_retrieve_of_whole_sessions_lists_the_empty_ones_in_their_place()
    {
        KernelPair kernels = KernelPair.Of(LifecycleModel.Linux73.With("by-session", new PhaseRule(
            Phase.Retrieve,
            StepUnit.Session,
            SessionOrder.Named("mine"),
            IsBackward: false,
            InsideSession.Together)));
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("empty", out _)
            .AddSession("s", out SessionId session)
            .AddFile(session, "ram", ObjectKind.Memfd, out _)
            .BuildSet();

        Plan plan = Planner.Plan(set, kernels).GetPlanOrThrow();

        Assert.That(Names(plan.Sessions.Retrieve), Is.EqualTo(new[] { "empty", "s" }));
        Assert.That(PlanVerifier.Verify(set, plan, kernels).Diagnostics, Is.Empty);
    }

    [Test]
    public void A_cancelled_plan_throws()
    {
        SessionSet set = Small.TwoFiles(out _, out _).BuildSet();

        Assert.That(
            () => Planner.Plan(set, KernelPair.Linux73, null, new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    private static Plan Legal(DependencyGraphBuilder builder)
    {
        PlanResult result = Planner.Plan(builder.BuildSet(), KernelPair.Linux73);
        Assert.That(result.IsLegal, Is.True, () => string.Join(", ", result.Diagnostics));
        return result.GetPlanOrThrow();
    }

    private static DependencyCycle Refused(DependencyGraphBuilder builder, DiagnosticCode code)
    {
        PlanResult result = Planner.Plan(builder.BuildSet(), KernelPair.Linux73);
        Diagnostic problem = result.Diagnostics.Single(d => d.IsError);
        Assert.That(problem.Code, Is.EqualTo(code));
        return problem.Cycle!;
    }

    private static string?[] Ids(PhaseSteps steps) => [.. steps.Select(step => step.ObjectName)];

    private static string[] Names(IEnumerable<SessionName> names) => [.. names.Select(name => name.Text)];
}
