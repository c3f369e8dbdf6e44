using System.Buffers;
using System.Text.Json;

namespace GraphOrder.Orleans;

/// <summary>
/// Writes events as lines of JSON, as README.md has them: what a checker reads that knows nothing of this
/// code.
/// </summary>
public static class FleetEventWriter
{
    /// <summary>Writes one event and ends its line.</summary>
    public static void Write(IBufferWriter<byte> output, FleetEvent written)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(written);
        using (Utf8JsonWriter json = new(output))
        {
            json.WriteStartObject();
            json.WriteString("grain", written.Grain);
            json.WriteNumber("sequence", written.Sequence);
            json.WriteString("kind", JsonNamingPolicy.KebabCaseLower.ConvertName(written.Kind.ToString()));
            if (written.Order is { } order)
            {
                json.WriteString("host", order.Host);
                json.WriteString("rollout", order.Rollout);
                json.WriteNumber("attempt", order.Attempt);
            }

            WriteFacts(json, written);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void WriteFacts(Utf8JsonWriter json, FleetEvent written)
    {
        if (written.Outcome is { } outcome)
        {
            json.WriteString("outcome", outcome == UpdateOutcome.Done ? "done" : "failed");
        }

        Write(json, "away", written.Away);
        Write(json, "awayMax", written.AwayMax);
        Write(json, "count", written.Count);
        if (written.Input is { } input)
        {
            json.WriteString("input", input);
        }

        if (written.IsLegal is { } isLegal)
        {
            json.WriteBoolean("legal", isLegal);
        }

        if (written.Why is { } why)
        {
            json.WriteString("why", why);
        }

        if (written.After.Length > 0)
        {
            json.WriteStartArray("after");
            foreach (EventReference reference in written.After)
            {
                json.WriteStartObject();
                json.WriteString("grain", reference.Grain);
                json.WriteNumber("sequence", reference.Sequence);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    private static void Write(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, known);
        }
    }
}
