using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Explanations;

/// <summary>The smallest sets that tell models apart, against every graph of up to three objects.</summary>
[TestFixture]
public sealed class ModelDifferencesTests
{
    private static readonly LifecycleModel[] ByOrder =
    [
        LifecycleModel.Linux73, LifecycleModel.ExplicitGraph, LifecycleModel.SessionFinish,
        LifecycleModel.GlobalFinish,
    ];

    private static readonly PhaseSet[] PhaseSets =
        [PhaseSet.Default, .. Phases.All.ToArray().Select(phase => PhaseSet.Of(phase)), PhaseSet.All];

    private static readonly ModelDifference[] Found = [.. ModelDifferences.Find(LifecycleModel.BuiltIn)];

    [Test]
    public void Each_ordered_pair_and_the_gate_either_way_has_one_answer()
    {
        Assert.That(Found, Has.Length.EqualTo(5 * 4 + 2 * 5));
        Assert.That(Found.Select(found => (found.Legal, found.Illegal)), Is.Unique);
    }

    [Test]
    public void Each_set_is_legal_in_the_one_and_not_in_the_other()
    {
        foreach (ModelDifference found in Found.Where(found => found.Smallest is not null))
        {
            Assert.That(IsTaken(found.Smallest!, found.Legal), Is.True, $"{found.Legal} {found.Illegal}");
            Assert.That(IsTaken(found.Smallest!, found.Illegal), Is.False, $"{found.Legal} {found.Illegal}");
        }
    }

    [Test]
    public void Brute_force_over_three_objects_tells_the_same_pairs_apart_and_no_smaller_set_does()
    {
        Dictionary<(string Legal, string Illegal), int> smallest = [];
        for (int objects = 1; objects <= 3; objects++)
        {
            foreach (SessionSet set in AllSets(objects))
            {
                bool[] legal = [.. ByOrder.Select(model => IsTaken(set, model.Name))];
                foreach (int one in Enumerable.Range(0, legal.Length).Where(i => legal[i]))
                {
                    foreach (int other in Enumerable.Range(0, legal.Length).Where(i => !legal[i]))
                    {
                        smallest.TryAdd((ByOrder[one].Name, ByOrder[other].Name), objects);
                    }
                }
            }
        }

        foreach (ModelDifference found in Found)
        {
            if (ByOrder.Any(model => model.Name == found.Legal)
                && ByOrder.Any(model => model.Name == found.Illegal))
            {
                int? size = found.Smallest?.Objects.Length;
                int? brute = smallest.TryGetValue((found.Legal, found.Illegal), out int known) ? known : null;
                Assert.That(size is <= 3 ? size : null, Is.EqualTo(brute), $"{found.Legal} {found.Illegal}");
            }
        }

        Assert.That(smallest, Is.Not.Empty);
    }

    [Test]
    public void What_the_posted_rows_refuse_needs_two_sessions_and_no_cycle()
    {
        SessionSet set = Found.Single(found => (found.Legal, found.Illegal) == ("linux-7.3", "linux-next")).Smallest!;
        PlanResult result = Planner.Plan(set, KernelPair.Of(LifecycleModel.LinuxNext));
        Assert.That(
            result.Diagnostics.Where(found => found.IsError).Select(found => found.Code),
            Is.EqualTo(new[] { DiagnosticCode.CrossesSessions }));
        Assert.That(set.Sessions, Has.Length.EqualTo(2));
    }

    [TestCase(false, true)]
    [TestCase(true, false)]
    public void The_push_rule_wants_every_file_of_the_IOAS_in_the_session_of_its_HWPT(
        bool crosses, bool isAdmitted)
    {
        DependencyGraph graph = new DependencyGraphBuilder()
            .AddSession("s", out SessionId own)
            .AddSession("t", out SessionId other)
            .AddFile(own, "iommufd", ObjectKind.Iommufd, out ObjectId iommufd)
            .AddObject(iommufd, "ioas", ObjectKind.Ioas, out ObjectId ioas)
            .AddObject(iommufd, "hwpt", ObjectKind.Hwpt, out ObjectId hwpt)
            .AddFile(own, "near", ObjectKind.Memfd, out ObjectId near)
            .AddFile(crosses ? other : own, "far", ObjectKind.Memfd, out ObjectId far)
            .AddFile(other, "unrelated", ObjectKind.Memfd, out ObjectId unrelated)
            .AddDependency(hwpt, on: ioas)
            .AddDependency(ioas, on: near)
            .AddDependency(ioas, on: far)
            .AddDependency(iommufd, on: unrelated)
            .Build();
        Assert.That(PushRule.Admits(graph), Is.EqualTo(isAdmitted));
    }

    [Test]
    public void A_model_of_ones_own_is_compared_too()
    {
        LifecycleModel backward = LifecycleModel.Linux73.With("backward", new PhaseRule(
            Phase.Unfreeze, StepUnit.File, SessionOrder.Create, true, InsideSession.PreserveBackward));

        ModelDifference[] found = [.. ModelDifferences.Find([LifecycleModel.Linux73, backward])];

        Assert.That(found.Single(each => each.Legal == "backward" && each.Illegal == "linux-7.3").Smallest!
            .Objects, Has.Length.EqualTo(2));
        Assert.That(found.Single(each => each.Legal == "linux-7.3" && each.Illegal == "backward").Smallest, Is.Null);
    }

    [Test]
    public void The_search_can_be_cancelled() => Assert.Throws<OperationCanceledException>(
        () => ModelDifferences.Find(LifecycleModel.BuiltIn, new CancellationToken(canceled: true)));

    private static bool IsTaken(SessionSet set, string name) =>
        LifecycleModel.TryFind(name, out LifecycleModel? model)
        ? Planner.Plan(set, KernelPair.Of(model!)).IsLegal
        : PushRule.Admits(DependencyGraph.Of(set));

    private static IEnumerable<SessionSet> AllSets(int objects)
    {
        (int Dependent, int On)[] pairs =
        [
            .. from dependent in Enumerable.Range(0, objects)
               from needed in Enumerable.Range(0, objects)
               where dependent != needed
               select (dependent, needed),
        ];
        return from place in TinySet.All(objects, withKernelMoved: false)
               from graph in Enumerable.Range(0, 1 << pairs.Length)
               from phases in PhaseSets
               select place.With(pairs.Where((_, i) => (graph & (1 << i)) != 0), phases);
    }
}
