using System.Text;
using System.Text.Json.Nodes;
using GraphOrder.Tests.Planning;
using GraphOrder.Tests.Requests;

namespace GraphOrder.Tests.Documents;

[TestFixture]
public sealed class SurveyWriterTests
{
    private const int Seed = 905;
    private const string Hostile = "a\"b\\\n\u0001\u202e<i>.json";

    private static readonly string Schema = RepositoryFiles.In(
        "src", "GraphOrder", "Documents", "survey.schema.json");

    [Test]
    public void Every_survey_is_valid_whatever_the_names_are()
    {
        using TemporaryFolder folder = new();
        RandomSets sets = new(Seed, withActs: true);
        List<string> paths = [];
        for (int survey = 0; survey < 10; survey++)
        {
            SurveyHost[] hosts = [.. Enumerable.Range(0, 12).Select(i => SurveyHosts.Of(
                $"{i}{Hostile}", sets.Next(objectMax: 12, sessionMax: 3, isOrdered: i % 2 == 0)))];
            paths.Add(folder.Write($"{survey}.json", Write(hosts)));
        }

        paths.Add(folder.Write("all.json", Write(All())));
        paths.Add(folder.Write("none.json", Write([])));

        Assert.That(Check([.. paths]), Is.All.EqualTo("valid"), $"seed {Seed}");
    }

    [Test]
    public void A_ready_host_with_a_cause_and_one_without_a_verdict_are_invalid()
    {
        using TemporaryFolder folder = new();
        JsonNode contradicted = JsonNode.Parse(Write(All()))!;
        JsonNode unexplained = JsonNode.Parse(Write(All()))!;
        foreach (JsonNode? host in contradicted["hosts"]!.AsArray())
        {
            host!["verdict"] = "ready";
        }

        unexplained["hosts"]![0]!.AsObject().Remove("verdict");

        Assert.That(
            Check(
            [
                folder.Write("contradicted.json", Encoding.UTF8.GetBytes(contradicted.ToJsonString())),
                folder.Write("unexplained.json", Encoding.UTF8.GetBytes(unexplained.ToJsonString())),
            ]),
            Is.All.EqualTo("invalid"));
    }

    [Test]
    public void Hosts_name_their_causes_and_causes_their_hosts()
    {
        JsonNode document = JsonNode.Parse(Write(All()))!;
        JsonArray causes = document["causes"]!.AsArray();
        foreach (JsonNode? host in document["hosts"]!.AsArray())
        {
            string name = (string)host!["host"]!;
            int[] told = [.. host["causes"]!.AsArray().Select(cause => (int)cause!)];
            int[] naming =
            [
                .. Enumerable.Range(0, causes.Count).Where(cause =>
                    causes[cause]!["hosts"]!.AsArray().Any(other => (string)other! == name)),
            ];
            Assert.That(told, Is.EqualTo(naming), name);
        }

        Assert.That(
            causes.Select(cause => (string)cause!["code"]!),
            Is.EquivalentTo(new[] { "GO2003", "GO4001", "GO1001", "GO1060" }));
        Assert.That((string)document["leftOut"]![0]!["schema"]!, Is.EqualTo("graphorder/plan/1"));
    }

    private static SurveyHost[] All() =>
    [
        SurveyHosts.Of(Hostile, SurveyHosts.Ready("idle")),
        SurveyHosts.Of("cycle", SurveyHosts.Crossed("vm", PhaseSet.Default, ObjectKind.Iommufd)),
        SurveyHosts.Of("broken", "{"),
        SurveyHosts.Of("plan", """{ "schema": "graphorder/plan/1" }"""),
        new SurveyHost("gone", _ => throw new HostUnreadableException("it is gone")),
    ];

    private static byte[] Write(SurveyHost[] hosts) =>
        Encoding.UTF8.GetBytes(SurveyHosts.Document(SurveyRequest.Answer(hosts)));

    private static string[] Check(string[] documents) => Python.Run(
        RepositoryFiles.In("tests", "GraphOrder.Tests", "Documents", "check_schema.py"),
        [Schema, .. documents],
        module: "jsonschema");
}
