using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace GraphOrder;

/// <summary>
/// Writes <c>graphorder/change/1</c>: what came into a growing graph and what went, or why a change was
/// refused. Thread-safe.
/// </summary>
internal static class ChangeWriter
{
    /// <summary>The schema that is written.</summary>
    public const string Schema = "graphorder/change/1";

    /// <summary>Writes a change in UTF-8 with line feeds; the stream stays open.</summary>
    /// <param name="utf8">Where to.</param>
    /// <param name="version">How many changes the graph has taken so far, this one among them.</param>
    /// <param name="contents">What came and what went.</param>
    /// <param name="diagnostics">Why it was refused; empty where it was not.</param>
    public static void Write(
        Stream utf8, long version, ChangeContents contents, ImmutableArray<Diagnostic> diagnostics)
    {
        using RowWriter rows = new(utf8);
        rows.Layout("{"u8);
        rows.Member("schema", Schema);
        rows.BeginEntry("  "u8);
        rows.Layout("\"version\": "u8);
        rows.Json.WriteNumberValue(version);
        rows.End();
        rows.BeginEntry("  "u8);
        rows.Layout(diagnostics.IsEmpty ? "\"legal\": true"u8 : "\"legal\": false"u8);
        rows.NeedComma();
        // Of a change that was refused nothing came: who keeps a copy of the graph may take any of these.
        ChangeContents taken = diagnostics.IsEmpty ? contents : ChangeContents.None;
        WriteSide(rows, "came", taken.Came);
        WriteSide(rows, "went", taken.Went);
        WriteNames(rows, "created", taken.Created);
        WriteNames(rows, "preserved", taken.Preserved);
        rows.Problems(diagnostics);
        rows.Layout("\n}\n"u8);
        rows.Flush();
    }

    private static void WriteSide(RowWriter rows, string name, ChangeSide side)
    {
        rows.BeginEntry("  "u8);
        rows.Layout(Encoding.UTF8.GetBytes($"\"{name}\": "));
        Utf8JsonWriter json = rows.Json;
        json.WriteStartObject();
        WriteTexts(json, "sessions", side.Sessions);
        WriteTexts(json, "objects", side.Objects);
        json.WriteStartArray("dependencies"u8);
        foreach ((string dependent, string on) in side.Dependencies)
        {
            json.WriteStartObject();
            json.WriteString("dependent"u8, dependent);
            json.WriteString("on"u8, on);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("areas"u8);
        foreach (ChangedArea area in side.Areas)
        {
            json.WriteStartObject();
            json.WriteString("ioas"u8, area.Ioas);
            json.WriteString("iova"u8, $"0x{area.Iova:x}");
            json.WriteNumber("bytes"u8, area.Bytes);
            json.WriteString("file"u8, area.File);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        rows.End();
    }

    private static void WriteNames(RowWriter rows, string name, List<string> names)
    {
        rows.BeginEntry("  "u8);
        rows.Layout(Encoding.UTF8.GetBytes($"\"{name}\": "));
        rows.Json.WriteStartArray();
        foreach (string text in names)
        {
            rows.Json.WriteStringValue(text);
        }

        rows.Json.WriteEndArray();
        rows.End();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, List<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
