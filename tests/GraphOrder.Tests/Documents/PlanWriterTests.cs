using System.Text;
using System.Text.Json;
using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Documents;

[TestFixture]
public sealed class PlanWriterTests
{
    private const int Seed = 13;

    [Test]
    public void A_plan_has_its_orders_its_six_phases_and_its_diagnostics()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddSession("empty", out _)
            .AddFile(session, "iommufd", ObjectKind.Iommufd, out ObjectId iommufd)
            .AddFile(session, "ram", ObjectKind.Memfd, out ObjectId ram)
            .AddObject(iommufd, "ioas", ObjectKind.Ioas, out ObjectId ioas)
            .AddDependency(ioas, on: ram)
            .BuildSet();

        PlanResult result = Planner.Plan(set, KernelPair.Linux73);
        string text = Encoding.UTF8.GetString(Write(result));

        string head = $$"""
            {
              "schema": "graphorder/plan/1",
              "model": "linux-7.3",
              "input": "{{set.Digest}}",
              "rules": "{{DependencyRules.Digest}}",
              "sessions": {
                "create": ["s", "empty"],
                "retrieve": ["s", "empty"],
                "finish": ["s", "empty"],
                "close": ["s", "empty"]
              },
              "phases": {
                "preserve": [
                  {"step":0,"wave":0,"object":"ram","session":"s","token":"0x2"},
                  {"step":1,"wave":1,"object":"iommufd","session":"s","token":"0x1","carries":["ioas"]}
                ],
                "freeze": [
            """;
        Assert.That(text, Does.StartWith(head));
        Assert.That(text, Does.EndWith("\n}\n").And.Not.Contain('\r'));
    }

    [Test]
    public void A_refusal_has_neither_sessions_nor_phases_and_tells_its_cycle()
    {
        using JsonDocument refusal = JsonDocument.Parse(Write(Refused()));

        JsonElement root = refusal.RootElement;
        Assert.That(root.TryGetProperty("sessions", out _), Is.False);
        Assert.That(root.TryGetProperty("phases", out _), Is.False);
        JsonElement cycle = root.GetProperty("diagnostics").EnumerateArray()
            .Single(each => each.GetProperty("code").GetString() == "GO2003");
        Assert.That(cycle.GetProperty("severity").GetString(), Is.EqualTo("error"));
        Assert.That(cycle.GetProperty("message").GetString(), Does.Contain("s1").And.Contain("s2"));
        Assert.That(cycle.TryGetProperty("shortest", out _), Is.False);
        Assert.That(Texts(cycle.GetProperty("phases")), Does.Contain("finish"));
        JsonElement[] steps = [.. cycle.GetProperty("cycle").EnumerateArray()];
        Assert.That(steps, Has.Length.EqualTo(2));
        foreach (JsonElement step in steps)
        {
            Assert.That(
                step.EnumerateObject().Select(member => member.Name),
                Is.EqualTo(
                    new[] { "first", "then", "phase", "dependent", "on", "declaredBy", "why", "rule", "joinedBy" }));
            Assert.That(step.GetProperty("rule").GetString(), Does.StartWith("linux-7.3 "));
        }
    }

    [Test]
    public void The_same_result_gives_the_same_bytes_ten_times()
    {
        SessionSet set = new RandomSets(Seed).Next(objectMax: 60, sessionMax: 4, isOrdered: true);
        byte[] first = Write(Planner.Plan(set, KernelPair.Linux73));
        for (int i = 0; i < 9; i++)
        {
            Assert.That(Write(Planner.Plan(set, KernelPair.Linux73)), Is.EqualTo(first), $"seed {Seed}");
        }
    }

    /// <summary>Two sessions that must each finish first.</summary>
    internal static PlanResult Refused()
    {
        DependencyOrigin origin = new(DependencySource.Declared, default, "vmm", "shared \"ring\"");
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s1", out SessionId first)
            .AddSession("s2", out SessionId second)
            .AddFile(first, "a1", ObjectKind.Memfd, out ObjectId a1)
            .AddFile(first, "b1", ObjectKind.Iommufd, out ObjectId b1)
            .AddFile(second, "a2", ObjectKind.Memfd, out ObjectId a2)
            .AddFile(second, "b2", ObjectKind.Iommufd, out ObjectId b2)
            .AddDependency(b1, a2, PhaseSet.Of(Phase.Finish), origin)
            .AddDependency(b2, a1, PhaseSet.Of(Phase.Finish), origin)
            .BuildSet();
        return Planner.Plan(set, KernelPair.Linux73);
    }

    internal static byte[] Write(PlanResult result)
    {
        using MemoryStream stream = new();
        PlanWriter.Write(stream, result);
        return stream.ToArray();
    }

    [TestCase("session-set", "session-set.plan")]
    [TestCase("shared", "shared.refusal")]
    [TestCase("blackout", "blackout.plan")]
    [TestCase("blackout", "blackout.refusal", 1_000_000)]
    public void The_sample_documents_are_what_is_written(
        string set, string document, long? blackoutMicrosecondsMax = null)
    {
        using FileStream stream = File.OpenRead(RepositoryFiles.In("tests", "samples", set + ".json"));
        ScheduleOptions schedule = new() { BlackoutMicrosecondsMax = blackoutMicrosecondsMax };
        PlanAnswer answer = PlanRequest.Answer(
            SessionSet.Read(stream), KernelPair.Linux73, schedule: schedule);
        using MemoryStream written = new();
        PlanWriter.Write(written, answer.Result, answer.Repairs, answer.Schedule);

        string path = RepositoryFiles.In("tests", "samples", "plans", document + ".json");
        Assert.That(Encoding.UTF8.GetString(written.ToArray()), Is.EqualTo(File.ReadAllText(path)));
    }

    private static IEnumerable<string?> Texts(JsonElement list) =>
        list.EnumerateArray().Select(each => each.GetString());
}
