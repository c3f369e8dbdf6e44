using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Explanations;

[TestFixture]
public sealed class OrderExplainerTests
{
    private const int SetCount = 60;

    [Test]
    public void One_goes_before_another_exactly_when_no_legal_order_has_it_otherwise(
        [ValueSource(typeof(ModelText), nameof(ModelText.All))] ModelText model)
    {
        Dictionary<OrderVerdict, int> verdicts = [];
        foreach ((int seed, DependencyGraph graph, Possible possible) in LegalSets(model))
        {
            foreach ((DependencyEnd a, DependencyEnd b, Phase phase) in Questions(graph, model))
            {
                OrderExplanation why = OrderExplainer.Explain(graph, model.Kernels, a, b, phase);
                verdicts[why.Verdict] = verdicts.GetValueOrDefault(why.Verdict) + 1;
                bool canA = possible.CanPrecede(a, b, phase);
                bool canB = possible.CanPrecede(b, a, phase);
                string question = $"seed {seed}: {why.First}, {why.Then}, {phase.Name()}: {why.Verdict}";

                Assert.That(why.Problems, Is.Empty, question);
                if (why.HasKernelMoved)
                {
                    // It has no step that brute force could look up; its chain is tested by itself.
                    continue;
                }

                _ = why.Verdict switch
                {
                    OrderVerdict.First => Expect(!canB, question),
                    OrderVerdict.Then => Expect(!canA, question),
                    OrderVerdict.Free => Expect(canA && canB, question),
                    OrderVerdict.Partly => Expect(a.IsSession || b.IsSession, question),
                    OrderVerdict.Together => Expect(why.MovesIn is not null, question),
                    _ => Expect(false, question),
                };
                Assert.That(
                    why.Chain.IsEmpty,
                    Is.EqualTo(why.Verdict is OrderVerdict.Free or OrderVerdict.Together),
                    question);
            }
        }

        TestContext.Out.WriteLine(string.Join(", ", verdicts));
        Assert.That(verdicts.GetValueOrDefault(OrderVerdict.First), Is.GreaterThan(50));
        Assert.That(verdicts.GetValueOrDefault(OrderVerdict.Free), Is.GreaterThan(50));
    }

    [Test]
    public void The_change_that_turns_them_is_the_least_that_brute_force_finds(
        [ValueSource(typeof(ModelText), nameof(ModelText.All))] ModelText model)
    {
        int turned = 0;
        int exact = 0;
        foreach ((int seed, DependencyGraph graph, Possible possible) in LegalSets(model))
        {
            foreach ((DependencyEnd a, DependencyEnd b, Phase phase) in Questions(graph, model))
            {
                OrderExplanation why = OrderExplainer.Explain(graph, model.Kernels, a, b, phase);
                if (why.HasKernelMoved || why.Counterfactual is not { } counterfactual)
                {
                    continue;
                }

                string question = $"seed {seed}: {why.First}, {why.Then}, {phase.Name()}";
                bool isTurned = why.Verdict == OrderVerdict.Then
                    || (why.Verdict == OrderVerdict.Partly && possible.CanPrecede(b, a, phase));
                (DependencyEnd first, DependencyEnd then) = isTurned ? (a, b) : (b, a);
                (long hard, long soft) = Least(graph, possible, first, then, phase);
                Assert.That(counterfactual.IsPossible, Is.EqualTo(hard < long.MaxValue), question);
                if (!counterfactual.IsPossible)
                {
                    continue;
                }

                turned++;
                exact += counterfactual.IsExact ? 1 : 0;
                Assert.That(counterfactual.IsVerified, Is.True, question);
                Assert.That(counterfactual.HardCountMin, Is.LessThanOrEqualTo(hard), question);
                if (counterfactual.IsExact)
                {
                    long weight = counterfactual.Dropped
                        .Where(found => found.Strength == DependencyStrength.Soft).Sum(found => found.Weight);
                    long count = counterfactual.Dropped.Count(
                        found => found.Strength == DependencyStrength.Hard);
                    Assert.That((count, weight), Is.EqualTo((hard, soft)), question);
                }
            }
        }

        TestContext.Out.WriteLine($"{turned:N0} turned, {exact:N0} of them exactly");
        Assert.That(turned, Is.GreaterThan(30));
        Assert.That(exact, Is.GreaterThan(turned * 9 / 10));
    }

