using System.Text;
using System.Text.Json.Nodes;
using GraphOrder.Tests.Documents;

namespace GraphOrder.LiveUpdate.Tests;

/// <summary>The schemas of journals and of handed descriptors say what is written and read.</summary>
[TestFixture]
public sealed class SchemaTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("graphorder-schemas-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Every_record_of_a_journal_is_valid_and_without_a_member_that_it_needs_it_is_not()
    {
        // A writer's own records of the kinds that no recorded update has.
        DyingStore store = new([]);
        using JournalWriter writer = new(store, TimeProvider.System);
        writer.Begin(new JournalHeader("an id", CustodyKind.Self, "linux-7.3", new KernelIdentity("7.3.4", "a boot", 8) { Machine = "a machine" }));
        writer.Begin(3, StepVerb.Preserve, "vm-01"u8, "vm-01/ram"u8, ulong.MaxValue);
        writer.End(3, 1, Errno.Busy);
        writer.Closed("vm-01");
        writer.Over(isDone: false);
        string[] records =
        [
            .. Directory.GetFiles(Repository.In("tests", "fixtures", "journals"), "*.journal")
                .SelectMany(File.ReadAllLines),
            .. Encoding.UTF8.GetString(store.Bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries),
        ];
        Dictionary<string, JsonObject> kinds = [];
        foreach (JsonObject record in records.Select(static line => JsonNode.Parse(line)!.AsObject()))
        {
            kinds[(string)record["kind"]!] = record;
        }

        List<string> lacking = [];
        foreach (JsonObject record in kinds.Values)
        {
            string kind = (string)record["kind"]!;
            foreach (string member in record.Select(static at => at.Key).Where(name => IsNeeded(kind, name)))
            {
                JsonObject without = record.DeepClone().AsObject();
                Assert.That(without.Remove(member));
                lacking.Add(without.ToJsonString());
            }
        }

        const string schema = "src/GraphOrder.LiveUpdate/Journals/journal.schema.json";
        Assert.That(kinds.Keys, Is.SupersetOf(
            new[] { "journal", "document", "memory", "begin", "end", "kernel", "checked", "handed", "closed", "over" }));
        Assert.That(Check(schema, records), Is.All.EqualTo("valid"));
        Assert.That(Check(schema, lacking).Zip(lacking).Where(static each => each.First != "invalid"), Is.Empty);
    }

    [TestCase("""{"schema":"graphorder/descriptors/1"}""", true)]
    [TestCase("""{"schema":"graphorder/descriptors/1","sessions":[{"name":"vm-01","fd":3}],"files":[{"id":"a","fd":4}]}""", true)]
    [TestCase("""{"schema":"graphorder/descriptors/2"}""", false)]
    [TestCase("""{"sessions":[]}""", false)]
    [TestCase("""[]""", false)]
    [TestCase("""{"schema":"graphorder/descriptors/1","sessions":{}}""", false)]
    [TestCase("""{"schema":"graphorder/descriptors/1","sessions":[{"name":"vm-01"}]}""", false)]
    [TestCase("""{"schema":"graphorder/descriptors/1","files":[{"fd":4}]}""", false)]
    [TestCase("""{"schema":"graphorder/descriptors/1","files":[{"id":"a","fd":-1}]}""", false)]
    [TestCase("""{"schema":"graphorder/descriptors/1","files":[{"id":"a","fd":"4"}]}""", false)]
    public void A_list_of_descriptors_is_valid_exactly_where_it_is_read(string document, bool isValid)
    {
        GivenDescriptors given = new();
        byte[] bytes = Encoding.UTF8.GetBytes(document);
        Assert.That(
            () => given.AddDocument(bytes), isValid ? Throws.Nothing : Throws.TypeOf<FormatException>());
        Assert.That(
            Check("src/GraphOrder.LiveUpdate/Agents/descriptors.schema.json", [document]),
            Is.EqualTo(new[] { isValid ? "valid" : "invalid" }));
    }

    // Token, data, digest, machine, error and why stand where there is one; what begins may be of no object.
    private static bool IsNeeded(string kind, string member) =>
        member is not ("token" or "data" or "digest" or "machine" or "error" or "why")
        && (kind != "begin" || member is not ("session" or "object"));

    private string[] Check(string schema, IReadOnlyList<string> documents)
    {
        string[] paths = [.. documents.Select((_, i) => Path.Combine(_folder, $"{i}.json"))];
        for (int i = 0; i < paths.Length; i++)
        {
            File.WriteAllText(paths[i], documents[i]);
        }

        return Python.Run(
            Repository.In("tests", "GraphOrder.Tests", "Documents", "check_schema.py"),
            [Repository.In(schema), .. paths],
            module: "jsonschema");
    }
}
