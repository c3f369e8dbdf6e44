using System.Globalization;
using System.Text.Json;

namespace GraphOrder;

/// <summary>Writes a repair as a refusal holds it in <c>repairs</c>.</summary>
internal static class RepairWriter
{
    /// <summary>Writes one object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="repair">The repair.</param>
    /// <param name="number">Its number, from 1 up, as <c>--apply-repair</c> takes it.</param>
    public static void Write(Utf8JsonWriter json, Repair repair, int number)
    {
        json.WriteStartObject();
        json.WriteNumber("repair"u8, number);
        json.WriteString("kind"u8, NameOf(repair.Kind));
        WriteChanges(json, repair);
        WriteWaived(json, repair);
        json.WriteStartObject("cost"u8);
        json.WriteNumber("weightWaived"u8, repair.Cost.WeightWaived);
        json.WriteNumber("filesMoved"u8, repair.Cost.FilesMoved);
        json.WriteNumber("sessionsMerged"u8, repair.Cost.SessionsMerged);
        json.WriteNumber("sessionsSplit"u8, repair.Cost.SessionsSplit);
        json.WriteEndObject();
        json.WriteStartArray("verdicts"u8);
        foreach (RepairVerdict verdict in repair.Verdicts)
        {
            WriteVerdict(json, verdict);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>How documents write a kind.</summary>
    public static string NameOf(RepairKind kind) => kind switch
    {
        RepairKind.Move => "move",
        RepairKind.Split => "split",
        RepairKind.NewSession => "new-session",
        RepairKind.Merge => "merge",
        RepairKind.Waive => "waive",
        _ => "combined",
    };

    private static void WriteChanges(Utf8JsonWriter json, Repair repair)
    {
        if (!repair.Merges.IsEmpty)
        {
            json.WriteStartArray("merged"u8);
            foreach (SessionMerge merge in repair.Merges)
            {
                json.WriteStartObject();
                json.WriteString("session"u8, merge.Session);
                json.WriteString("into"u8, merge.Into);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (!repair.NewSessions.IsEmpty)
        {
            json.WriteStartArray("newSessions"u8);
            foreach (string session in repair.NewSessions)
            {
                json.WriteStringValue(session);
            }

            json.WriteEndArray();
        }

        if (!repair.Moves.IsEmpty)
        {
            json.WriteStartArray("moved"u8);
            foreach (FileMove move in repair.Moves)
            {
                json.WriteStartObject();
                json.WriteString("file"u8, move.File);
                json.WriteString("from"u8, move.From);
                json.WriteString("into"u8, move.Into);
                if (move.NewToken is { } token)
                {
                    json.WriteString(
                        "newToken"u8, string.Create(CultureInfo.InvariantCulture, $"0x{token:x}"));
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    // The bound stands where it is less than what is waived: then something lighter may help.
    private static void WriteWaived(Utf8JsonWriter json, Repair repair)
    {
        if (repair.Waived.IsEmpty)
        {
            return;
        }

        json.WriteStartArray("waived"u8);
        foreach (Waiver waiver in repair.Waived)
        {
            json.WriteStringValue(waiver.ToString());
        }

        json.WriteEndArray();
        if (repair.WeightMin is { } bound)
        {
            json.WriteBoolean("exact"u8, repair.IsLeastWeight);
            if (!repair.IsLeastWeight)
            {
                json.WriteNumber("bound"u8, bound);
            }
        }
    }

    private static void WriteVerdict(Utf8JsonWriter json, RepairVerdict verdict)
    {
        json.WriteStartObject();
        json.WriteString("model"u8, verdict.Model);
        json.WriteString("verdict"u8, verdict.Verdict switch
        {
            PlanVerdict.Legal => "legal",
            PlanVerdict.Refused => "refused",
            _ => "illegal",
        });
        if (!verdict.Codes.IsEmpty)
        {
            json.WriteStartArray("codes"u8);
            foreach (DiagnosticCode code in verdict.Codes)
            {
                json.WriteStringValue(code.Text());
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
