using System.Text.Json;

namespace GraphOrder.Cli;

/// <summary><c>explain</c> for programs.</summary>
internal static class ExplainJson
{
    public static void Write(Utf8JsonWriter json, string topic, DiagnosticEntry? entry)
    {
        json.WriteStartObject();
        json.WriteString("schema", "graphorder/explain/1");
        if (entry is not null)
        {
            json.WriteString("code", entry.Code.Text());
            json.WriteString("title", entry.Title);
            json.WriteString("sentence", entry.Sentence);
            json.WriteString("wayOut", entry.WayOut);
            json.WriteString("explanation", entry.Explanation);
            if (DiagnosticExample.Of(entry.Code) is { } example)
            {
                json.WriteStartObject("example");
                json.WriteString("sentence", example.Sentence);
                json.WriteString("wayOut", example.WayOut);
                json.WriteEndObject();
            }
        }
        else if (topic == "rules")
        {
            WriteRules(json);
        }
        else
        {
            WriteModels(json);
        }

        json.WriteEndObject();
    }

    private static void WriteRules(Utf8JsonWriter json)
    {
        json.WriteString("digest", DependencyRules.Digest.ToString());
        json.WriteStartArray("rules");
        foreach (DependencyRule row in DependencyRules.Rows)
        {
            json.WriteStartObject();
            WriteList(json, "dependents", row.Dependents.Select(kind => kind.Name));
            WriteList(json, "on", row.On.Select(kind => kind.Name));
            WriteList(
                json,
                "orders",
                Phases.All.ToArray().Where(row.Orders.Contains).Select(phase => phase.Name()));
            if (row.Presence is { } presence)
            {
                json.WriteString("presence", presence.Name());
            }

            json.WriteBoolean("pulled", row.IsPulled);
            json.WriteString("status", row.Status.ToString().ToLowerInvariant());
            json.WriteString("source", row.Source);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteModels(Utf8JsonWriter json)
    {
        json.WriteStartArray("models");
        foreach (LifecycleModel model in LifecycleModel.BuiltIn)
        {
            // Each entry is a document that --model reads.
            json.WriteStartObject();
            json.WriteString("schema", ModelWriter.Schema);
            json.WriteString("name", model.Name);
            json.WriteStartObject("phases");
            foreach (Phase phase in Phases.All)
            {
                PhaseRule rule = model[phase];
                json.WriteStartObject(phase.Name());
                json.WriteString("step", rule.UnitText);
                if (rule.Unit != StepUnit.Everything)
                {
                    json.WriteString("between", rule.BetweenText);
                }

                json.WriteString("inside", rule.InsideText);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
