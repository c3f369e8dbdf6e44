using System.Text;
using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Documents;

[TestFixture]
public sealed class SchemaTests
{
    private const int Seed = 19;
    private const string SetSchema = "session-set.schema.json";
    private const string PlanSchema = "plan.schema.json";

    [Test]
    public void Every_sample_and_what_the_writer_makes_of_it_is_valid()
    {
        using TemporaryFolder folder = new();
        string[] samples = RepositoryFiles.Samples(SessionSetReader.Schema);
        string[] written = [.. samples.Select(path => folder.Write(Path.GetFileName(path), Written(path)))];

        Assert.That(samples, Is.Not.Empty);
        Assert.That(Check(SetSchema, [.. samples, .. written]), Is.All.EqualTo("valid"));
    }

    [Test]
    public void Malformed_sets_are_invalid_where_a_schema_can_see_it_and_valid_where_it_cannot()
    {
        using TemporaryFolder folder = new();
        MalformedCase[] malformed = [.. MalformedSets.AllJson];
        string[] paths = [.. malformed.Select((each, i) =>
            folder.Write($"{i}.json", new MarkedText(each.Marked).Bytes))];

        string[] verdicts = Check(SetSchema, paths);

        Assert.That(
            malformed.Zip(verdicts, (each, verdict) => $"{each.Name}: {verdict}"),
            Is.EqualTo(
                malformed.Select(each => $"{each.Name}: {(each.IsSeenBySchema ? "invalid" : "valid")}")));
    }

    [Test]
    public void Plans_and_refusals_are_valid()
    {
        using TemporaryFolder folder = new();
        RandomSets sets = new(Seed);
        PlanResult[] results =
        [
            PlanWriterTests.Refused(),
            .. Enumerable.Range(0, 60).Select(i =>
                Planner.Plan(
                    sets.Next(objectMax: 30, sessionMax: 3, isOrdered: i % 2 == 0), KernelPair.Linux73)),
        ];
        string[] paths = [.. results.Select(
            (each, i) => folder.Write($"{i}.json", PlanWriterTests.Write(each)))];

        Assert.That(results.Count(each => each.IsLegal), Is.InRange(10, results.Length - 10), $"seed {Seed}");
        Assert.That(Check(PlanSchema, paths), Is.All.EqualTo("valid"), $"seed {Seed}");
    }

    [Test]
    public void Refusals_with_repairs_of_each_kind_are_valid()
    {
        using TemporaryFolder folder = new();
        HashSet<RepairKind> kinds = [];
        List<string> paths = [];
        for (int seed = 0; seed < 300; seed++)
        {
            SessionSet set = new RandomSets(seed).Next(objectMax: 12, sessionMax: 3, isOrdered: false);
            PlanAnswer answer = PlanRequest.Answer(set, KernelPair.Linux73);
            if (answer.Repairs.Repairs.Any(repair => kinds.Add(repair.Kind)))
            {
                using MemoryStream written = new();
                PlanWriter.Write(written, answer.Result, answer.Repairs);
                paths.Add(folder.Write($"{seed}.json", written.ToArray()));
                Assert.That(PlanReader.Read(new MemoryStream(written.ToArray())).IsLegal, Is.False);
            }
        }

        Assert.That(kinds, Is.SupersetOf(new[] { RepairKind.Move, RepairKind.Merge, RepairKind.Waive, RepairKind.Split }));
        Assert.That(Check(PlanSchema, [.. paths]), Is.All.EqualTo("valid"));
    }

    [Test]
    public void Malformed_plans_are_invalid_where_a_schema_can_see_it()
    {
        using TemporaryFolder folder = new();
        MalformedCase[] malformed =
            [.. PlanReaderTests.Malformed().Where(each => each.Code != DiagnosticCode.EmptyDocument)];
        string[] paths = [.. malformed.Select((each, i) =>
            folder.Write($"{i}.json", new MarkedText(each.Marked).Bytes))];

        string[] verdicts = Check(PlanSchema, paths);

        Assert.That(
            malformed.Zip(verdicts, (each, verdict) => $"{each.Name}: {verdict}"),
            Is.EqualTo(
                malformed.Select(each => $"{each.Name}: {(each.IsSeenBySchema ? "invalid" : "valid")}")));
    }

    private static string[] Check(string schema, string[] documents) => Python.Run(
        RepositoryFiles.In("tests", "GraphOrder.Tests", "Documents", "check_schema.py"),
        [RepositoryFiles.In("src", "GraphOrder", "Documents", schema), .. documents],
        module: "jsonschema");

    private static byte[] Written(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using MemoryStream written = new();
        SessionSetWriter.Write(written, SessionSet.Read(stream));
        Assert.That(Encoding.UTF8.GetString(written.ToArray()), Does.Not.Contain("x-made-by"));
        return written.ToArray();
    }
}
