using System.Text;

namespace GraphOrder;

/// <summary>
/// Writes <c>graphorder/model/1</c>: a lifecycle model, one line a phase. Equal models give equal bytes.
/// Thread-safe.
/// </summary>
public static class ModelWriter
{
    /// <summary>The schema that is written.</summary>
    public const string Schema = "graphorder/model/1";

    /// <summary>Writes a model in UTF-8 with line feeds; the stream stays open.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream utf8, LifecycleModel model)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(model);
        using RowWriter rows = new(utf8);
        rows.Layout("{\n  \"schema\": "u8);
        rows.Json.WriteStringValue(Schema);
        rows.End();
        rows.Layout(",\n  \"name\": "u8);
        rows.Json.WriteStringValue(model.Name);
        rows.End();
        rows.Layout(",\n  \"phases\": {"u8);
        foreach (Phase phase in Phases.All)
        {
            rows.Layout(phase == Phase.Preserve ? "\n    "u8 : ",\n    "u8);
            rows.Layout(Encoding.UTF8.GetBytes($"\"{phase.Name()}\": {{ "));
            WriteRule(rows, model[phase]);
            rows.Layout(" }"u8);
        }

        rows.Layout("\n  }\n}\n"u8);
        rows.Flush();
    }

    private static void WriteRule(RowWriter rows, PhaseRule rule)
    {
        Member(rows, "\"step\": "u8, rule.UnitText);
        rows.Layout(", "u8);
        if (rule.Unit != StepUnit.Everything)
        {
            Member(rows, "\"between\": "u8, rule.BetweenText);
            rows.Layout(", "u8);
        }

        Member(rows, "\"inside\": "u8, rule.InsideText);
    }

    private static void Member(RowWriter rows, ReadOnlySpan<byte> name, string value)
    {
        rows.Layout(name);
        rows.Json.WriteStringValue(value);
        rows.End();
    }
}
