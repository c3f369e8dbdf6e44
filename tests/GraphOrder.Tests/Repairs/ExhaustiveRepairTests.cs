using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Repairs;

/// <summary>
/// Every graph of up to four objects in up to three sessions, against brute force over all repairs and all
/// orders. Which pairs are soft and what they weigh follows from the number of the graph.
/// </summary>
/// <remarks>
/// Up to two objects all; of three and four every so-many-th, counted through places, graphs and phase sets,
/// with a prime so that no place or phase set is left out. All of them with GRAPHORDER_LONG=1.
/// </remarks>
[TestFixture]
public sealed class ExhaustiveRepairTests
{
    private static readonly PhaseSet[] PhaseSets =
    [
        .. Phases.All.ToArray().Select(phase => PhaseSet.Of(phase)),
        PhaseSet.Default,
        PhaseSet.All,
        PhaseSet.Of(Phase.Preserve, Phase.Finish),
    ];

    private static bool IsLong => Environment.GetEnvironmentVariable("GRAPHORDER_LONG") == "1";

    [Test]
    public void Every_repair_works_and_the_first_is_the_cheapest(
        [Values(1, 2, 3, 4)] int objectCount,
        [ValueSource(typeof(ModelText), nameof(ModelText.All))] ModelText model)
    {
        int stride = IsLong ? 1 : objectCount switch { <= 2 => 1, 3 => 11, _ => 4_001 };
        (int Dependent, int On)[] pairs =
        [
            .. from dependent in Enumerable.Range(0, objectCount)
               from needed in Enumerable.Range(0, objectCount)
               where dependent != needed
               select (dependent, needed),
        ];
        long repaired = 0;
        long hopeless = 0;
        long offered = 0;
        TinySet[] all = [.. TinySet.All(objectCount, withKernelMoved: true)];
        Parallel.For(0, all.Length, Cores.All, index =>
        {
            int[] places = all[index].Places;
            if (!places.Any(place => place is >= 0 and < 10))
            {
                return;
            }

            for (int graph = 0; graph < 1 << pairs.Length; graph++)
            {
                for (int set = 0; set < PhaseSets.Length; set++)
                {
                    long number = ((long)index << pairs.Length | (long)graph) * PhaseSets.Length + set;
                    if (number % stride == 0)
                    {
                        int count = Check(model, places, Dependencies(pairs, graph, PhaseSets[set]));
                        Interlocked.Add(ref offered, Math.Max(count, 0));
                        Interlocked.Add(ref repaired, count > 0 ? 1 : 0);
                        Interlocked.Add(ref hopeless, count == 0 ? 1 : 0);
                    }
                }
            }
        });
        TestContext.Out.WriteLine(
            $"{repaired:N0} sets repaired by {offered:N0} repairs, {hopeless:N0} without one");
        Assert.That(repaired, objectCount > 1 ? Is.GreaterThan(0) : Is.Zero);
    }

    private static List<(int Dependent, int On, PhaseSet Phases, long SoftWeight)> Dependencies(
        (int Dependent, int On)[] pairs, int graph, PhaseSet phases)
    {
        List<(int, int, PhaseSet, long)> dependencies = [];
        for (int i = 0; i < pairs.Length; i++)
        {
            if ((graph & (1 << i)) != 0)
            {
                long mixed = (graph * 31L + i * 17L) * 2_654_435_761L >> 16;
                bool isSoft = graph % 4 != 0 && mixed % 2 == 0;
                dependencies.Add((pairs[i].Dependent, pairs[i].On, phases, isSoft ? 1 + mixed % 3 : 0));
            }
        }

        return dependencies;
    }

    // How many repairs are offered; -1 where the set is legal.
    private static int Check(
        ModelText model,
        int[] places,
        List<(int Dependent, int On, PhaseSet Phases, long SoftWeight)> dependencies)
    {
        SessionSet set = SetOf(places, dependencies);
        RepairList list = Repairer.Find(set, model.Kernels);
        string what = $"{model}: places {string.Join(',', places)}, needs {string.Join(' ', dependencies)}";
        if (BruteRepairs.IsLegal(
            model, places, dependencies.Select(found => (found.Dependent, found.On, found.Phases))))
        {
            Assert.That(list.Repairs, Is.Empty, what);
            return -1;
        }

        foreach (Repair repair in list.Repairs)
        {
            SessionSet changed = repair.Changed;
            int[] changedPlaces =
            [
                .. changed.Objects.Select(found => found.Session?.Index ?? found.Carrier?.Index + 10 ?? -1),
            ];
            bool isLegal = BruteRepairs.IsLegal(model, changedPlaces, changed.Dependencies.Select(
                found => (found.Dependent.ObjectId.Index, found.On.ObjectId.Index, found.Phases!.Value)));
            Assert.That(isLegal, Is.True, $"{what}: {Text(repair)}");
        }

        RepairCost? least = new BruteRepairs(model, places, dependencies).LeastCost();
        Assert.That(list.Repairs.IsEmpty, Is.EqualTo(least is null), what);
        if (least is { } cost)
        {
            Assert.That(list.IsCheapest, Is.True, what);
            Assert.That(list.Repairs[0].Cost, Is.EqualTo(cost), $"{what}: {Text(list.Repairs[0])}");
            Assert.That(list.Repairs.Select(repair => repair.Cost), Is.Ordered, what);
        }

        return list.Repairs.Length;
    }

    private static string Text(Repair repair) =>
        $"{repair.Kind} {repair.Cost} {string.Join(' ', repair.Moves)} {string.Join(' ', repair.Waived)}";

    private static SessionSet SetOf(
        int[] places, List<(int Dependent, int On, PhaseSet Phases, long SoftWeight)> dependencies)
    {
        SessionSet set = TinySet.Of(places).With([], PhaseSet.Default);
        return new SessionSet(set.Ids, set.SessionNames)
        {
            Sessions = set.Sessions,
            Objects = set.Objects,
            Dependencies =
            [
                .. dependencies.Select(found => new DeclaredDependency(
                    new ObjectId(found.Dependent), new ObjectId(found.On), default)
                {
                    Phases = found.Phases,
                    Strength = found.SoftWeight > 0 ? DependencyStrength.Soft : DependencyStrength.Hard,
                    Weight = Math.Max(found.SoftWeight, 1),
                }),
            ],
        };
    }
}
