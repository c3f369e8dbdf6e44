namespace GraphOrder.Tests.Planning;

/// <summary>What holds for every set, on sets in which everything varies. A failure names its seed.</summary>
[TestFixture]
public sealed class PlannerPropertyTests
{
    private static readonly int SmallCount = Effort.Of(20_000);
    private static readonly int LargeCount = Effort.Of(400);

    [Test]
    public void The_verdict_on_small_random_sets_is_that_of_brute_force(
        [ValueSource(typeof(ModelText), nameof(ModelText.All))] ModelText model,
        [Values] bool isOrdered,
        [Values] bool withActs)
    {
        int count = CountOf(model);
        int legal = 0;
        for (int seed = 0; seed < count; seed++)
        {
            SessionSet set = new RandomSets(seed, withActs).Next(objectMax: 5, sessionMax: 3, isOrdered);
            BruteForce force = new(set, model);
            bool expected = force.IsLegal(force.Dependencies());
            PlanResult result = Planner.Plan(set, model.Kernels);
            Assert.That(result.IsLegal, Is.EqualTo(expected), $"seed {seed}");
            Assert.That(
                !result.TryGetPlan(out Plan? plan) || PlanVerifier.Verify(set, plan, model.Kernels).IsLegal,
                Is.True,
                $"seed {seed}");
            legal += expected ? 1 : 0;
        }

        TestContext.Out.WriteLine($"{legal:N0} of {count:N0} legal");
        Assert.That(legal, Is.InRange(count / 100, count - count / 100));
    }

    [Test]
    public void A_refusal_is_a_proof_since_its_walk_alone_is_refused_and_no_step_of_it_is_idle(
        [ValueSource(typeof(ModelText), nameof(ModelText.All))] ModelText model,
        [Values] bool isOrdered,
        [Values] bool withActs)
    {
        int count = CountOf(model);
        int walks = 0;
        for (int seed = 0; seed < count; seed++)
        {
            SessionSet set = new RandomSets(seed, withActs).Next(objectMax: 5, sessionMax: 3, isOrdered);
            BruteForce force = new(set, model);
            PlanResult result = Planner.Plan(set, model.Kernels);
            bool hasObjectCycle = result.Diagnostics.Any(
                problem => problem.Code == DiagnosticCode.ObjectCycle);
            bool hasHomelessAct = result.Diagnostics.Any(
                problem => problem.Code == DiagnosticCode.ActWithoutPlace);
            foreach (Diagnostic problem in result.Diagnostics)
            {
                if (problem.Cycle is { } cycle)
                {
                    walks++;
                    AssertProves(set, force, hasObjectCycle, hasHomelessAct, cycle, $"seed {seed}");
                }
            }
        }

        TestContext.Out.WriteLine($"{walks:N0} walks");
        Assert.That(walks, Is.GreaterThan(count / 100));
    }

    private static int CountOf(ModelText model) => model == ModelText.Linux73 ? SmallCount : SmallCount / 10;

    [Test]
    public void A_walk_is_closed_and_begins_at_its_earliest_object()
    {
        for (int seed = 0; seed < LargeCount; seed++)
        {
            SessionSet set = new RandomSets(seed).Next(objectMax: 200, sessionMax: 12, isOrdered: false);
            foreach (Diagnostic problem in Planner.Plan(set, KernelPair.Linux73).Diagnostics)
            {
                if (problem.Cycle is { } cycle)
                {
                    AssertIsClosed(cycle, $"seed {seed}");
                    int first = Position(set, cycle.Steps[0].First);
                    Assert.That(
                        cycle.Steps.Min(step => Position(set, step.First)),
                        Is.EqualTo(first),
                        $"seed {seed}");
                }
            }
        }
    }

    [Test]
    public void The_plan_does_not_hang_on_the_order_in_which_dependencies_are_declared(
        [Values] bool isOrdered)
    {
        for (int seed = 0; seed < LargeCount; seed++)
        {
            SessionSet set = new RandomSets(seed).Next(objectMax: 60, sessionMax: 6, isOrdered);
            DeclaredDependency[] shuffled = [.. set.Dependencies];
            new Random(seed).Shuffle(shuffled);
            SessionSet other = new(set.Ids, set.SessionNames)
            {
                Sessions = set.Sessions,
                Objects = set.Objects,
                Dependencies = [.. shuffled],
            };

            Assert.That(
                Print(Planner.Plan(other, KernelPair.Linux73)),
                Is.EqualTo(Print(Planner.Plan(set, KernelPair.Linux73))),
                $"seed {seed}");
        }
    }

    private static void AssertProves(
        SessionSet set,
        BruteForce force,
        bool hasObjectCycle,
        bool hasHomelessAct,
        DependencyCycle cycle,
        string seed)
    {
        AssertIsClosed(cycle, seed);
        List<(int Dependent, int On, PhaseSet Phases)> all = force.Dependencies();
        List<(int Dependent, int On, PhaseSet Phases)> walk = [];
        foreach (CycleStep step in cycle.Steps.Where(step => step.Rule != CycleRule.FixedBeginning))
        {
            Assert.That(set.TryFindEnd(step.Dependent, out DependencyEnd dependent), Is.True, seed);
            Assert.That(set.TryFindEnd(step.On, out DependencyEnd on), Is.True, seed);
            walk.Add((force.Item(dependent), force.Item(on), PhaseSet.Of(step.Phase)));
            Assert.That(
                all.Exists(known => known.Dependent == walk[^1].Dependent && known.On == walk[^1].On
                    && known.Phases.Contains(step.Phase)),
                Is.True,
                seed);
        }

        Assert.That(force.IsLegal(walk), Is.False, $"{seed}: the walk alone must be refused");

        // A part of a walk of objects may still be one of files, a fixed beginning may forbid a part
        // by itself, an act without a place too, and one dependency on a whole session may stand for several
        // steps.
        bool isAlone = !hasObjectCycle
            && !hasHomelessAct
            && !set.Sessions.Any(session => session.Created)
            && !set.Dependencies.Any(found => found.Dependent.IsSession || found.On.IsSession);
        for (int i = 0; isAlone && i < walk.Count; i++)
        {
            Assert.That(
                force.IsLegal([.. walk[..i], .. walk[(i + 1)..]]), Is.True, $"{seed}: without step {i} "
                    + "it is legal");
        }
    }

    private static void AssertIsClosed(DependencyCycle cycle, string seed)
    {
        for (int i = 0; i < cycle.Steps.Length; i++)
        {
            CycleStep step = cycle.Steps[i];
            CycleStep next = cycle.Steps[(i + 1) % cycle.Steps.Length];
            Assert.That(step.JoinedBy is null, Is.EqualTo(step.Then == next.First), seed);
        }
    }

    private static int Position(SessionSet set, string name)
    {
        Assert.That(set.TryFindEnd(name, out DependencyEnd end), Is.True);
        return end.IsSession ? set.Objects.Length + end.SessionId.Index : end.ObjectId.Index;
    }

    private static string Print(PlanResult result)
    {
        List<string> lines = [];
        foreach (Diagnostic diagnostic in result.Diagnostics)
        {
            lines.Add($"{diagnostic.Code} {string.Join(' ', diagnostic.Cycle?.Steps ?? [])}");
        }

        foreach (Phase phase in result.TryGetPlan(out Plan? plan) ? Phases.All : [])
        {
            lines.AddRange(
                plan![phase].Select(step => $"{phase} {step.Number} {step.Wave} {step.ObjectName}"));
        }

        return string.Join('\n', lines);
    }
}
