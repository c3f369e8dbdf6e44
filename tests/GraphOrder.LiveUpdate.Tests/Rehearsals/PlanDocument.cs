using System.Text;
using System.Text.Json;

namespace GraphOrder.LiveUpdate.Tests.Rehearsals;

/// <summary>Orders of our own as a plan, with what Linux makes of them in the phases that it
/// decides.</summary>
internal static class PlanDocument
{
    public static Plan Of(
        DependencyGraph graph,
        List<int> create,
        List<int> preserve,
        List<int> retrieve,
        List<int> finish,
        List<int> close,
        IEnumerable<Waiver> waivers)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteString("schema", PlanWriter.Schema);
            json.WriteString("model", "linux-7.3");
            json.WriteString("input", graph.Set.Digest.ToString());
            json.WriteString("rules", DependencyRules.Digest.ToString());
            json.WriteStartArray("waived");
            foreach (Waiver waiver in waivers)
            {
                json.WriteStringValue(waiver.ToString());
            }

            json.WriteEndArray();
            json.WriteStartObject("sessions");
            Names(json, graph, "create", create);
            Names(json, graph, "retrieve", Files(graph, retrieve).Select(file => SessionOf(graph, file)).Distinct());
            Names(json, graph, "finish", finish);
            Names(json, graph, "close", close);
            json.WriteEndObject();
            json.WriteStartObject("phases");
            Steps(json, graph, "preserve", preserve, (_, step) => step);
            Steps(json, graph, "freeze", Files(graph, create, preserve), (_, step) => step);
            Steps(json, graph, "unfreeze", Files(graph, Enumerable.Reverse(create), preserve), (_, step) => step);
            List<int> backward = [.. Enumerable.Reverse(preserve)];
            Steps(json, graph, "unpreserve", Files(graph, close, backward), (file, _) => close.IndexOf(SessionOf(graph, file)));
            Steps(json, graph, "retrieve", retrieve, (_, step) => step);
            Steps(json, graph, "finish", Files(graph, finish, backward), (file, _) => finish.IndexOf(SessionOf(graph, file)));
            json.WriteEndObject();
            json.WriteStartArray("diagnostics");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.Position = 0;
        return PlanReader.Read(stream).GetPlanOrThrow();
    }

    public static string Text(IEnumerable<int> order) =>
        new StringBuilder().AppendJoin(' ', order).ToString();

    private static int SessionOf(DependencyGraph graph, int file) =>
        graph[new ObjectId(file)].Session!.Value.Index;

    private static IEnumerable<int> Files(DependencyGraph graph, List<int> items) =>
        items.Where(item => graph[new ObjectId(item)].IsFile);

    private static List<int> Files(DependencyGraph graph, IEnumerable<int> sessions, List<int> items) =>
        [
            .. sessions.SelectMany(
                session => Files(graph, items).Where(file => SessionOf(graph, file) == session)),
        ];

    private static void Names(
        Utf8JsonWriter json, DependencyGraph graph, string name, IEnumerable<int> sessions)
    {
        json.WriteStartArray(name);
        foreach (int session in sessions)
        {
            json.WriteStringValue(graph.Set.NameOf(new SessionId(session)));
        }

        json.WriteEndArray();
    }

    private static void Steps(
        Utf8JsonWriter json, DependencyGraph graph, string name, List<int> files, Func<int, int, int> waveOf)
    {
        json.WriteStartArray(name);
        for (int step = 0; step < files.Count; step++)
        {
            ObjectId item = new(files[step]);
            json.WriteStartObject();
            json.WriteNumber("step", step);
            json.WriteNumber("wave", waveOf(files[step], step));
            if (graph[item].Act is { } act)
            {
                json.WriteString("act", graph.Set.NameOf(item));
                json.WriteString("session", graph.Set.NameOf(act.Session));
            }
            else
            {
                json.WriteString("object", graph.Set.NameOf(item));
                json.WriteString("session", graph.Set.NameOf(graph.SessionOf(item)!.Value));
                json.WriteString("token", $"0x{graph.TokenOf(item):x}");
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
