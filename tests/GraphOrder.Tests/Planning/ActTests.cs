namespace GraphOrder.Tests.Planning;

/// <summary>Acts have a step in their own phase, where the caller makes its calls.</summary>
[TestFixture]
public sealed class ActTests
{
    [Test]
    public void An_act_has_a_step_in_its_own_phase_alone_and_no_token()
    {
        SessionSet set = Guest(out _, out _, out _).BuildSet();
        Plan plan = Planner.Plan(set, KernelPair.Linux73).GetPlanOrThrow();

        PlanStep pause = plan[Phase.Preserve].Single(step => step.ActName is not null);
        Assert.That(pause.ActName, Is.EqualTo("pause"));
        Assert.That(pause.ObjectName, Is.Null);
        Assert.That(pause.Token, Is.Null);
        Assert.That(pause.Session?.Text, Is.EqualTo("vm"));
        foreach (Phase phase in (Phase[])[Phase.Freeze, Phase.Unfreeze, Phase.Unpreserve, Phase.Finish])
        {
            Assert.That(plan[phase].Any(step => step.ActName is not null), Is.False, phase.Name());
        }
    }

    [Test]
    public void A_late_act_stands_directly_before_what_waits_for_it()
    {
        SessionSet set = Guest(out ObjectId ram, out ObjectId state, out ObjectId pause)
            .AddDependency(state, on: ram)
            .AddDependency(state, on: pause)
            .BuildSet();

        Assert.That(Names(Planner.Plan(set, KernelPair.Linux73), Phase.Preserve), Is.EqualTo(
            new[] { "0 ram", "0 pause", "1 state" }));
    }

    [Test]
    public void A_late_act_that_nothing_waits_for_stands_last()
    {
        SessionSet set = Guest(out ObjectId ram, out ObjectId state, out _)
            .AddDependency(state, on: ram)
            .BuildSet();

        Assert.That(Names(Planner.Plan(set, KernelPair.Linux73), Phase.Preserve), Is.EqualTo(
            new[] { "0 ram", "1 state", "1 pause" }));
    }

    [Test]
    public void A_chain_of_late_acts_stands_as_late_as_its_last()
    {
        SessionSet set = Guest(out ObjectId ram, out ObjectId state, out ObjectId pause)
            .AddAct(new SessionId(0), "seal", Phase.Preserve, out ObjectId seal, isLate: true)
            .AddObject(state, "inner", ObjectKind.Custom("x-i"), out ObjectId inner)
            .AddDependency(state, on: ram)
            .AddDependency(seal, on: pause)
            .AddDependency(inner, on: seal)
            .BuildSet();

        Assert.That(Names(Planner.Plan(set, KernelPair.Linux73), Phase.Preserve), Is.EqualTo(
            new[] { "0 ram", "0 pause", "1 seal", "2 state" }));
    }

    [Test]
    public void Between_finishes_an_act_stands_where_its_dependencies_put_it()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("a", out SessionId a)
            .AddSession("b", out SessionId b)
            .AddFile(a, "fa", ObjectKind.Memfd, out ObjectId fa)
            .AddFile(b, "fb", ObjectKind.Memfd, out ObjectId fb)
            .AddAct(a, "unmap", Phase.Finish, out ObjectId unmap)
            .AddDependency(unmap, on: fa)
            .AddDependency(fb, on: unmap)
            .BuildSet();

        PlanResult result = Planner.Plan(set, KernelPair.Linux73);

