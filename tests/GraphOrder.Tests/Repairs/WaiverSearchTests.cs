using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Repairs;

/// <summary>The lightest waiver on sets in which everything varies, against every choice there is.</summary>
[TestFixture]
public sealed class WaiverSearchTests
{
    private const int SoftMax = 10;

    // Measured: at 40 files with 80 soft dependencies in one tangle the answer is exact, at 120 it is not.
    private const int ExactMax = 40;

    [Test]
    public void No_lighter_choice_of_soft_dependencies_helps([Values] bool isOrdered, [Values] bool withActs)
    {
        int compared = 0;
        for (int seed = 0; seed < 1_500; seed++)
        {
            SessionSet set = new RandomSets(seed, withActs).Next(objectMax: 14, sessionMax: 3, isOrdered);
            if (set.Objects.Any(found => found.Act is { } act && !KernelPair.Linux73[act.Phase].TakesActs))
            {
                continue;
            }

            DependencyGraph graph = DependencyGraph.Of(set);
            int[] soft = [.. Enumerable.Range(0, graph.DependencyCount).Where(
                i => graph.Dependencies[i].Strength == DependencyStrength.Soft)];
            if (soft.Length is 0 or > SoftMax || Planner.Plan(graph, KernelPair.Linux73).IsLegal)
            {
                continue;
            }

            long? least = LeastWeight(graph, soft);
            RepairList list = Repairer.Find(set, KernelPair.Linux73);
            Repair? waive = list.Repairs.FirstOrDefault(repair => repair.WeightMin is not null);
            Assert.That(waive is null, Is.EqualTo(least is null), $"seed {seed}");
            if (waive is not null)
            {
                compared++;
                Assert.That(waive.Cost.WeightWaived, Is.EqualTo(least), $"seed {seed}");
                Assert.That(waive.IsLeastWeight, Is.True, $"seed {seed}");
            }

            foreach (Repair repair in list.Repairs)
            {
                Assert.That(Planner.Plan(repair.Changed, KernelPair.Linux73).IsLegal, Is.True, $"seed {seed}");
                Assert.That(repair.Verdicts[0].Verdict, Is.EqualTo(PlanVerdict.Legal), $"seed {seed}");
            }
        }

        TestContext.Out.WriteLine($"{compared} compared");
        Assert.That(compared, Is.GreaterThan(20));
    }

    [TestCase(40)]
    [TestCase(120)]
    [TestCase(2_000)]
    public void Beyond_its_size_it_waives_what_helps_and_says_what_the_least_may_be(int files)
    {
        SessionSet set = Tangle(files);

        RepairList list = Repairer.Find(set, KernelPair.Linux73);

        Repair waive = list.Repairs.Single(repair => repair.WeightMin is not null);
        TestContext.Out.WriteLine(
            $"{files} files: weight {waive.Cost.WeightWaived}, at least {waive.WeightMin}, "
            + $"exact {waive.IsLeastWeight}");
        Assert.That(waive.IsLeastWeight, Is.EqualTo(files <= ExactMax));
        Assert.That(waive.WeightMin, Is.InRange(1, waive.Cost.WeightWaived));
        Assert.That(Planner.Plan(waive.Changed, KernelPair.Linux73).IsLegal, Is.True);
    }

    // Twice as many soft dependencies as files, all in one session.
    private static SessionSet Tangle(int files)
    {
        Random random = new(files);
        DependencyGraphBuilder builder = new DependencyGraphBuilder().AddSession("s", out SessionId session);
        ObjectId[] ids = new ObjectId[files];
        for (int i = 0; i < files; i++)
        {
            builder.AddFile(session, $"f{i}", ObjectKind.File, out ids[i]);
        }

        for (int i = 0; i < 2 * files; i++)
        {
            int dependent = random.Next(files);
            int on = (dependent + random.Next(1, files)) % files;
            builder.AddDependency(
                ids[dependent], ids[on], strength: DependencyStrength.Soft, weight: random.Next(1, 10));
        }

        return builder.BuildSet();
    }

    private static long? LeastWeight(DependencyGraph graph, int[] soft)
    {
        long? least = null;
        for (int choice = 0; choice < 1 << soft.Length; choice++)
        {
            int[] waived = [.. soft.Where((_, bit) => (choice & (1 << bit)) != 0)];
            long weight = waived.Sum(i => graph.Dependencies[i].Weight);
            PlanOptions options = new()
            {
                Waivers =
                [
                    .. waived.Select(i => new Waiver(
                        graph.Set.NameOf(graph.Dependencies[i].Dependent),
                        graph.Set.NameOf(graph.Dependencies[i].On),
                        null)),
                ],
            };
            if ((least is null || weight < least)
                && Planner.Plan(graph, KernelPair.Linux73, options).IsLegal)
            {
                least = weight;
            }
        }

        return least;
    }
}
