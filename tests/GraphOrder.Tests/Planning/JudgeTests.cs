using System.Collections.Immutable;

namespace GraphOrder.Tests.Planning;

/// <summary>A verdict without a plan is the one that comes with it.</summary>
[TestFixture]
public sealed class JudgeTests
{
    [Test]
    public void It_says_what_planning_says(
        [Values] bool isOrdered, [ValueSource(typeof(ModelText), nameof(ModelText.All))] ModelText model)
    {
        int legal = 0;
        int count = Effort.Of(400);
        for (int seed = 0; seed < count; seed++)
        {
            SessionSet set = new RandomSets(seed, withActs: seed % 2 == 0).Next(10, 3, isOrdered);
            DependencyGraph graph = DependencyGraph.Of(set);
            PlanGround ground = PlanGround.Of(graph);

            PlanResult result = Planner.Plan(graph, model.Kernels);
            ImmutableArray<Diagnostic> judged = Planner.Judge(ground, model.Kernels, default);

            Assert.That(Texts(judged), Is.EqualTo(Texts(result.Diagnostics)), $"seed {seed}");
            Assert.That(
                Planner.IsLegal(ground, model.Kernels, default),
                Is.EqualTo(result.IsLegal),
                $"seed {seed}");
            legal += result.IsLegal ? 1 : 0;
        }

        TestContext.Out.WriteLine($"{legal} of {count} legal");
        Assert.That(legal, Is.InRange(count / 20, count - (count / 40)));
    }

    // Which walk of a component is told may differ, and with it how many are the same ones.
    private static string[] Texts(ImmutableArray<Diagnostic> diagnostics) =>
        [.. diagnostics.Select(found => found.Cycle is null ? $"{found.Code} {found.Severity}" : "cycle").Distinct()];
}
