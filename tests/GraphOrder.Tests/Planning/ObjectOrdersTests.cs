namespace GraphOrder.Tests.Planning;

/// <summary>The relation between objects alone, in each phase.</summary>
[TestFixture]
public sealed class ObjectOrdersTests
{
    // What was ordered before must not show in what is ordered next.
    private static readonly ObjectOrders Orders = new(new OrderScratch());

    [Test]
    public void Where_nobody_asks_for_the_order_none_is_made_unless_there_is_a_circle([Values] bool isOrdered)
    {
        int circles = 0;
        for (int seed = 0; seed < Effort.Of(8_000); seed++)
        {
            PlanGround ground = GroundOf(seed, isOrdered);

            Orders.Read(ground, needsBothWays: false, default);

            foreach (Phase phase in Phases.All)
            {
                bool isAcyclic = IsAcyclic(ground.Graph, phase);
                string name = $"seed {seed}, {phase.Name()}";
                Assert.That(Orders[phase] == PrecedenceOrder.Possible, Is.EqualTo(isAcyclic), name);
                Assert.That(Orders[phase].IsPossible, Is.EqualTo(isAcyclic), name);
                circles += isAcyclic ? 0 : 1;
            }
        }

        Assert.That(circles, isOrdered ? Is.Zero : Is.GreaterThan(Effort.Of(4_000)));
    }

    [Test]
    public void Where_somebody_asks_each_phase_has_its_own_way([Values] bool isOrdered)
    {
        int compared = 0;
        for (int seed = 0; seed < Effort.Of(4_000); seed++)
        {
            PlanGround ground = GroundOf(seed, isOrdered);

            Orders.Read(ground, needsBothWays: true, default);

            foreach (Phase phase in Phases.All)
            {
                string name = $"seed {seed}, {phase.Name()}";
                Assert.That(Orders[phase].IsPossible, Is.EqualTo(IsAcyclic(ground.Graph, phase)), name);
                foreach (Dependency dependency in Bound(ground.Graph, phase))
                {
                    int needed = dependency.On.ObjectId.Index;
                    int needing = dependency.Dependent.ObjectId.Index;
                    (int first, int then) = phase.NeededGoesFirst() ? (needed, needing) : (needing, needed);
                    Assert.That(
                        !Orders[phase].IsPossible || Orders[phase].Waves[first] < Orders[phase].Waves[then],
                        name);
                    compared++;
                }
            }
        }

        Assert.That(compared, Is.GreaterThan(Effort.Of(30_000)));
    }

    [Test]
    public void Looking_for_circles_ends_when_it_is_cancelled()
    {
        DependencyGraph graph = DependencyGraph.Of(
            Small.TwoFiles(out ObjectId ram, out ObjectId iommufd).AddDependency(ram, iommufd).BuildSet());
        PlanGround ground = PlanGround.Of(graph);

        Assert.That(
            () => Orders.Read(ground, needsBothWays: false, new CancellationToken(true)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    private static PlanGround GroundOf(int seed, bool isOrdered) => PlanGround.Of(
        DependencyGraph.Of(new RandomSets(seed, withActs: seed % 2 == 0).Next(10, 3, isOrdered)));

    private static Dependency[] Bound(DependencyGraph graph, Phase phase) =>
    [
        .. graph.Dependencies.ToArray().Where(dependency => dependency.Phases.Contains(phase)
            && !dependency.Dependent.IsSession && !dependency.On.IsSession),
    ];

    // Whether all can go, one after another, each behind what it needs.
    private static bool IsAcyclic(DependencyGraph graph, Phase phase)
    {
        List<Dependency> left = [.. Bound(graph, phase)];
        while (left.RemoveAll(one => !left.Any(other => other.Dependent == one.On)) > 0)
        {
        }

        return left.Count == 0;
    }
}
