using System.Diagnostics;
using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Explanations;

[TestFixture]
public sealed class PlanDifferTests
{
    private const int PairCount = 150;

    public static IEnumerable<TestCaseData> Models =>
        ModelText.All.Select(model => new TestCaseData(model).SetArgDisplayNames(model.Kernels.ModelName));

    // What convinces: take the named changes back by hand, plan again, and look.
    [TestCaseSource(nameof(Models))]
    public void Taking_back_the_named_cause_restores_the_witness_and_less_of_it_does_not(ModelText model)
    {
        int tried = 0;
        int several = 0;
        foreach ((string name, Sides sides) in Pairs(model.Kernels))
        {
            PlanDifference found = sides.Compare();
            foreach (OrderCause cause in found.Causes)
            {
                Assert.That(cause.Kind, Is.AnyOf(OrderCauseKind.Dependencies, OrderCauseKind.Preserve), name);
            }

            foreach ((Phase phase, MovedStep step) in Moved(found))
            {
                Assert.That(step.Cause, Is.GreaterThanOrEqualTo(0), name);
                OrderCause cause = found.Causes[step.Cause];
                if (cause.Kind != OrderCauseKind.Dependencies)
                {
                    continue;
                }

                tried++;
                several += cause.Changes.Length > 1 ? 1 : 0;
                bool wasFirst = Sides.HasFirst(sides.First, phase, step);
                Assert.That(Sides.HasFirst(sides.Second, phase, step), Is.EqualTo(!wasFirst), name);
                Plan? without = sides.Without(found, cause.Changes);
                Assert.That(without, Is.Not.Null, name);
                Assert.That(Sides.HasFirst(without!, phase, step), Is.EqualTo(wasFirst), $"{name} {step}");
                Assert.That(cause.Changes, Is.Not.Empty, name);
            }

            several += AssertIsLeast(sides, found, name);
        }

        Assert.That(tried, Is.GreaterThan(PairCount / 5));
        Assert.That(several, Is.GreaterThan(0));
    }

    [TestCaseSource(nameof(Models))]
    public void Counts_are_those_of_looking_at_every_pair(ModelText model)
    {
        long turned = 0;
        foreach ((string name, Sides sides) in Pairs(model.Kernels))
        {
            foreach (PhaseDifference phase in sides.Compare().Phases)
            {
                string[] first = Sides.Names(sides.First[phase.Phase]);
                string[] second = Sides.Names(sides.Second[phase.Phase]);
                long pairs = (
                    from a in Enumerable.Range(0, first.Length)
                    from b in Enumerable.Range(a + 1, first.Length - a - 1)
                    where Array.IndexOf(second, first[a]) > Array.IndexOf(second, first[b])
                    select (a, b)).LongCount();
                turned += pairs;
                Assert.That(phase.TurnedPairs, Is.EqualTo(pairs), name);
                foreach (MovedStep step in phase.Moved)
                {
                    Assert.That(first[step.First], Is.EqualTo(step.Step.Name), name);
                    Assert.That(second[step.Second], Is.EqualTo(step.Step.Name), name);
                    Assert.That(step.By, Is.EqualTo(step.Second - step.First), name);
                }

                string[] moved = [.. phase.Moved.Select(step => step.Step.Name)];
                Assert.That(first.Except(moved), Is.EqualTo(second.Except(moved)), name);
            }
        }

        Assert.That(turned, Is.GreaterThan(PairCount / 3));
    }

    [TestCaseSource(nameof(Models))]
    public void A_cause_is_whole_where_nothing_is_turned_without_it(ModelText model)
    {
        int whole = 0;
        int part = 0;
        foreach ((string name, Sides sides) in Pairs(model.Kernels))
        {
            PlanDifference found = sides.Compare();
            foreach (OrderCause cause in found.Causes.Where(one => one.Kind == OrderCauseKind.Dependencies))
            {
                Plan without = sides.Without(found, cause.Changes)!;
                bool isWhole = Phases.All.ToArray().All(
                    phase => Sides.Names(without[phase]).SequenceEqual(Sides.Names(sides.First[phase])));
                whole += isWhole ? 1 : 0;
                part += isWhole ? 0 : 1;
                Assert.That(cause.IsWhole, Is.EqualTo(isWhole), name);
            }
        }

        Assert.That((whole, part), Is.EqualTo((Math.Max(whole, 1), Math.Max(part, 1))));
    }