    [Test]
    public void A_chain_runs_from_one_end_to_the_other_and_each_step_is_a_dependency()
    {
        for (int seed = 0; seed < Math.Max(12, Effort.Of(200)); seed++)
        {
            ModelText model = ModelText.All[seed % ModelText.All.Length];
            SessionSet set = new RandomSets(seed, withActs: seed % 2 == 0).Next(
                objectMax: 20, sessionMax: 4, isOrdered: true);
            DependencyGraph graph = DependencyGraph.Of(set);
            (DependencyEnd A, DependencyEnd B, Phase Phase)[] questions = [.. Questions(graph, model)];
            for (int asked = 0; asked < questions.Length; asked += Math.Max(1, questions.Length / 60))
            {
                (DependencyEnd a, DependencyEnd b, Phase phase) = questions[asked];
                OrderExplanation why = OrderExplainer.Explain(graph, model.Kernels, a, b, phase);
                Assert.That(
                    why.Chain.Length == 0
                        || (StandsFor(graph, why, why.Chain[0].First, why.IsTurned ? b : a)
                            && StandsFor(graph, why, why.Chain[^1].Then, why.IsTurned ? a : b)),
                    Is.True,
                    $"seed {seed}: {string.Join(", ", why.Chain)}");
                for (int i = 0; i < why.Chain.Length; i++)
                {
                    CycleStep step = why.Chain[i];
                    bool isDependency = set.TryFindEnd(step.Dependent, out DependencyEnd dependent)
                        && set.TryFindEnd(step.On, out DependencyEnd on)
                        && graph.DependenciesOf(dependent).ToArray().Any(
                            found => found.On == on && found.Phases.Contains(step.Phase));
                    Assert.That(
                        isDependency || step.Rule == CycleRule.FixedBeginning,
                        Is.True,
                        $"seed {seed}: {step}");
                    Assert.That(
                        i + 1 == why.Chain.Length || step.JoinedBy is not null
                            || step.Then == why.Chain[i + 1].First,
                        Is.True,
                        $"seed {seed}: {step}");
                }
            }
        }
    }

