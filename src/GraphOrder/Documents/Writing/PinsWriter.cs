using System.Collections.Immutable;
using System.Text;

namespace GraphOrder;

/// <summary>Writes <c>graphorder/pins/1</c>: what keeps something from being finished. Thread-safe.</summary>
public static class PinsWriter
{
    /// <summary>The schema that is written.</summary>
    public const string Schema = "graphorder/pins/1";

    /// <summary>Writes an explanation in UTF-8 with line feeds; the stream stays open.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream utf8, SessionSet set, PinExplanation pins)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(pins);
        using RowWriter rows = new(utf8);
        rows.Layout("{"u8);
        rows.Member("schema", Schema);
        rows.Member("model", pins.Model);
        rows.Member("input", set.Digest.ToString());
        rows.Member("id", pins.Name);
        if (pins.FinishesWith is { } session)
        {
            rows.Member("finishesWith", SessionSet.SessionPrefix + session);
        }

        Write(rows, "heldBy", pins.Rules, pins.HeldBy, pins.HeldByMoreCount);
        Write(rows, "holds", pins.Rules, pins.Holds, pins.HoldsMoreCount);
        rows.Problems(pins.Problems);
        rows.Layout("\n}\n"u8);
        rows.Flush();
    }

    private static void Write(
        RowWriter rows,
        string name,
        ImmutableArray<CyclePhase> phases,
        ImmutableArray<Pin> pins,
        int moreCount)
    {
        rows.BeginEntry("  "u8);
        rows.Layout(Encoding.UTF8.GetBytes($"\"{name}\": ["));
        foreach (Pin pin in pins)
        {
            rows.BeginEntry("    "u8);
            rows.Json.WriteStartObject();
            rows.Json.WriteString("id"u8, pin.Name);
            rows.Json.WriteStartArray("chain"u8);
            foreach (CycleStep step in pin.Chain)
            {
                DiagnosticWriter.WriteStep(rows.Json, phases, step);
            }

            rows.Json.WriteEndArray();
            rows.Json.WriteEndObject();
            rows.End();
        }

        rows.Layout(pins.IsEmpty ? "]"u8 : "\n  ]"u8);
        rows.NeedComma();
        if (moreCount > 0)
        {
            rows.BeginEntry("  "u8);
            rows.Layout(Encoding.UTF8.GetBytes($"\"{name}MoreCount\": "));
            rows.Json.WriteNumberValue(moreCount);
            rows.End();
        }
    }
}
