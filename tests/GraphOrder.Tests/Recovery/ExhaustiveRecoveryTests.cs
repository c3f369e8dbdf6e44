namespace GraphOrder.Tests.Recovery;

/// <summary>
/// <c>recover</c> against all orders of retrieving and releasing. Three objects: each state, of one set
/// for each class of sets that are alike but for the order of objects. Four likewise with GRAPHORDER_LONG=1.
/// </summary>
[TestFixture]
public sealed class ExhaustiveRecoveryTests
{
    private const int ToldEach = 1_000;

    private static readonly ObjectKind[] Kinds = [ObjectKind.Memfd, ObjectKind.VfioDevice];

    private static readonly KernelPair[] ThatFinishSessions =
    [
        KernelPair.Linux73,
        new KernelPair(KernelProfile.LinuxNext),
        KernelPair.Of(LifecycleModel.SessionFinish),
    ];

    [TestCase(1)]
    [TestCase(2)]
    public void Every_state_of_a_small_set_has_the_answer_of_all_orders(int objectCount) =>
        Check(objectCount, _ => true);

    [TestCaseSource(nameof(LargerCounts))]
    public void Every_state_of_a_class_of_sets_has_the_answer_of_all_orders(int objectCount) =>
        Check(objectCount, SmallSetClass.IsFirst);

    private static int[] LargerCounts() =>
        Environment.GetEnvironmentVariable("GRAPHORDER_LONG") == "1" ? [3, 4] : [3];

    private static void Check(int objectCount, Func<SmallSet, bool> isTaken)
    {
        long sets = 0;
        long states = 0;
        foreach (SmallSet small in SmallSet.All(objectCount, Kinds).Where(isTaken))
        {
            SessionSet set = small.ToSet();
            sets++;
            if (sets % ToldEach == 0)
            {
                TestContext.Progress.WriteLine($"{objectCount} objects: {sets:N0} sets, {states:N0} states");
            }

            DependencyGraph graph = DependencyGraph.Of(set);
            PlanResult planned = Planner.Plan(graph, KernelPair.Linux73);
            foreach (HostState state in AllStates.Of(set, isOldKernel: false))
            {
                states++;
                KernelPair kernels = ThatFinishSessions[states % ThatFinishSessions.Length];
                CheckOne(graph, kernels, state, planned, small);
            }
        }

        TestContext.Out.WriteLine($"{sets} sets, {states} states");
        Assert.That(states, Is.GreaterThan(objectCount));
    }

    private static void CheckOne(
        DependencyGraph graph, KernelPair kernels, HostState state, PlanResult planned, SmallSet small)
    {
        planned.TryGetPlan(out Plan? plan);
        RecoveryOptions options = new() { Plan = plan is null ? null : planned };
        bool isFound = RecoveryPlanner.Recover(graph, kernels, state, options)
            .TryGetRecovery(out GraphOrder.Recovery? recovery);
        RecoveryOracle oracle = new(
            graph.Set,
            state,
            kernels[Phase.Finish].Inside == InsideSession.Together,
            [.. kernels.Next.FinishDemandsRetrieved],
            plan?[Phase.Preserve].Select(step => step.ObjectName!).ToArray());
        string? difference = isFound ? RecoveryCheck.Difference(oracle, graph, recovery!) : "no answer";
        if (difference is not null)
        {
            Assert.Fail($"{small}, {Show(state)}, {kernels.ModelName}: {difference}");
        }
    }

    private static string Show(HostState state) =>
        string.Join(' ', Enumerable.Range(0, state.Set.Sessions.Length)
            .Select(i => $"s{i}:{state[new SessionId(i)].Name()}"))
        + " " + string.Join(' ', Enumerable.Range(0, state.Set.Objects.Length)
            .Select(i => $"o{i}:{state[new ObjectId(i)].Name()}"));
}
