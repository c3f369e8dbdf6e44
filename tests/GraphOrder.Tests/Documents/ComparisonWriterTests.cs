using System.Text;
using System.Text.Json.Nodes;
using GraphOrder.Tests.Explanations;

namespace GraphOrder.Tests.Documents;

/// <summary>
/// What <c>compare --format json</c> writes; <c>GRAPHORDER_GOLDEN=write</c> rewrites the files, for a person
/// to read.
/// </summary>
[TestFixture]
public sealed class ComparisonWriterTests
{
    private const int Seed = 4204;

    private static readonly string Schema = RepositoryFiles.In(
        "src", "GraphOrder", "Documents", "comparison.schema.json");

    private static IEnumerable<string> Samples => RepositoryFiles.Samples(SessionSetReader.Schema)
        .Select(path => Path.GetFileNameWithoutExtension(path)!);

    [TestCaseSource(nameof(Samples))]
    public void A_sample_is_written_as_the_file_has_it(string name)
    {
        string golden = RepositoryFiles.In("tests", "GraphOrder.Tests", "Golden", "Comparisons", name + ".json");
        string written = Encoding.UTF8.GetString(Write(Sample(name)));
        if (Environment.GetEnvironmentVariable("GRAPHORDER_GOLDEN") == "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(golden)!);
            File.WriteAllText(golden, written);
        }

        Assert.That(written, Is.EqualTo(File.ReadAllText(golden)));
    }

    [Test]
    public void Every_comparison_is_valid_whatever_the_ids_are()
    {
        using TemporaryFolder folder = new();
        MappedSets sets = new(Seed);
        SessionSet[] all =
        [
            .. Samples.Select(Sample),
            .. Enumerable.Range(0, 60).Select(_ => sets.Next(objectMax: 10)),
            new DependencyGraphBuilder().BuildSet(),
            Hostile(),
        ];
        string[] paths = [.. all.Select((set, i) => folder.Write($"{i}.json", Write(set)))];

        Assert.That(Check(paths), Is.All.EqualTo("valid"), $"seed {Seed}");
    }

    [Test]
    public void A_row_with_an_exposed_memfd_that_is_called_safe_is_invalid()
    {
        using TemporaryFolder folder = new();
        JsonNode document = JsonNode.Parse(Write(Sample("two-vms")))!;
        document["models"]![0]!["safe"] = true;
        JsonNode unexplained = JsonNode.Parse(Write(Sample("seed")))!;
        unexplained["models"]![0]!["errors"] = new JsonArray();

        string[] verdicts = Check(
        [
            folder.Write("safe.json", Encoding.UTF8.GetBytes(document.ToJsonString())),
            folder.Write("unexplained.json", Encoding.UTF8.GetBytes(unexplained.ToJsonString())),
        ]);

        Assert.That(verdicts, Is.All.EqualTo("invalid"));
    }

    [Test]
    public void Hostile_ids_come_back_as_they_were()
    {
        JsonNode document = JsonNode.Parse(Write(Hostile()))!;

        string[] ids = [.. document["models"]![0]!["memfds"]!.AsArray().Select(row => (string)row!["memfd"]!)];
        Assert.That(ids, Is.EqualTo(new[] { "a\"b\\\n\u0001\u202e\U0001f600" }));
    }

    private static SessionSet Hostile() => new DependencyGraphBuilder()
        .AddSession("s\n\"", out SessionId session)
        .AddFile(session, "a\"b\\\n\u0001\u202e\U0001f600", ObjectKind.Memfd, out ObjectId ram)
        .AddFile(session, "domain\u001b[31m", ObjectKind.IommuDomain, out ObjectId domain)
        .AddNeed(domain, ram)
        .BuildSet();

    private static SessionSet Sample(string name)
    {
        using FileStream stream = File.OpenRead(RepositoryFiles.In("tests", "samples", name + ".json"));
        return SessionSet.Read(stream, name + ".json");
    }

    private static byte[] Write(SessionSet set)
    {
        using MemoryStream stream = new();
        ComparisonWriter.Write(stream, CompareRequest.Answer(set));
        return stream.ToArray();
    }

    private static string[] Check(string[] documents) => Python.Run(
        RepositoryFiles.In("tests", "GraphOrder.Tests", "Documents", "check_schema.py"),
        [Schema, .. documents],
        module: "jsonschema");
}
