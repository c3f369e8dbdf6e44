using System.Text;
using System.Text.Json.Nodes;

namespace GraphOrder.Tests.Documents;

[TestFixture]
public sealed class SetDigestTests
{
    private const int Seed = 7;

    [Test]
    public void A_second_implementation_gives_the_same_digest_of_every_sample()
    {
        string[] samples = RepositoryFiles.Samples(SessionSetReader.Schema);

        string[] second = Python.Run(Script, samples);

        Assert.That(samples, Has.Length.GreaterThanOrEqualTo(2));
        Assert.That(second, Is.EqualTo(samples.Select(path => Digest(File.ReadAllBytes(path)))));
    }

    [Test]
    public void A_second_implementation_gives_the_same_digest_of_shuffled_sets()
    {
        using TemporaryFolder folder = new();
        Random random = new(Seed);
        string[] paths = [.. Enumerable.Range(0, 20).Select(
            i => folder.Write($"{i}.json", Shuffled(random)))];

        Assert.That(Python.Run(Script, paths), Is.All.EqualTo(Digest(EveryMember)), $"seed {Seed}");
    }

    [Test]
    public void The_order_of_members_and_dependencies_and_names_does_not_change_the_digest()
    {
        Random random = new(Seed);
        string expected = Digest(EveryMember);
        for (int i = 0; i < 100; i++)
        {
            Assert.That(Digest(Shuffled(random)), Is.EqualTo(expected), $"seed {Seed}, shuffle {i}");
        }
    }

    [Test]
    public void Every_member_counts_but_those_of_ones_own()
    {
        string expected = Digest(EveryMember);
        int countedCount = 0;
        int ownCount = 0;
        foreach (string path in MemberPaths(JsonNode.Parse(EveryMember)!))
        {
            JsonNode document = JsonNode.Parse(EveryMember)!;
            string member = Remove(document, path);
            bool isOwn = path.Contains("x-", StringComparison.Ordinal);
            if (TryDigest(Encoding.UTF8.GetBytes(document.ToJsonString())) is { } digest)
            {
                Assert.That(digest, isOwn ? Is.EqualTo(expected) : Is.Not.EqualTo(expected), path + member);
                ownCount += isOwn ? 1 : 0;
                countedCount += isOwn ? 0 : 1;
            }
        }

        Assert.That(ownCount, Is.EqualTo(7));
        Assert.That(countedCount, Is.GreaterThan(50));
    }

    [TestCase("sessions")]
    [TestCase("objects")]
    public void The_order_of_sessions_and_objects_counts(string list)
    {
        JsonNode document = JsonNode.Parse(EveryMember)!;
        JsonArray entries = document[list]!.AsArray();
        JsonNode last = entries[^1]!;
        entries.RemoveAt(entries.Count - 1);
        entries.Insert(entries.Count - 1, last);

        Assert.That(
            Digest(Encoding.UTF8.GetBytes(document.ToJsonString())), Is.Not.EqualTo(Digest(EveryMember)));
    }

    [Test]
    public void The_digest_of_the_example_of_the_contract_stays()
    {
        byte[] example = File.ReadAllBytes(RepositoryFiles.In("tests", "samples", "session-set.json"));

        Assert.That(
            Digest(example), Is.EqualTo(
                "sha256:0333d51ec573b49c7592bd5f681d22d29898fc76d1d03512a85a9ede167340b9"));
    }

    private static string Script =>
        RepositoryFiles.In("tests", "GraphOrder.Tests", "Documents", "second_digest.py");

    private static byte[] EveryMember { get; } =
        File.ReadAllBytes(RepositoryFiles.In("tests", "samples", "every-member.json"));

    private static string Digest(byte[] utf8) => SessionSet.Read(new MemoryStream(utf8)).Digest.ToString();

    private static string? TryDigest(byte[] utf8)
    {
        try
        {
            return Digest(utf8);
        }
        catch (MalformedDocumentException)
        {
            return null;
        }
    }

    [TestCase("every-member")]
    [TestCase("two-vms")]
    [TestCase("shared")]
    [TestCase("services")]
    [TestCase("seed")]
    public void The_same_set_laid_out_in_another_way_gives_the_same_bytes_of_plan_or_refusal(string sample)
    {
        byte[] document = File.ReadAllBytes(RepositoryFiles.In("tests", "samples", sample + ".json"));
        byte[] expected = PlanBytes(document);
        Random random = new(Seed);
        for (int i = 0; i < 20; i++)
        {
            JsonNode shuffled = Shuffle(JsonNode.Parse(document), "", random)!;
            string text = shuffled.ToJsonString(new() { WriteIndented = i % 2 == 0 });
            byte[] other = Encoding.UTF8.GetBytes(text);
            Assert.That(PlanBytes(other), Is.EqualTo(expected), $"seed {Seed}, shuffle {i}");
        }
    }

    private static byte[] PlanBytes(byte[] utf8)
    {
        using MemoryStream plan = new();
        PlanWriter.Write(plan, Planner.Plan(SessionSet.Read(new MemoryStream(utf8)), KernelPair.Linux73));
        return plan.ToArray();
    }

    private static byte[] Shuffled(Random random) =>
        Encoding.UTF8.GetBytes(Shuffle(JsonNode.Parse(EveryMember), "", random)!.ToJsonString());

    private static JsonNode? Shuffle(JsonNode? node, string member, Random random)
    {
        switch (node)
        {
            case JsonObject found:
                KeyValuePair<string, JsonNode?>[] members =
                    [.. found.Select(
                        each => KeyValuePair.Create(each.Key, Shuffle(each.Value, each.Key, random)))];
                random.Shuffle(members);
                return new JsonObject(members);
            case JsonArray found:
                JsonNode?[] entries = [.. found.Select(each => Shuffle(each, "", random))];
                if (member is "dependencies" or "needs" or "describes" or "phases" or "seals")
                {
                    random.Shuffle(entries);
                }

                return new JsonArray(entries);
            default:
                return node?.DeepClone();
        }
    }

    private static IEnumerable<string> MemberPaths(JsonNode node)
    {
        Stack<JsonNode> open = new([node]);
        while (open.TryPop(out JsonNode? next))
        {
            IEnumerable<JsonNode?> inside = [];
            if (next is JsonObject found)
            {
                foreach ((string name, JsonNode? _) in found)
                {
                    yield return next.GetPath() + "\n" + name;
                }

                inside = found.Select(each => each.Value);
            }
            else if (next is JsonArray list)
            {
                inside = list;
            }

            foreach (JsonNode? each in inside)
            {
                if (each is JsonObject or JsonArray)
                {
                    open.Push(each);
                }
            }
        }
    }

    private static string Remove(JsonNode document, string path)
    {
        string[] parts = path.Split('\n');
        Stack<JsonNode> open = new([document]);
        while (open.TryPop(out JsonNode? next))
        {
            if (next.GetPath() == parts[0])
            {
                next.AsObject().Remove(parts[1]);
                return "";
            }

            IEnumerable<JsonNode?> inside = next is JsonObject found ? found.Select(each => each.Value)
                : next.AsArray();
            foreach (JsonNode? each in inside)
            {
                if (each is JsonObject or JsonArray)
                {
                    open.Push(each);
                }
            }
        }

        throw new ArgumentException(path);
    }
}
