using System.Buffers;
using System.Text.Json;

namespace GraphOrder.Reports;

/// <summary>
/// Writes what the page shows as one JSON document, <c>graphorder/recorder/1</c>: tables of rows, so that a
/// large set stays small. Its members are told in <c>recorder.md</c>. ASCII; markup is escaped.
/// </summary>
internal static class RecorderWriter
{
    // A larger set would make a page that no browser opens at once; then the overview alone is written.
    private const int ObjectsMax = 50_000;

    /// <summary>What speaks for a row that is about everything: no object, no session.</summary>
    public const int Everything = int.MinValue;

    /// <summary>Writes it.</summary>
    /// <param name="picture">What is shown.</param>
    /// <param name="writeMore">Writes members of its own at the end; null for none.</param>
    public static ReadOnlySequence<byte> Write(PlanPicture picture, Action<Utf8JsonWriter>? writeMore = null)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            DependencyGraph graph = picture.Graph;
            ReportNames names = new(graph);
            json.WriteStartObject();
            json.WriteString("schema", "graphorder/recorder/1");
            WriteHeader(json, picture);
            WritePhases(json, picture.Kernels);
            RecorderFindings.Write(json, graph, names, picture.Result);
            if (graph.ObjectCount <= ObjectsMax)
            {
                RecorderGraph.Write(json, graph, names, BindingOf(picture));
                if (picture.Result.TryGetPlan(out Plan? plan))
                {
                    new RecorderRun(json, picture, plan, names).Write();
                }
            }

            writeMore?.Invoke(json);
            json.WriteEndObject();
        }

        return new ReadOnlySequence<byte>(bytes.WrittenMemory);
    }

    private static BindingPhases BindingOf(PlanPicture picture) => new(
        picture.Graph, picture.Result.TryGetPlan(out Plan? plan) ? plan.Waived : []);

    private static void WriteHeader(Utf8JsonWriter json, PlanPicture picture)
    {
        json.WriteString("set", PlainText.Whole(picture.Report.SetName));
        string[] words = [ShellWord.Path(picture.Report.SetName), .. picture.Report.RepeatedWords];
        json.WriteString("command", string.Join(' ', words));
        json.WriteString("input", picture.Result.Input.ToString());
        json.WriteString("rules", picture.Result.Rules.ToString());
        json.WriteString("model", PlainText.Id(picture.Kernels.ModelName));
        json.WriteString("kernels", KernelNames.Crossing(picture.Kernels));
        json.WriteBoolean("legal", picture.Result.IsLegal);
        json.WriteNumber("sessionCount", picture.Graph.SessionCount);
        json.WriteNumber("objectCount", picture.Graph.ObjectCount);
        json.WriteNumber("dependencyCount", picture.Graph.DependencyCount);
    }

    private static void WritePhases(Utf8JsonWriter json, KernelPair kernels)
    {
        json.WriteStartArray("phases");
        foreach (Phase phase in Phases.All)
        {
            json.WriteStartArray();
            json.WriteStringValue(phase.Name());
            json.WriteStringValue(PhaseWords.Describe(kernels[phase]));
            json.WriteStringValue(PhaseWords.ToDo(phase));
            json.WriteNumberValue(phase.NeededGoesFirst() ? 1 : 0);
            json.WriteStringValue(kernels[phase].UnitText);
            json.WriteStringValue(kernels[phase].BetweenText);
            json.WriteStringValue(kernels[phase].InsideText);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
