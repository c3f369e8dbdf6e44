namespace GraphOrder.Tests.Planning;

/// <summary>The dependencies as the named orders see them.</summary>
[TestFixture]
public sealed class LiftedDependenciesTests
{
    [Test]
    public void Each_stands_between_two_files_or_is_listed([Values] bool isOrdered)
    {
        int inOrder = 0;
        int count = Effort.Of(4_000);
        for (int seed = 0; seed < count; seed++)
        {
            SessionSet set = new RandomSets(seed, withActs: seed % 2 == 0).Next(6, 3, isOrdered);
            DependencyGraph graph = DependencyGraph.Of(set);
            LiftedDependencies lifted = PlanGround.Of(graph).Lifted;
            Dependency[] dependencies = graph.Dependencies.ToArray();

            Assert.That(
                lifted.Others.ToArray(),
                Is.EqualTo(dependencies.Index()
                    .Where(each =>
                        FileOf(graph, each.Item.Dependent) is null || FileOf(graph, each.Item.On) is null)
                    .Select(each => each.Index)),
                $"seed {seed}");
            Assert.That(
                Enumerable.Range(0, LiftedDependencies.ClassCount).Sum(lifted.CountOf),
                Is.EqualTo(dependencies.Length - lifted.Others.Length),
                $"seed {seed}");
            bool isInOrder = dependencies.All(each => each.Dependent.IsSession || each.On.IsSession
                || each.On.ObjectId.Index < each.Dependent.ObjectId.Index);
            Assert.That(lifted.IsDocumentOrder, Is.EqualTo(isInOrder), $"seed {seed}");
            inOrder += isInOrder && dependencies.Length > 1 ? 1 : 0;
        }

        Assert.That(inOrder, Is.GreaterThan(count / 40));
    }

    private static ObjectId? FileOf(DependencyGraph graph, DependencyEnd end) =>
        end.IsSession ? null : graph.FileOf(end.ObjectId);
}
