using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Verification;

[TestFixture]
public sealed class PlanVerifierTests
{
    private static readonly int SetCount = Effort.Of(3_000);

    [Test]
    public void Any_orders_are_legal_exactly_when_the_definition_says_so(
        [ValueSource(typeof(ModelText), nameof(ModelText.All))] ModelText model,
        [Values] bool isOrdered,
        [Values] bool withActs)
    {
        int legal = 0;
        for (int seed = 0; seed < SetCount; seed++)
        {
            Random random = new(seed);
            SessionSet set = new RandomSets(seed, withActs).Next(objectMax: 5, sessionMax: 3, isOrdered);
            DependencyGraph graph = DependencyGraph.Of(set);
            BruteForce force = new(set, model);
            Dictionary<Phase, int[]> movers = Phases.All.ToArray().ToDictionary(
                phase => phase, phase => Shuffled(random, force.Movers(phase)));
            Dictionary<string, int[]> sessions = model.Orders.ToDictionary(
                order => order, order => Shuffled(random, force.SessionsAndActs(order)));

            bool expected = force.IsLegal(Dependencies(graph, force), movers, sessions);
            Plan plan = new PlanForge(graph, model).Forge(movers, sessions);

            VerifyResult verdict = PlanVerifier.Verify(set, plan, model.Kernels);
            Assert.That(verdict.IsLegal, Is.EqualTo(expected), () => $"seed {seed}: {Describe(verdict)}");
            legal += expected ? 1 : 0;
        }

        TestContext.Out.WriteLine($"{legal:N0} of {SetCount:N0} legal");
        Assert.That(legal, Is.InRange(SetCount / 100, SetCount - SetCount / 100));
    }

    [Test]
    public void Every_plan_of_the_planner_is_legal_on_sets_of_up_to_200_objects(
        [ValueSource(typeof(ModelText), nameof(ModelText.All))] ModelText model)
    {
        int setCount = Effort.Of(1_000);
        int legal = 0;
        for (int seed = 0; seed < setCount; seed++)
        {
            SessionSet set = new RandomSets(seed).Next(
                objectMax: 200, sessionMax: 12, isOrdered: seed % 4 != 0);
            if (Planner.Plan(set, model.Kernels).TryGetPlan(out Plan? plan))
            {
                legal++;
                VerifyResult verdict = PlanVerifier.Verify(set, plan, model.Kernels);
                Assert.That(verdict.IsLegal, Is.True, () => $"seed {seed}: {Describe(verdict)}");
            }
        }

        TestContext.Out.WriteLine($"{legal:N0} of {setCount:N0} legal");
        Assert.That(legal, Is.GreaterThan(setCount / 20));
    }

    [Test]
    public void A_plan_for_another_set_is_refused_without_a_look_at_its_steps()
    {
        SessionSet set = Small.TwoFiles(out _, out _).BuildSet();
        SessionSet other = Small.TwoFiles(out ObjectId ram, out ObjectId iommufd)
            .AddDependency(iommufd, on: ram)
            .BuildSet();
        Plan plan = Planner.Plan(other, KernelPair.Linux73).GetPlanOrThrow();

        VerifyResult verdict = PlanVerifier.Verify(set, plan);

        Assert.That(verdict.Diagnostics.Select(d => d.Code), Is.EqualTo(new[] { DiagnosticCode.OtherSet }));
    }