    [Test]
    public void What_the_kernel_has_already_cannot_be_turned_by_dropping_anything()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session, created: true)
            .AddFile(session, "a", ObjectKind.Memfd, out ObjectId a)
            .AddFile(session, "b", ObjectKind.Memfd, out ObjectId b)
            .SetPreserved(session, a)
            .BuildSet();

        OrderExplanation why = OrderExplainer.Explain(
            DependencyGraph.Of(set), KernelPair.Linux73, a, b, Phase.Finish);

        Assert.That(why.Verdict, Is.EqualTo(OrderVerdict.Then));
        Assert.That(why.Chain.Single().Rule, Is.EqualTo(CycleRule.FixedBeginning));
        Assert.That((why.Chain[0].First, why.Chain[0].Then), Is.EqualTo(("b", "a")));
        Assert.That(why.Counterfactual!.IsPossible, Is.False);
    }

    [Test]
    public void A_set_without_a_plan_says_so_and_offers_no_change()
    {
        SessionSet set = Small.TwoFiles(out ObjectId ram, out ObjectId iommufd)
            .AddDependency(iommufd, on: ram)
            .AddDependency(ram, on: iommufd, PhaseSet.Of(Phase.Preserve))
            .BuildSet();

        OrderExplanation why = OrderExplainer.Explain(
            DependencyGraph.Of(set), KernelPair.Linux73, ram, iommufd, Phase.Preserve);

        Assert.That(why.Verdict, Is.EqualTo(OrderVerdict.Contradiction));
        Assert.That(why.Problems, Is.Not.Empty);
        Assert.That(why.Counterfactual, Is.Null);
        Assert.That(why.FirstPlace, Is.Null);
    }

    [Test]
    public void Nothing_goes_before_itself()
    {
        DependencyGraph graph = Small.TwoFiles(out ObjectId ram, out _).Build();
        Assert.That(
            () => OrderExplainer.Explain(graph, KernelPair.Linux73, ram, ram, Phase.Finish),
            Throws.ArgumentException);
    }

    private static int Expect(bool holds, string question)
    {
        Assert.That(holds, Is.True, question);
        return 0;
    }

    private static IEnumerable<(int Seed, DependencyGraph Graph, Possible Possible)> LegalSets(
        ModelText model)
    {
        int count = 0;
        for (int seed = 0; count < SetCount; seed++)
        {
            SessionSet set = new RandomSets(seed, withActs: seed % 3 == 0).Next(
                objectMax: 5, sessionMax: 3, isOrdered: true);
            DependencyGraph graph = DependencyGraph.Of(set);
            Possible possible = new(graph, model);
            if (graph.DependencyCount is > 1 and < 9 && possible.IsLegal)
            {
                count++;
                yield return (seed, graph, possible);
            }
        }
    }

    // An object for its session or its file where these are what is ordered.
    private static bool StandsFor(DependencyGraph graph, OrderExplanation why, string name, DependencyEnd end)
    {
        ObjectId? FileOf(DependencyEnd one) => one.IsSession ? null : graph.FileOf(one.ObjectId);
        SessionId? SessionOf(DependencyEnd one) =>
            one.IsSession ? one.SessionId : graph.SessionOf(one.ObjectId);
        bool isBySession = why.IsBySession || end.IsSession;
        return graph.Set.TryFindEnd(name, out DependencyEnd told)
            && (told == end
                || (isBySession && SessionOf(told) is { } session && session == SessionOf(end))
                || (!isBySession && FileOf(told) is { } file && file == FileOf(end)));
    }

    // An act is asked about in its own phase, where that takes any.
    private static IEnumerable<(DependencyEnd A, DependencyEnd B, Phase Phase)> Questions(
        DependencyGraph graph, ModelText model)
    {
        bool IsAsked(DependencyEnd end, Phase phase) => end.IsSession
            || graph[end.ObjectId].Act is not { } act
            || (act.Phase == phase && model.Kernels[phase].TakesActs);
        DependencyEnd[] ends =
        [
            .. Enumerable.Range(0, graph.ObjectCount).Select(i => DependencyEnd.Of(new ObjectId(i))),
            .. Enumerable.Range(0, graph.SessionCount).Select(i => DependencyEnd.Of(new SessionId(i))),
        ];
        return
            from phase in Phases.All.ToArray()
            from a in ends
            from b in ends
            where a != b && IsAsked(a, phase) && IsAsked(b, phase)
            select (a, b, phase);
    }

    // The fewest hard dependencies, and then the least weight of soft ones.
    private static (long Hard, long Soft) Least(
        DependencyGraph graph, Possible possible, DependencyEnd first, DependencyEnd then, Phase phase)
    {
        (long Hard, long Soft) best = (long.MaxValue, 0);
        for (ulong without = 0; without < 1UL << graph.DependencyCount; without++)
        {
            (long Hard, long Soft) price = (0, 0);
            for (int i = 0; i < graph.DependencyCount; i++)
            {
                bool isDropped = (without & (1UL << i)) != 0;
                bool isSoft = graph.Dependencies[i].Strength == DependencyStrength.Soft;
                price = !isDropped ? price
                    : isSoft ? (price.Hard, price.Soft + graph.Dependencies[i].Weight)
                    : (price.Hard + 1, price.Soft);
            }

            if (price.CompareTo(best) < 0 && possible.CanPrecede(first, then, phase, without))
            {
                best = price;
            }
        }

        return best;
    }
}
