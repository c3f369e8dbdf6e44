using GraphOrder.Tests.Planning;
using NUnit.Framework.Constraints;

namespace GraphOrder.Tests;

/// <summary>Misuse throws at the door, with the name of the argument.</summary>
[TestFixture]
public sealed class MisuseTests
{
    private static readonly SessionSet Set = Small.TwoFiles(out _, out _).BuildSet();

    private static readonly DependencyGraph Graph = DependencyGraph.Of(Set);

    private static readonly KernelPair Kernels = KernelPair.Linux73;

    private static readonly Plan Plan = Planner.Plan(Graph, Kernels).GetPlanOrThrow();

    private static readonly HostState State = new(Set, isOldKernel: false, [], []);

    [Test]
    public void Planning_needs_a_graph_and_two_kernels() => Assert.Multiple(() =>
    {
        Assert.That(() => Planner.Plan((SessionSet)null!, Kernels), Nothing("set"));
        Assert.That(() => Planner.Plan((DependencyGraph)null!, Kernels), Nothing("graph"));
        Assert.That(() => Planner.Plan(Graph, null!), Nothing("kernels"));
        Assert.That(() => new PlanWorkspace().Plan(null!, Kernels), Nothing("graph"));
        Assert.That(() => new PlanWorkspace().Plan(Graph, null!), Nothing("kernels"));
    });

    [Test]
    public void Verifying_needs_a_set_and_a_plan() => Assert.Multiple(() =>
    {
        Assert.That(() => PlanVerifier.Verify(null!, Plan), Nothing("set"));
        Assert.That(() => PlanVerifier.Verify(Set, null!), Nothing("plan"));
        Assert.That(() => PlanVerifier.Verify(null!, Plan, Kernels), Nothing("set"));
        Assert.That(() => PlanVerifier.Verify(Set, null!, Kernels), Nothing("plan"));
        Assert.That(() => PlanVerifier.Verify(Set, Plan, (KernelPair)null!), Nothing("kernels"));
        Assert.That(() => PlanVerifier.VerifyCertificate(null!), Nothing("plan"));
    });

    [Test]
    public void Recovering_needs_a_graph_two_kernels_and_a_state() => Assert.Multiple(() =>
    {
        Assert.That(() => RecoveryPlanner.Recover(null!, Kernels, State), Nothing("graph"));
        Assert.That(() => RecoveryPlanner.Recover(Graph, null!, State), Nothing("kernels"));
        Assert.That(() => RecoveryPlanner.Recover(Graph, Kernels, null!), Nothing("state"));
        Assert.That(() => new HostState(null!, isOldKernel: false, [], []), Nothing("set"));
    });

    [Test]
    public void The_ordering_kernel_needs_room_for_each_vertex() => Assert.Multiple(() =>
    {
        OrderRows rows = OrderRows.Of(2, [0], [1]);
        Assert.That(
            () => OrderingKernel.Waves(rows, 2, new int[1], new int[4], CancellationToken.None),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("waves.Length"));
        Assert.That(
            () => OrderingKernel.Waves(rows, 2, new int[2], new int[3], CancellationToken.None),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => OrderingKernel.Waves(rows, 2, new int[2], new int[4], CancellationToken.None),
            Throws.Nothing);
    });

    private static EqualStringConstraint Nothing(string name) => Throws
        .ArgumentNullException.With.Property(nameof(ArgumentException.ParamName)).EqualTo(name);
}