    [TestCase(Phase.Preserve)]
    [TestCase(Phase.Freeze)]
    [TestCase(Phase.Unfreeze)]
    [TestCase(Phase.Unpreserve)]
    [TestCase(Phase.Retrieve)]
    [TestCase(Phase.Finish)]
    public void Two_steps_that_a_dependency_orders_cannot_change_places(Phase phase)
    {
        PhaseSet phases = PhaseSet.Of(phase);
        SessionSet set = Small.TwoFiles(out ObjectId ram, out ObjectId iommufd)
            .AddDependency(iommufd, on: ram, phases)
            .BuildSet();
        DependencyGraph graph = DependencyGraph.Of(set);
        bool isForward = phase is not Phase.Unfreeze;
        int[] legal = isForward ? [ram.Index, iommufd.Index] : [iommufd.Index, ram.Index];
        int[] illegal = [.. legal.Reverse()];
        PlanForge forge = new(graph);

        Assert.That(PlanVerifier.Verify(set, forge.Forge(legal, legal, [0], [0], [0])).IsLegal, Is.True);
        VerifyResult verdict = PlanVerifier.Verify(set, forge.Forge(illegal, illegal, [0], [0], [0]));
        Diagnostic violated = verdict.Diagnostics.Single();
        Assert.That(violated.Code, Is.EqualTo(DiagnosticCode.DependencyViolated));
        Assert.That(violated.Fact("phase"), Is.EqualTo(phase.Name()));
        Assert.That(violated.Subjects, Is.EqualTo(new[] { "iommufd", "ram" }));
    }

    [Test]
    public void The_first_violated_dependency_of_each_phase_is_named()
    {
        SessionSet set = Small.TwoFiles(out ObjectId ram, out ObjectId iommufd)
            .AddDependency(iommufd, on: ram)
            .BuildSet();
        int[] wrong = [iommufd.Index, ram.Index];

        VerifyResult verdict = PlanVerifier.Verify(
            set, new PlanForge(DependencyGraph.Of(set)).Forge(wrong, wrong, [0], [0], [0]));

        Assert.That(verdict.Diagnostics.Select(d => d.Fact("phase")), Is.EquivalentTo(
            new[] { "preserve", "freeze", "unpreserve", "retrieve", "finish" }));
    }

    [Test]
    public void A_missing_step_is_named() =>
        AssertRefused(Phase.Retrieve, rows => rows[1..], DiagnosticCode.StepMissing);

    [Test]
    public void A_doubled_step_is_named() =>
        AssertRefused(Phase.Preserve, rows => [.. rows, rows[0]], DiagnosticCode.StepRepeated);

    [Test]
    public void A_wrong_token_is_named() =>
        AssertRefused(
            Phase.Finish, rows => [rows[0] with { Token = 99 }, .. rows[1..]], DiagnosticCode.WrongToken);

    [Test]
    public void A_step_without_its_session_is_named() =>
        AssertRefused(
            Phase.Finish, rows => [rows[0] with { Session = -1 }, .. rows[1..]], DiagnosticCode.WrongSession);

    [Test]
    public void A_freeze_order_that_is_not_the_preserve_order_is_named() =>
        AssertRefused(Phase.Freeze, rows => [rows[1], rows[0]], DiagnosticCode.OrderNotDerived);

    [Test]
    public void A_wave_that_hides_a_dependency_is_named() =>
        AssertRefused(Phase.Preserve, rows => [rows[0], rows[1] with { Wave = 0 }], DiagnosticCode.WrongWave);

    [Test]
    public void A_whole_session_that_needs_its_own_file_has_its_others_in_later_waves()
    {
        SessionSet set = Small.TwoFiles(out ObjectId ram, out _)
            .AddDependency(new SessionId(0), on: ram, PhaseSet.Of(Phase.Preserve))
            .BuildSet();
        Plan plan = Planner.Plan(set, KernelPair.Linux73).GetPlanOrThrow();
        Plan changed = PlanForge.With(
            plan, Phase.Preserve, rows => [rows[0], rows[1] with { Wave = rows[0].Wave }]);

        Assert.That(PlanVerifier.Verify(set, plan).IsLegal, Is.True);
        Assert.That(
            PlanVerifier.Verify(set, changed).Diagnostics.Select(d => d.Code),
            Does.Contain(DiagnosticCode.WrongWave));
    }

    [Test]
    public void A_step_that_carries_what_its_file_does_not_is_named() =>
        AssertRefused(
            Phase.Preserve,
            rows => [rows[0], rows[1] with { CarriedCount = 0 }],
            DiagnosticCode.WrongCarries);

