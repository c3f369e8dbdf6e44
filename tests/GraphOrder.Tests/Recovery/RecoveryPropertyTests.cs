using System.Text;
using System.Text.Json.Nodes;
using GraphOrder.Tests.Documents;
using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Recovery;

[TestFixture]
public sealed class RecoveryPropertyTests
{
    private const int Seed = 67;

    private static readonly KernelPair[] Kernels =
        [.. LifecycleModel.BuiltIn.Select(KernelPair.Of)];

    private static IEnumerable<string> Samples => RecoverySamples.Names;

    [Test]
    public void Ten_thousand_states_get_an_answer_that_releases_nothing_that_is_needed()
    {
        RandomSets sets = new(Seed);
        Random random = new(Seed);
        int released = 0;
        for (int i = 0; i < Effort.Of(10_000); i++)
        {
            SessionSet set = WithKinds(
                sets.Next(objectMax: 14, sessionMax: 4, isOrdered: i % 4 != 0), random);
            DependencyGraph graph = DependencyGraph.Of(set);
            HostState state = AllStates.Next(set, isOldKernel: i % 5 == 0, random);
            KernelPair kernels = Kernels[i % Kernels.Length];
            RecoveryResult result = RecoveryPlanner.Recover(graph, kernels, state);

            bool isFound = result.TryGetRecovery(out GraphOrder.Recovery? recovery);
            Assert.That(isFound, Is.True, $"seed {Seed}, {i}");
            _ = RecoverySamples.Write(set, result);
            if (!state.IsOldKernel)
            {
                released += recovery!.Finish.Length;
                Assert.That(
                    ReleaseCheck.Violation(graph, recovery, kernels),
                    Is.Null,
                    $"seed {Seed}, {i}, {kernels.ModelName}");
            }
        }

        Assert.That(released, Is.GreaterThan(Effort.Of(1_000)));
    }

    // Found by the long form of the exhaustive tests: x needs b again when all else that needs it is taken.
    [Test]
    public void What_was_taken_in_the_meantime_holds_up_nothing()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s0", out SessionId s0)
            .AddSession("s1", out SessionId s1)
            .AddKernelObject("x", ObjectKind.Flb, out ObjectId x)
            .AddKernelObject("y", ObjectKind.Flb, out ObjectId y)
            .AddFile(s0, "a", ObjectKind.Memfd, out ObjectId a)
            .AddFile(s1, "b", ObjectKind.Memfd, out ObjectId b)
            .AddDependency(x, on: b)
            .AddDependency(y, on: x)
            .AddDependency(a, on: x)
            .AddDependency(a, on: y)
            .AddDependency(b, on: x)
            .BuildSet();

        RecoveryResult result = RecoveryPlanner.Recover(
            DependencyGraph.Of(set), KernelPair.Linux73, new HostState(set));