    [Test]
    public void A_plan_and_itself_are_the_same()
    {
        Sides sides = Pairs(KernelPair.Linux73).First().Sides;
        PlanSide side = sides.Compare().First;

        PlanDifference found = PlanDiffer.Compare(side, side);

        Assert.That(found.IsSame, Is.True);
        Assert.That(found.Dependencies, Is.Empty);
        Assert.That(found.DiagnosticsAdded.Concat(found.DiagnosticsGone), Is.Empty);
    }

    [Test]
    public void Without_dependencies_there_are_counts_and_no_causes()
    {
        Sides sides = Pairs(KernelPair.Linux73).First(pair => pair.Sides.Compare().MovedCount > 0).Sides;
        PlanDifference whole = sides.Compare();

        PlanDifference found = PlanDiffer.Compare(
            PlanSide.Of(whole.First.Result), PlanSide.Of(whole.Second.Result));

        Assert.That(found.HasDependencies, Is.False);
        Assert.That(found.Causes, Is.Empty);
        Assert.That(found.MovedCount, Is.EqualTo(whole.MovedCount));
        Assert.That(found.Phases.SelectMany(phase => phase.Moved).All(step => step.Cause < 0), Is.True);
    }

    [Test]
    public void A_chain_that_orders_the_witness_begins_and_ends_at_it()
    {
        int chains = 0;
        foreach ((string name, Sides sides) in Pairs(KernelPair.Of(LifecycleModel.ExplicitGraph)))
        {
            PlanDifference found = sides.Compare();
            foreach (OrderCause cause in found.Causes.Where(one => !one.Chain.IsEmpty))
            {
                chains++;
                string[] ends = [cause.Chain[0].First, cause.Chain[^1].Then];
                Assert.That(ends, Is.EquivalentTo([cause.Step.Name, cause.Other.Name]), name);
                Plan plan = cause.IsChainOfFirst ? sides.First : sides.Second;
                string[] steps = Sides.Names(plan[cause.Phase]);
                Assert.That(Array.IndexOf(steps, ends[0]), Is.LessThan(Array.IndexOf(steps, ends[1])), name);
            }
        }

        Assert.That(chains, Is.GreaterThan(10));
    }

    [Test]
    public void Four_hundred_thousand_steps_are_compared_in_moments()
    {
        const int count = 400_000;
        DependencyGraphBuilder builder = new();
        builder.AddSession("vm", out SessionId session);
        ObjectId[] files = new ObjectId[count];
        for (int i = 0; i < count; i++)
        {
            builder.AddFile(session, $"file-{i}", ObjectKind.Memfd, out files[i]);
            _ = i % 4 > 0 ? builder.AddDependency(files[i], files[i - 1]) : builder;
        }

        DependencyGraph first = builder.Build();
        Dependency added = new(
            files[^1000], files[^1001], PhaseSet.Default, DependencyStrength.Hard, 1, default);
        DependencyGraph second = first.With([.. first.Dependencies, added]);
        PlanSide[] sides =
        [
            .. new[] { first, second }.Select(graph => new PlanSide(Planner.Plan(graph, KernelPair.Linux73))
            {
                Graph = graph,
                Kernels = KernelPair.Linux73,
            }),
        ];

        Stopwatch time = Stopwatch.StartNew();
        PlanDifference bare = PlanDiffer.Compare(sides[0] with { Graph = null }, sides[1]);
        TimeSpan counted = time.Elapsed;
        PlanDifference whole = PlanDiffer.Compare(sides[0], sides[1]);
        TimeSpan told = time.Elapsed - counted;
        TestContext.Out.WriteLine($"counted in {counted.TotalSeconds:F2} s, causes {told.TotalSeconds:F2} s");

        // The file goes from the first wave to the fifth, and what hangs on it as far.
        Assert.That(bare.Phases[0].MovedCount, Is.EqualTo(4));
        Assert.That(bare.Phases[0].TurnedPairs, Is.GreaterThan(4 * 75_000));
        Assert.That(whole.Causes[0].IsWhole, Is.True);
        Assert.That(counted, Is.LessThan(TimeSpan.FromSeconds(20)));
        Assert.That(told, Is.LessThan(TimeSpan.FromSeconds(60)));
    }

    private static int AssertIsLeast(Sides sides, PlanDifference found, string name)
    {
        int several = 0;
        foreach (OrderCause cause in found.Causes.Where(one => one.Changes.Length > 1))
        {
            MovedStep witness = new(cause.Step, 0, 0, 0, 0) { Other = cause.Other };
            bool wasFirst = Sides.HasFirst(sides.First, cause.Phase, witness);
            several++;
            foreach (int change in cause.Changes)
            {
                Plan? without = sides.Without(found, cause.Changes.Remove(change));
                Assert.That(
                    without is null || Sides.HasFirst(without, cause.Phase, witness) != wasFirst,
                    Is.True,
                    name);
            }
        }

        return several;
    }