    [Test]
    public void An_order_of_sessions_that_forgets_one_is_named()
    {
        SessionSet set = WithIoas(out Plan plan);
        Plan changed = new(plan.Model, plan.Input, plan.Rules, plan.Sessions with { Close = [] },
            [.. Phases.All.ToArray().Select(phase => plan[phase])]);

        VerifyResult verdict = PlanVerifier.Verify(set, changed);

        Assert.That(
            verdict.Diagnostics.Select(d => d.Code), Does.Contain(DiagnosticCode.SessionOrderIncomplete));
    }

    [Test]
    public void A_hard_dependency_cannot_be_waived_by_the_plan()
    {
        SessionSet set = Small.TwoFiles(out ObjectId ram, out ObjectId iommufd)
            .AddDependency(iommufd, on: ram, PhaseSet.Of(Phase.Preserve))
            .BuildSet();
        int[] wrong = [iommufd.Index, ram.Index];
        Plan forged = new PlanForge(DependencyGraph.Of(set)).Forge(wrong, wrong, [0], [0], [0]);
        Plan plan = new(forged.Model, forged.Input, forged.Rules, forged.Sessions,
            [.. Phases.All.ToArray().Select(phase => forged[phase])])
        {
            Waived = ["iommufd=>ram@preserve"],
        };

        Assert.That(PlanVerifier.Verify(set, plan).IsLegal, Is.False);
    }

    [Test]
    public void What_the_kernel_has_already_must_stay_first()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session, created: true)
            .AddFile(session, "a", ObjectKind.Memfd, out ObjectId a)
            .AddFile(session, "b", ObjectKind.Memfd, out ObjectId b)
            .SetPreserved(session, b)
            .BuildSet();
        Plan plan = new PlanForge(DependencyGraph.Of(set)).Forge([a.Index, b.Index], [0, 1], [0], [0], [0]);

        VerifyResult verdict = PlanVerifier.Verify(set, plan);

        Assert.That(verdict.Diagnostics.Single().Code, Is.EqualTo(DiagnosticCode.BeginningNotKept));
    }

    private static SessionSet WithIoas(out Plan plan)
    {
        SessionSet set = Small.TwoFiles(out ObjectId ram, out ObjectId iommufd)
            .AddObject(iommufd, "ioas", ObjectKind.Ioas, out ObjectId ioas)
            .AddDependency(ioas, on: ram)
            .BuildSet();
        plan = Planner.Plan(set, KernelPair.Linux73).GetPlanOrThrow();
        return set;
    }

    private static void AssertRefused(Phase phase, Func<PlanRow[], PlanRow[]> change, DiagnosticCode code)
    {
        SessionSet set = WithIoas(out Plan plan);
        Assert.That(PlanVerifier.Verify(set, plan).IsLegal, Is.True);

        VerifyResult verdict = PlanVerifier.Verify(set, PlanForge.With(plan, phase, change));

        Assert.That(verdict.IsLegal, Is.False);
        Assert.That(verdict.Diagnostics.Select(d => d.Code), Does.Contain(code), () => Describe(verdict));
    }

    private static int[] Files(SessionSet set) =>
        [.. Enumerable.Range(0, set.Objects.Length).Where(id => set.Objects[id].IsFile)];

    private static int[] Sessions(SessionSet set) => [.. Enumerable.Range(0, set.Sessions.Length)];

    private static int[] Shuffled(Random random, int[] items)
    {
        random.Shuffle(items);
        return items;
    }

    private static List<(int Dependent, int On, PhaseSet Phases)> Dependencies(
        DependencyGraph graph, BruteForce force)
    {
        List<(int Dependent, int On, PhaseSet Phases)> dependencies = [];
        foreach (Dependency dependency in graph.Dependencies)
        {
            dependencies.Add(
                (force.Item(dependency.Dependent), force.Item(dependency.On), dependency.Phases));
        }

        return dependencies;
    }

    private static string Describe(VerifyResult verdict) =>
        string.Join("; ", verdict.Diagnostics.Select(DiagnosticSentences.Sentence));
}