        Assert.That(result.TryGetRecovery(out GraphOrder.Recovery? recovery), Is.True);
        Assert.That(recovery!.Finish, Is.EqualTo(new DependencyEnd[] { s0, s1 }));
    }

    [Test]
    public void The_contracts_example_has_the_contracts_answer()
    {
        SessionSet set = RecoverySamples.SetOf("session-set.state");
        JsonObject answer = JsonNode.Parse(RecoverySamples.Write(
            set, RecoverySamples.Recover("session-set.state", set)))!.AsObject();
        JsonObject contract = JsonNode.Parse("""
            { "schema": "graphorder/recovery/1", "model": "linux-7.3",
              "sessions": [ ],
              "retrieve": [ "vm-01/state" ],
              "finish":   [ "vm-02" ],
              "pinned":   [ { "session": "vm-01", "by": [
                              { "dependent": "vm-01/iommufd", "on": "vm-01/ram", "phase": "finish" } ] } ],
              "blocked":  [ ],
              "broken":   [ ],
              "lost":     [ "vm-01/iommufd" ] }
            """)!.AsObject();

        foreach ((string name, JsonNode? value) in contract)
        {
            Assert.That(JsonNode.DeepEquals(answer[name], value), Is.True, $"{name}: {answer[name]}");
        }
    }

    [Test]
    public void Saying_that_a_device_is_quiet_lets_its_session_go()
    {
        SessionSet set = RecoverySamples.SetOf("session-set.state");
        using FileStream stream = File.OpenRead(RecoverySamples.PathOf("session-set.state"));
        HostState state = HostStateReader.Read(stream, set);
        set.TryFind("vm-01/iommufd", out ObjectId iommufd);
        RecoveryOptions options = new() { AssumeQuiet = [iommufd] };

        RecoveryPlanner.Recover(DependencyGraph.Of(set), KernelPair.Linux73, state, options)
            .TryGetRecovery(out GraphOrder.Recovery? recovery);
        RecoveryPlanner.Recover(
            DependencyGraph.Of(set), new KernelPair(KernelProfile.LinuxNext), state, options)
            .TryGetRecovery(out GraphOrder.Recovery? next);

        Assert.That(
            recovery!.Finish.Select(set.NameOf), Is.EqualTo(new[] { "session:vm-02", "session:vm-01" }));
        Assert.That(next!.Finish.Select(set.NameOf), Is.EqualTo(new[] { "session:vm-02" }));
        Assert.That(next.Pinned.Single().Busy, Is.EqualTo(new[] { iommufd }), "EBUSY");
        Assert.That(next.Diagnostics.Select(found => found.Code), Does.Contain(DiagnosticCode.FinishRefused));
    }

    [Test]
    public void The_plan_that_ran_decides_the_order_inside()
    {
        SessionSet set = Small.TwoFiles(out ObjectId ram, out ObjectId iommufd)
            .AddDependency(iommufd, on: ram, PhaseSet.Of(Phase.Finish)).BuildSet();
        PlanResult good = Planner.Plan(set, KernelPair.Linux73);
        string swapped = Encoding.UTF8.GetString(PlanWriterTests.Write(good));
        JsonNode document = JsonNode.Parse(swapped)!;
        JsonArray preserve = document["phases"]!["preserve"]!.AsArray();
        JsonNode first = preserve[0]!.DeepClone();
        preserve.RemoveAt(0);
        preserve.Add(first);
        (preserve[0]!["step"], preserve[1]!["step"]) = (0, 1);
        PlanResult other = PlanReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(document.ToJsonString())));
        HostState state = new(
            set,
            false,
            [(new SessionId(0), SessionState.Retrieved, null)],
            [(ram, FileState.Retrieved), (iommufd, FileState.Retrieved)]);

        RecoveryPlanner.Recover(DependencyGraph.Of(set), KernelPair.Linux73, state, new() { Plan = good })
            .TryGetRecovery(out GraphOrder.Recovery? safe);
        RecoveryPlanner.Recover(DependencyGraph.Of(set), KernelPair.Linux73, state, new() { Plan = other })
            .TryGetRecovery(out GraphOrder.Recovery? wrong);

        Assert.That(safe!.IsWhole, Is.True);
        Assert.That(wrong!.Pinned.Single().By.Single().Dependent, Is.EqualTo(DependencyEnd.Of(iommufd)));
    }

    [Test]
    public void A_plan_of_another_set_is_refused()
    {
        SessionSet set = Small.TwoFiles(out _, out _).BuildSet();
        PlanResult other = Planner.Plan(RecoverySamples.SetOf("session-set.state"), KernelPair.Linux73);

        RecoveryResult result = RecoveryPlanner.Recover(
            DependencyGraph.Of(set), KernelPair.Linux73, new HostState(set), new() { Plan = other });

        Assert.That(result.TryGetRecovery(out _), Is.False);
        Assert.That(result.Diagnostics.Single().Code, Is.EqualTo(DiagnosticCode.OtherSet));
    }

    [TestCaseSource(nameof(Samples))]
    public void A_sample_has_the_answer_that_the_file_has(string name)
    {
        SessionSet set = RecoverySamples.SetOf(name);
        string answer = Encoding.UTF8.GetString(
            RecoverySamples.Write(set, RecoverySamples.Recover(name, set)));
        string golden = RepositoryFiles.In("tests", "GraphOrder.Tests", "Golden", $"Recovery.{name}.json");
        if (Environment.GetEnvironmentVariable("GRAPHORDER_GOLDEN") == "write")
        {
            File.WriteAllText(golden, answer);
        }

        Assert.That(answer, Is.EqualTo(File.ReadAllText(golden)));
    }

    private static SessionSet WithKinds(SessionSet set, Random random)
    {
        ObjectKind[] kinds = [ObjectKind.Memfd, ObjectKind.Iommufd, ObjectKind.VfioDevice, ObjectKind.File];
        return new SessionSet(set.Ids, set.SessionNames)
        {
            Sessions = set.Sessions,
            Objects =
            [
                .. set.Objects.Select(found => found.IsFile
                    ? new PreservedObject(kinds[random.Next(kinds.Length)], found.Session)
                    : found),
            ],
            Dependencies = set.Dependencies,
        };
    }
}
