using System.Text;

namespace GraphOrder.Tests.Live;

/// <summary>
/// What has changed of a plan, put into what stayed, is byte for byte what planning anew gives with the same
/// fixed beginning, whatever comes and goes between. A failure names its seed.
/// </summary>
[TestFixture]
public sealed class LivePlanTests
{
    private const int SeedCount = 16;
    private const int StepCount = 120;

    public static IEnumerable<TestCaseData> Kernels()
    {
        foreach (TestCaseData known in LivePropertyTests.Kernels())
        {
            bool isPlain = (bool)known.Arguments[2]!;
            KernelPair kernels = (KernelPair)known.Arguments[0]!;
            yield return new TestCaseData(kernels, isPlain)
                .SetArgDisplayNames(kernels.ModelName, isPlain ? "that it follows" : "with all");
        }
    }

    [TestCaseSource(nameof(Kernels))]
    public void The_plan_that_follows_is_the_plan_made_anew(KernelPair kernels, bool isFollowed)
    {
        int followed = 0;
        int whole = 0;
        for (int seed = 0; seed < SeedCount; seed++)
        {
            RandomHost host = seed % 2 == 0
                ? new RandomHost(kernels, seed, isFollowed, 4, 9, hasActs: !isFollowed)
                : new RandomHost(kernels, seed, isFollowed, 9, 40, hasActs: !isFollowed);
            LivePlan plan = new(kernels);
            for (int step = 0; step < StepCount; step++)
            {
                host.Step();
                if (step % (1 + seed % 5) != 0)
                {
                    continue;
                }

                PlanChange change = host.Live.PlanChanges();
                plan.Apply(change);
                followed += change.IsWhole ? 0 : 1;
                whole += change.IsWhole ? 1 : 0;
                Assert.That(
                    Print(plan.ResultOf(host.Live.Freeze())),
                    Is.EqualTo(Print(Planner.Plan(host.Model.DeclareAnew(), kernels))),
                    $"seed {seed}, step {step}");
            }
        }

        TestContext.Out.WriteLine($"{followed:N0} followed, {whole:N0} whole");
        Assert.That(followed, Is.GreaterThan(isFollowed ? 3 * whole : 0));
    }

    [Test]
    public void A_guest_among_many_touches_itself_and_what_it_needs_alone()
    {
        LiveDependencyGraph live = new(KernelPair.Linux73);
        using Change first = live.BeginChange();
        ObjectId pool = first.AddFile(first.AddSession("services"u8), "pool"u8, ObjectKind.File, 1);
        Assert.That(first.TryCommit().IsCommitted, Is.True);
        for (int guest = 0; guest < 100; guest++)
        {
            Arrive(live, pool, guest);
        }

        Assert.That(live.PlanChanges().IsWhole, Is.True);
        Arrive(live, pool, 100);
        PlanChange come = live.PlanChanges();
        Assert.That((come.IsWhole, come.Sessions.Length, come.Objects.Length), Is.EqualTo((false, 1, 3)));
        Assert.That(
            come[Phase.Preserve].Select(step => step.Object!.Value),
            Is.EqualTo(new[] { Find(live, "100/ram"), Find(live, "100/iommufd") }));
        Assert.That(live.PlanChanges().Objects, Is.Empty);
        using Change gone = live.BeginChange();
        live.TryFindSession("3"u8, out SessionId leaving);
        gone.RemoveSession(leaving);
        Assert.That(gone.TryCommit().IsCommitted, Is.True);
        PlanChange left = live.PlanChanges();
        Assert.That((left.Sessions.Length, left.Objects.Length), Is.EqualTo((1, 3)));
        Assert.That(Phases.All.ToArray().SelectMany(phase => left[phase]), Is.Empty);
    }

    private static void Arrive(LiveDependencyGraph live, ObjectId pool, int guest)
    {
        using Change change = live.BeginChange();
        SessionId session = change.AddSession(HostModel.Utf8($"{guest}"));
        ObjectId ram = change.AddFile(session, HostModel.Utf8($"{guest}/ram"), ObjectKind.Memfd, 1);
        ObjectId iommufd = change.AddFile(session, HostModel.Utf8($"{guest}/iommufd"), ObjectKind.Iommufd, 2);
        change.AddNeed(change.AddObject(iommufd, HostModel.Utf8($"{guest}/ioas"), ObjectKind.Ioas), ram);
        change.AddDependency(ram, pool);
        Assert.That(change.TryCommit().IsCommitted, Is.True);
    }

    private static ObjectId Find(LiveDependencyGraph live, string id) =>
        live.TryFind(HostModel.Utf8(id), out ObjectId found) ? found : throw new AssertionException(id);

    private static string Print(PlanResult result)
    {
        using MemoryStream stream = new();
        PlanWriter.Write(stream, result);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