    private static IEnumerable<(Phase Phase, MovedStep Step)> Moved(PlanDifference found) =>
        found.Phases.SelectMany(phase => phase.Moved.Select(step => (phase.Phase, step)));

    private static IEnumerable<(string Name, Sides Sides)> Pairs(KernelPair kernels)
    {
        int count = 0;
        for (int seed = 0; count < PairCount; seed++)
        {
            SessionSet set = new RandomSets(seed, withActs: seed % 3 == 0).Next(
                objectMax: 12, sessionMax: 3, isOrdered: true);
            DependencyGraph first = DependencyGraph.Of(set);
            DependencyGraph second = Changed(first, new Random(seed));
            if (Planner.Plan(first, kernels).TryGetPlan(out Plan? one)
                && Planner.Plan(second, kernels).TryGetPlan(out Plan? other))
            {
                count++;
                yield return ($"seed {seed}", new Sides(first, second, one, other, kernels));
            }
        }
    }

    // Some are gone, some bind elsewhere, and as many are new as may be.
    private static DependencyGraph Changed(DependencyGraph graph, Random random)
    {
        List<Dependency> all = [];
        foreach (Dependency dependency in graph.Dependencies)
        {
            int choice = random.Next(8);
            bool isOfAct = IsAct(graph, dependency.Dependent) || IsAct(graph, dependency.On);
            if (choice > 1)
            {
                all.Add(choice > 2 || isOfAct ? dependency : dependency with { Phases = PhaseSet.Default });
            }
        }

        for (int i = random.Next(4); i > 0 && graph.ObjectCount > 1; i--)
        {
            ObjectId dependent = new(random.Next(graph.ObjectCount));
            ObjectId on = new(random.Next(graph.ObjectCount));
            bool isKnown = dependent == on
                || all.Exists(one => one.Dependent == dependent && one.On == on)
                || IsAct(graph, dependent) || IsAct(graph, on);
            if (!isKnown)
            {
                all.Add(new Dependency(
                    dependent, on, PhaseSet.Default, DependencyStrength.Hard, 1, default));
            }
        }

        return graph.With([.. all]);
    }

    private static bool IsAct(DependencyGraph graph, DependencyEnd end) =>
        !end.IsSession && graph[end.ObjectId].Act is not null;

    private sealed record Sides(
        DependencyGraph FirstGraph, DependencyGraph SecondGraph, Plan First, Plan Second, KernelPair Kernels)
    {
        public PlanDifference Compare() =>
            PlanDiffer.Compare(Side(First, FirstGraph), Side(Second, SecondGraph));

        public static string[] Names(PhaseSteps steps) =>
            [.. steps.Select(step => step.ObjectName ?? step.ActName ?? step.Session?.Text ?? "")];

        public static bool HasFirst(Plan plan, Phase phase, MovedStep step)
        {
            string[] names = Names(plan[phase]);
            return Array.IndexOf(names, step.Step.Name) < Array.IndexOf(names, step.Other!.Value.Name);
        }

        /// <summary>The second set as the difference says that it was, in some places.</summary>
        public Plan? Without(PlanDifference found, IEnumerable<int> changes)
        {
            List<Dependency> all = [.. SecondGraph.Dependencies];
            foreach (DependencyChange change in changes.Select(index => found.Dependencies[index]))
            {
                SecondGraph.Set.TryFindEnd(change.Dependent, out DependencyEnd dependent);
                SecondGraph.Set.TryFindEnd(change.On, out DependencyEnd on);
                all.RemoveAll(one => one.Dependent == dependent && one.On == on);
                if (change.First is { } was)
                {
                    Add(was.Hard, DependencyStrength.Hard, 1);
                    Add(was.Soft, DependencyStrength.Soft, was.Weight);
                }

                void Add(PhaseSet phases, DependencyStrength strength, long weight)
                {
                    if (!phases.IsEmpty)
                    {
                        all.Add(new Dependency(dependent, on, phases, strength, weight, default));
                    }
                }
            }

            return Planner.Plan(SecondGraph.With([.. all]), Kernels).TryGetPlan(out Plan? plan) ? plan : null;
        }

        private PlanSide Side(Plan plan, DependencyGraph graph) =>
            new(new PlanResult(plan)) { Graph = graph, Kernels = Kernels };
    }
}
