namespace GraphOrder.Tests.Explanations;

/// <summary>The windows against an update that is simulated step by step.</summary>
[TestFixture]
public sealed class TimelineTests
{
    private const int Seed = 4203;
    private const int SetCount = 1_500;

    [Test]
    public void Every_window_of_every_model_is_what_a_simulated_update_shows()
    {
        MappedSets sets = new(Seed);
        int exposed = 0;
        int released = 0;
        int covered = 0;
        int refused = 0;
        for (int i = 0; i < SetCount; i++)
        {
            SessionSet set = sets.Next(objectMax: 9);
            DependencyGraph graph = DependencyGraph.Of(set);
            foreach (ModelComparison row in ModelComparer.Compare(graph).Models)
            {
                if (row.Model == ModelComparer.PushGate)
                {
                    continue;
                }

                LifecycleModel.TryFind(row.Model, out LifecycleModel? model);
                KernelPair kernels = KernelPair.Of(model!);
                PlanResult result = new PlanWorkspace().Order(PlanGround.Of(graph), kernels, default);
                string where = $"seed {Seed}, set {i}, {row.Model}";
                Assert.That(row.IsLegal, Is.EqualTo(result.IsLegal), where);
                if (!result.TryGetPlan(out Plan? plan))
                {
                    Assert.That(row.IsSafe, Is.False, where);
                    Assert.That(row.Memfds, Is.Empty, where);
                    refused++;
                    continue;
                }

                MemfdWindow[] expected = [.. new Timeline(set, plan).Windows()];
                Assert.That(row.Memfds.Select(Told), Is.EqualTo(expected.Select(Told)), where);
                int expectedExposed = expected.Count(window => window.Exposed is not null);
                Assert.That(row.ExposedCount, Is.EqualTo(expectedExposed), where);
                Assert.That(row.IsSafe, Is.EqualTo(expectedExposed == 0), where);
                exposed += expectedExposed;
                released += expected.Count(
                    window => window.Guards.Any(span => span.Guard == PageGuard.Released));
                covered += expected.Count(window => window.LastMapper is not null && window.Exposed is null);
            }
        }

        // The sets show every case, or the comparison would prove little.
        int[] seen = [exposed, released, covered, refused];
        Assert.That(seen, Is.All.GreaterThan(100), string.Join(' ', seen));
    }

    // Records compare lists by reference; as text everything is seen.
    private static string Told(MemfdWindow window) =>
        $"{window.Memfd} held {window.HeldObjectCount} {window.HeldMicroseconds} by {window.LastMapper}: "
        + $"{string.Join(", ", window.Guards)} = {window.Exposed}";
}
