using QuikGraph;
using QuikGraph.Algorithms;

namespace GraphOrder.Interop.Tests;

/// <summary>QuikGraph reduces acyclic graphs of one phase too.</summary>
[TestFixture]
public sealed class TransitiveReductionTests
{
    private const int Seed = 29;

    [Test]
    public void Our_reduction_of_a_graph_with_one_label_is_QuikGraphs()
    {
        Random random = new(Seed);
        int dropped = 0;
        for (int round = 0; round < 300; round++)
        {
            int count = random.Next(2, 40);
            DependencyGraphBuilder builder = new();
            builder.AddSession("s", out SessionId session);
            for (int i = 0; i < count; i++)
            {
                builder.AddFile(session, $"o{i}", ObjectKind.Memfd, out _);
            }

            for (int arc = random.Next(4 * count); arc > 0; arc--)
            {
                int on = random.Next(count);
                int dependent = random.Next(count);
                _ = dependent > on
                    ? builder.AddDependency(new ObjectId(dependent), new ObjectId(on))
                    : builder;
            }

            DependencyGraph graph = builder.Build();
            BidirectionalGraph<DependencyEnd, QuikDependency> copy = new();
            copy.AddVerticesAndEdgeRange(graph.AsQuikGraph().Edges);
            TransitiveReduction ours = TransitiveReduction.Of(graph);

            Assert.That(
                Enumerable.Range(0, graph.DependencyCount).Where(ours.IsKept),
                Is.EquivalentTo(copy.ComputeTransitiveReduction().Edges.Select(edge => edge.Index)),
                $"seed {Seed}, round {round}");
            dropped += ours.DroppedCount;
        }

        Assert.That(dropped, Is.GreaterThan(500), $"seed {Seed}");
    }
}