        Assert.That(Names(result, Phase.Finish), Is.EqualTo(new[] { "0 fb", "1 unmap", "2 fa" }));
        Assert.That(
            result.GetPlanOrThrow().Sessions.Finish.Select(name => name.Text),
            Is.EqualTo(new[] { "b", "a" }));
    }

    [TestCase(Phase.Freeze, "preserve")]
    [TestCase(Phase.Unfreeze, "preserve")]
    public void Linux_takes_no_act_where_the_kernel_walks_by_itself(Phase phase, string instead)
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("vm", out SessionId vm)
            .AddAct(vm, "act", phase, out _)
            .BuildSet();

        Diagnostic refused = Planner.Plan(set, KernelPair.Linux73).Diagnostics.Single();

        Assert.That(refused.Code, Is.EqualTo(DiagnosticCode.ActWithoutPlace));
        Assert.That(refused.Fact("instead"), Is.EqualTo(instead));
        Assert.That(Planner.Plan(set, KernelPair.Of(LifecycleModel.ExplicitGraph)).IsLegal, Is.True);
    }

    [Test]
    public void A_finish_of_everything_at_once_has_no_place_for_an_act()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("vm", out SessionId vm)
            .AddAct(vm, "act", Phase.Finish, out _)
            .BuildSet();

        KernelPair atOnce = KernelPair.Of(LifecycleModel.GlobalFinish);
        Diagnostic refused = Planner.Plan(set, atOnce).Diagnostics.Single();

        Assert.That(refused.Code, Is.EqualTo(DiagnosticCode.ActWithoutPlace));
        Assert.That(refused.Fact("instead"), Is.EqualTo("retrieve"));
    }

    [Test]
    public void What_the_kernel_has_preserved_already_comes_before_every_act()
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession("vm", out SessionId vm, created: true)
            .AddAct(vm, "seal", Phase.Preserve, out ObjectId seal)
            .AddFile(vm, "ram", ObjectKind.Memfd, out ObjectId ram)
            .SetPreserved(vm, ram);
        Assert.That(
            Names(Planner.Plan(builder.BuildSet(), KernelPair.Linux73), Phase.Preserve),
            Is.EqualTo(new[] { "0 ram", "1 seal" }));

        SessionSet sealedFirst = new DependencyGraphBuilder()
            .AddSession("vm", out vm, created: true)
            .AddAct(vm, "seal", Phase.Preserve, out seal)
            .AddFile(vm, "ram", ObjectKind.Memfd, out ram)
            .SetPreserved(vm, ram)
            .AddDependency(ram, on: seal)
            .BuildSet();
        Assert.That(
            Planner.Plan(sealedFirst, KernelPair.Linux73).Diagnostics.Select(found => found.Code),
            Does.Contain(DiagnosticCode.BeginningContradicted));
    }

    [Test]
    public void A_dependency_with_an_act_counts_in_the_acts_phase_alone()
    {
        SessionSet set = Guest(out ObjectId ram, out _, out ObjectId pause)
            .AddDependency(pause, on: ram)
            .AddNeed(ram, pause)
            .BuildSet();

        Assert.That(
            DependencyGraph.Of(set).Dependencies.ToArray().Select(found => found.Phases),
            Is.All.EqualTo(PhaseSet.Of(Phase.Preserve)));
    }

    [Test]
    public void A_dependency_that_binds_nowhere_is_said_and_one_that_the_phases_hold_is_not()
    {
        PlanResult Plan(Phase first, Phase then) => Planner.Plan(
            new DependencyGraphBuilder()
                .AddSession("vm", out SessionId vm)
                .AddAct(vm, "first", first, out ObjectId needed)
                .AddAct(vm, "then", then, out ObjectId needing)
                .AddDependency(needing, on: needed)
                .BuildSet(),
            KernelPair.Linux73);

        Assert.That(Plan(Phase.Preserve, Phase.Retrieve).Diagnostics, Is.Empty);
        Assert.That(
            Plan(Phase.Retrieve, Phase.Preserve).Diagnostics.Single().Code,
            Is.EqualTo(DiagnosticCode.ActDependencyIdle));
    }

    [Test]
    public void A_late_act_cannot_stand_later_in_any_random_plan(
        [Values(Phase.Preserve, Phase.Finish, Phase.Unpreserve)] Phase phase)
    {
        int late = 0;
        for (int seed = 0; seed < Effort.Of(3_000); seed++)
        {
            SessionSet set = new RandomSets(seed, withActs: true).Next(8, 3, isOrdered: true);
            if (!Planner.Plan(set, KernelPair.Linux73).TryGetPlan(out Plan? plan))
            {
                continue;
            }

            int lastWave = plan[phase].Max(step => (int?)step.Wave) ?? 0;
            foreach (PlanStep step in plan[phase])
            {
                if (step.ActName is { } name && set.TryFind(name, out ObjectId id)
                    && set.Objects[id.Index].Act!.IsLate && step.Wave < lastWave)
                {
                    late++;
                    Plan moved = Verification.PlanForge.With(plan, phase, rows => Later(rows, step.Number));
                    Assert.That(PlanVerifier.Verify(set, moved).IsLegal, Is.False, $"seed {seed}: {name}");
                }
            }
        }

        TestContext.Out.WriteLine($"{late} late acts before the last wave");
        Assert.That(late, Is.AtLeast(Effort.Of(11)));
    }

    private static PlanRow[] Later(PlanRow[] rows, int number)
    {
        PlanRow act = rows[number] with { Wave = rows[number].Wave + 1 };
        int end = Array.FindLastIndex(rows, row => row.Wave <= act.Wave);
        return [.. rows[..number], .. rows[(number + 1)..(end + 1)], act, .. rows[(end + 1)..]];
    }

    private static DependencyGraphBuilder Guest(out ObjectId ram, out ObjectId state, out ObjectId pause) =>
        new DependencyGraphBuilder()
            .AddSession("vm", out SessionId vm)
            .AddAct(vm, "pause", Phase.Preserve, out pause, isLate: true)
            .AddFile(vm, "ram", ObjectKind.Memfd, out ram)
            .AddFile(vm, "state", ObjectKind.Memfd, out state);

    private static string[] Names(PlanResult result, Phase phase) =>
        [.. result.GetPlanOrThrow()[phase].Select(step => $"{step.Wave} {step.ActName ?? step.ObjectName}")];
}
