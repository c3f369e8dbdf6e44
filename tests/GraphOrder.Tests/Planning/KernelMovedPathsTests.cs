namespace GraphOrder.Tests.Planning;

/// <summary>What the kernel moves between two steps, against the definition taken literally.</summary>
[TestFixture]
public sealed class KernelMovedPathsTests
{
    [Test]
    public void They_are_those_that_need_and_are_needed_by_one_another_or_by_what_has_a_step(
        [Values] bool isOrdered)
    {
        KernelMovedPaths paths = new();
        int found = 0;
        for (int seed = 0; seed < Effort.Of(8_000); seed++)
        {
            SessionSet set = new RandomSets(seed, withActs: seed % 2 == 0).Next(12, 3, isOrdered);
            DependencyGraph graph = DependencyGraph.Of(set);
            PlanGround ground = PlanGround.Of(graph);
            foreach (Phase phase in Phases.All)
            {
                HashSet<int> expected = Expected(graph, phase);

                paths.Read(graph, ground.Phases, phase);

                Assert.That(
                    Enumerable.Range(0, graph.ObjectCount).Where(paths.Contains),
                    Is.EquivalentTo(expected),
                    $"seed {seed}, {phase.Name()}");
                found += expected.Count;
            }
        }

        Assert.That(found, Is.GreaterThan(Effort.Of(2_000)));
    }

    // All that the kernel moves, without whatever has nothing left on one of its sides.
    private static HashSet<int> Expected(DependencyGraph graph, Phase phase)
    {
        Dependency[] bound =
            [.. graph.Dependencies.ToArray().Where(dependency => dependency.Phases.Contains(phase))];
        HashSet<int> left = [];
        for (int i = 0; i < graph.ObjectCount; i++)
        {
            if (graph[new ObjectId(i)].IsMovedByKernel)
            {
                left.Add(i);
            }
        }

        bool Counts(DependencyEnd end) =>
            end.IsSession || !graph[end.ObjectId].IsMovedByKernel || left.Contains(end.ObjectId.Index);
        bool IsOnPath(int id) =>
            bound.Any(each => each.Dependent == new ObjectId(id) && Counts(each.On))
            && bound.Any(each => each.On == new ObjectId(id) && Counts(each.Dependent));
        while (left.RemoveWhere(id => !IsOnPath(id)) > 0)
        {
        }

        return left;
    }
}
