using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Recovery;

/// <summary>What <c>recover</c> refuses, where it stops, and that thousands of files go in order.</summary>
[TestFixture]
public sealed class RecoveryLimitTests
{
    private const int FileCount = 5_000;
    private const int Seed = 11;

    [Test]
    public void A_state_of_another_set_is_refused()
    {
        SessionSet set = Small.TwoFiles(out _, out _).BuildSet();
        SessionSet other = Small.TwoFiles(out _, out _).BuildSet();

        ArgumentException refused = Assert.Throws<ArgumentException>(() => RecoveryPlanner.Recover(
            DependencyGraph.Of(set), KernelPair.Linux73, new HostState(other)))!;

        Assert.That(refused.Message, Is.EqualTo("The state belongs to another set. (Parameter 'state')"));
    }

    [Test]
    public void A_question_can_be_called_off_though_no_plan_is_made()
    {
        SessionSet set = Small.TwoFiles(out _, out _).BuildSet();
        RecoveryOptions options = new() { Plan = Planner.Plan(set, KernelPair.Linux73) };

        Assert.Throws<OperationCanceledException>(() => RecoveryPlanner.Recover(
            DependencyGraph.Of(set),
            KernelPair.Linux73,
            new HostState(set),
            options,
            new CancellationToken(canceled: true)));
    }

    // More than 64 times 64, so that the set from which the first is taken has three levels.
    [Test]
    public void Thousands_of_files_come_back_in_the_order_of_the_plan()
    {
        Random random = new(Seed);
        DependencyGraphBuilder builder = new DependencyGraphBuilder().AddSession("s", out SessionId session);
        ObjectId[] files = new ObjectId[FileCount];
        for (int i = 0; i < FileCount; i++)
        {
            builder.AddFile(session, $"f{i}", ObjectKind.Memfd, out files[i]);
        }

        for (int i = 1; i < FileCount; i++)
        {
            builder.AddDependency(files[random.Next(i)], on: files[i], PhaseSet.Of(Phase.Retrieve));
        }

        SessionSet set = builder.BuildSet();
        Planner.Plan(set, KernelPair.Linux73).TryGetPlan(out Plan? plan);

        RecoveryPlanner.Recover(DependencyGraph.Of(set), KernelPair.Linux73, new HostState(set))
            .TryGetRecovery(out GraphOrder.Recovery? recovery);

        Assert.That(
            recovery!.Retrieve.Select(set.NameOf),
            Is.EqualTo(plan![Phase.Retrieve].Select(step => step.ObjectName)));
    }
}
