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

    private static string Print(PlanResult result)
    {
        using MemoryStream stream = new();
        PlanWriter.Write(stream, result);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
