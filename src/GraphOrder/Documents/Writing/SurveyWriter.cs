using System.Text;
using System.Text.Json;

namespace GraphOrder;

/// <summary>
/// Writes <c>graphorder/survey/1</c>: which of many hosts can be updated, and why the others cannot. Equal
/// surveys give equal bytes. Thread-safe.
/// </summary>
public static class SurveyWriter
{
    /// <summary>The schema that is written.</summary>
    public const string Schema = "graphorder/survey/1";

    /// <summary>Writes a survey in UTF-8 with line feeds; the stream stays open.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    /// <remarks>O(hosts and their causes); nothing is held but one line.</remarks>
    public static void Write(Stream utf8, Survey survey)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(survey);
        using RowWriter rows = new(utf8);
        rows.Layout("{"u8);
        rows.Member("schema", Schema);
        rows.Member("rules", DependencyRules.Digest.ToString());
        rows.Member("verdict", SurveySentences.Verdict(survey));
        rows.BeginEntry("  "u8);
        rows.Layout("\"counts\": "u8);
        WriteCounts(rows.Json, survey);
        rows.End();
        WriteList(rows, "causes", survey.Causes, cause => WriteCause(rows.Json, survey, cause));
        int[][] causesOf = CausesOf(survey);
        WriteList(
            rows,
            "hosts",
            Enumerable.Range(0, survey.Hosts.Length),
            i => WriteHost(rows.Json, survey.Hosts[i], causesOf[i]));
        WriteList(rows, "leftOut", survey.LeftOut, document =>
        {
            rows.Json.WriteStartObject();
            rows.Json.WriteString("document"u8, document.Name);
            rows.Json.WriteString("schema"u8, document.Schema);
            rows.Json.WriteEndObject();
        });
        rows.Layout("\n}\n"u8);
        rows.Flush();
    }

    // The causes of each host, by their places.
    private static int[][] CausesOf(Survey survey)
    {
        int[] counts = new int[survey.Hosts.Length];
        int[][] causes = [.. survey.Hosts.Select(static host => new int[host.Troubles.Length])];
        for (int cause = 0; cause < survey.Causes.Length; cause++)
        {
            foreach (int host in survey.Causes[cause].Hosts)
            {
                causes[host][counts[host]++] = cause;
            }
        }

        return causes;
    }

    private static void WriteList<T>(
        RowWriter rows, string name, IEnumerable<T> entries, Action<T> write)
    {
        rows.BeginEntry("  "u8);
        rows.Layout(Encoding.UTF8.GetBytes($"\"{name}\": ["));
        bool isEmpty = true;
        foreach (T entry in entries)
        {
            isEmpty = false;
            rows.BeginEntry("    "u8);
            write(entry);
            rows.End();
        }

        rows.Layout(isEmpty ? "]"u8 : "\n  ]"u8);
        rows.NeedComma();
    }

    private static void WriteCounts(Utf8JsonWriter json, Survey survey)
    {
        json.WriteStartObject();
        json.WriteNumber("hosts"u8, survey.Hosts.Length);
        json.WriteNumber("ready"u8, survey.ReadyCount);
        json.WriteNumber("notAccepted"u8, survey.CountOf(HostVerdict.NotAccepted));
        json.WriteNumber("noOrder"u8, survey.CountOf(HostVerdict.NoOrder));
        json.WriteNumber("malformed"u8, survey.CountOf(HostVerdict.Malformed));
        json.WriteNumber("unreadable"u8, survey.CountOf(HostVerdict.Unreadable));
        json.WriteNumber("causes"u8, survey.Causes.Length);
        json.WriteNumber("leftOut"u8, survey.LeftOut.Length);
        json.WriteEndObject();
    }

    private static void WriteCause(Utf8JsonWriter json, Survey survey, SurveyCause cause)
    {
        json.WriteStartObject();
        json.WriteString("code"u8, cause.Key.Code.Text());
        json.WriteString("what"u8, SurveySentences.Of(cause.Key));
        json.WriteNumber("count"u8, cause.Hosts.Length);
        WritePattern(json, cause.Key);
        json.WriteStartObject("example"u8);
        json.WriteString("host"u8, survey.Hosts[cause.Example].Host);
        if (cause.Diagnostic.Location.IsKnown)
        {
            json.WriteNumber("line"u8, cause.Diagnostic.Location.Line);
            json.WriteNumber("column"u8, cause.Diagnostic.Location.Column);
        }

        json.WritePropertyName("diagnostic"u8);
        DiagnosticWriter.Write(json, cause.Diagnostic);
        if (cause.WayOut is { } wayOut)
        {
            json.WritePropertyName("wayOut"u8);
            RepairWriter.Write(json, wayOut.Repair, wayOut.Number);
        }

        json.WriteEndObject();
        json.WriteStartArray("hosts"u8);
        foreach (int host in cause.Hosts)
        {
            json.WriteStringValue(survey.Hosts[host].Host);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePattern(Utf8JsonWriter json, CauseKey key)
    {
        if (key.Steps.IsEmpty)
        {
            return;
        }

        json.WriteStartArray("phases"u8);
        foreach (Phase phase in key.Phases)
        {
            json.WriteStringValue(phase.Name());
        }

        json.WriteEndArray();
        json.WriteStartArray("pattern"u8);
        foreach (CauseStep step in key.Steps)
        {
            json.WriteStartObject();
            json.WriteString("first"u8, step.First);
            json.WriteString("then"u8, step.Then);
            json.WriteString("phase"u8, step.Phase.Name());
            json.WriteString("rule"u8, RuleName(step.Rule));
            json.WriteString("model"u8, step.Model);
            if (step.Rule != CycleRule.FixedBeginning)
            {
                json.WriteString("dependent"u8, step.Dependent);
                json.WriteString("on"u8, step.On);
            }

            SessionObjectWriter.Text(json, "joinedBy", step.JoinedBy);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteHost(Utf8JsonWriter json, HostAnswer host, int[] causes)
    {
        json.WriteStartObject();
        json.WriteString("host"u8, host.Host);
        json.WriteString("verdict"u8, SurveySentences.NameOf(host.Verdict));
        if (host.Input is { } input)
        {
            json.WriteString("input"u8, input.ToString());
            SessionObjectWriter.Text(json, "model", host.Model);
            json.WriteNumber("sessions"u8, host.SessionCount);
            json.WriteNumber("objects"u8, host.ObjectCount);
        }

        json.WriteStartArray("causes"u8);
        foreach (int cause in causes)
        {
            json.WriteNumberValue(cause);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string RuleName(CycleRule rule) => rule switch
    {
        CycleRule.NeededFirst => "needed-first",
        CycleRule.NeedingFirst => "needing-first",
        CycleRule.PreserveOrder => "preserve-order",
        CycleRule.ReversePreserveOrder => "reverse-preserve-order",
        CycleRule.SessionBySession => "session-by-session",
        _ => "fixed-beginning",
    };
}
