using System.Text;
using System.Text.Json;

namespace GraphOrder.Fuzz;

/// <summary>Requests of every kind, a line each.</summary>
internal static class RequestSeeds
{
    /// <summary>Some of them one by one, some together.</summary>
    public static IEnumerable<byte[]> All()
    {
        string vms = Sample("two-vms.json");
        string seed = Sample("seed.json");
        string state = Sample("states", "two-vms.broken-memfd.json");
        string all = Sample("every-member.json");
        string plan = Sample("plans", "session-set.plan.json");
        string[] texts =
        [
            $$"""{"request":"plan","id":[1,"a"],"set":{{vms}}}""",
            $$"""{"request":"plan","model":"explicit-graph","set":{{seed}}}""",
            $$"""{"request":"plan","set":{{all}}}""",
            $$"""{"request":"recover","state":{{state}},"set":{{vms}}}""",
            $$"""{"request":"compare","set":{{seed}}}""",
            $$"""{"request":"verify","set":{{Sample("session-set.json")}},"plan":{{plan}}}""",
            $$"""{"request":"declare","set":{{Sample("microvm.json")}}}""" + "\n"
                + """{"request":"plan"}""" + "\n"
                + """{"request":"watch"}""" + "\n"
                + """{"request":"withdraw","areas":[{"ioas":"a","iova":"0x1","bytes":1}],"objects":["a"]}""" + "\n"
                + """{"request":"finish"}""",
            """{"request":"why","id":7,"first":"a","second":"b"}""",
        ];
        return texts.Select(Encoding.UTF8.GetBytes);
    }

    private static string Sample(params string[] parts)
    {
        using JsonDocument document = JsonDocument.Parse(RepositoryFiles.Bytes(["samples", .. parts]));
        return JsonSerializer.Serialize(document.RootElement);
    }
}
