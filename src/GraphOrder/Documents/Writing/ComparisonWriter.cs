using System.Collections.Immutable;
using System.Text.Json;

namespace GraphOrder;

/// <summary>
/// Writes <c>graphorder/comparison/1</c>. Equal comparisons give equal bytes, on every machine. Thread-safe.
/// </summary>
public static class ComparisonWriter
{
    /// <summary>The schema that is written.</summary>
    public const string Schema = "graphorder/comparison/1";

    /// <summary>Writes a comparison in UTF-8 with line feeds; the stream stays open.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream utf8, Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(comparison);
        using RowWriter rows = new(utf8);
        SessionSet set = comparison.Graph.Set;
        rows.Layout("{"u8);
        Member(rows, "schema"u8, json => json.WriteStringValue(Schema));
        Member(rows, "input"u8, json => json.WriteStringValue(set.Digest.ToString()));
        Member(rows, "rules"u8, json => json.WriteStringValue(DependencyRules.Digest.ToString()));
        Member(rows, "verdict"u8, json => json.WriteStringValue(ComparisonSentences.Verdict(comparison)));
        Member(rows, "counts"u8, json => WriteCounts(json, comparison));
        rows.BeginEntry("  "u8);
        rows.Layout("\"waits\": ["u8);
        foreach (SessionWait wait in comparison.Waits)
        {
            rows.BeginEntry("    "u8);
            WriteWait(rows.Json, set, wait);
            rows.End();
        }

        rows.Layout(comparison.Waits.IsEmpty ? "]"u8 : "\n  ]"u8);
        rows.NeedComma();
        Member(rows, "waitsWhole"u8, json => json.WriteBooleanValue(comparison.AreWaitsWhole));
        rows.BeginEntry("  "u8);
        rows.Layout("\"models\": ["u8);
        foreach (ModelComparison row in comparison.Models)
        {
            WriteModel(rows, set, row);
        }

        rows.Layout("\n  ]\n}\n"u8);
        rows.Flush();
    }

    private static void WriteCounts(Utf8JsonWriter json, Comparison comparison)
    {
        json.WriteStartObject();
        json.WriteNumber("sessions"u8, comparison.Graph.SessionCount);
        json.WriteNumber("objects"u8, comparison.Graph.ObjectCount);
        json.WriteNumber("dependencies"u8, comparison.Graph.DependencyCount);
        json.WriteNumber("memfds"u8, comparison.MemfdCount);
        json.WriteNumber("otherMemory"u8, comparison.OtherMemoryCount);
        json.WriteNumber("domainsNotWalked"u8, comparison.DomainCount);
        json.WriteNumber("listBytes"u8, comparison.ListByteCount);
        json.WriteEndObject();
    }

    private static void WriteWait(Utf8JsonWriter json, SessionSet set, SessionWait wait)
    {
        json.WriteStartObject();
        json.WriteString("session"u8, set.NameOf(wait.Waiting));
        json.WriteString("waitsFor"u8, set.NameOf(wait.First));
        json.WriteString("dependent"u8, set.NameOf(wait.Witness.Dependent));
        json.WriteString("on"u8, set.NameOf(wait.Witness.On));
        json.WriteEndObject();
    }

    private static void WriteModel(RowWriter rows, SessionSet set, ModelComparison row)
    {
        rows.BeginEntry("    "u8);
        rows.Layout("{"u8);
        ModelMember(rows, "model"u8, json => json.WriteStringValue(row.Model));
        ModelMember(rows, "release"u8, json => json.WriteStringValue(row.Release));
        ModelMember(rows, "legal"u8, json => json.WriteBooleanValue(row.IsLegal));
        ModelMember(rows, "accepted"u8, json => json.WriteBooleanValue(row.IsAccepted));
        ModelMember(rows, "safe"u8, json => json.WriteBooleanValue(row.IsSafe));
        ModelMember(rows, "refusals"u8, json => WriteCodes(json, row.Refusals));
        ModelMember(rows, "bookkeeping"u8, json => WriteBookkeeping(json, row.Bookkeeping));
        if (row.IsLegal)
        {
            ModelMember(rows, "wait"u8, json => WriteLongest(json, set, row.Wait!));
            ModelMember(rows, "exposedMemfds"u8, json => json.WriteNumberValue(row.ExposedCount));
            List(rows, "memfds"u8, row.Memfds, (json, window) => WriteMemfd(json, set, window));
        }
        else
        {
            List(rows, "errors"u8, row.Errors, DiagnosticWriter.Write);
            List(rows, "dangers"u8, row.Dangers, (json, danger) => WriteDanger(json, set, danger));
        }

        rows.Layout("\n    }"u8);
        rows.NeedComma();
    }

    private static void List<T>(
        RowWriter rows, ReadOnlySpan<byte> name, ImmutableArray<T> entries, Action<Utf8JsonWriter, T> write)
    {
        rows.BeginEntry("      "u8);
        rows.Layout("\""u8);
        rows.Layout(name);
        rows.Layout("\": ["u8);
        foreach (T entry in entries)
        {
            rows.BeginEntry("        "u8);
            write(rows.Json, entry);
            rows.End();
        }

        rows.Layout(entries.IsEmpty ? "]"u8 : "\n      ]"u8);
        rows.NeedComma();
    }

    private static void WriteDanger(Utf8JsonWriter json, SessionSet set, ReleaseDanger danger)
    {
        json.WriteStartObject();
        json.WriteString("memfd"u8, set.NameOf(danger.Memfd));
        json.WriteString("mapper"u8, set.NameOf(danger.Mapper));
        json.WriteEndObject();
    }

    private static void WriteCodes(Utf8JsonWriter json, ImmutableArray<DiagnosticCode> codes)
    {
        json.WriteStartArray();
        foreach (DiagnosticCode code in codes)
        {
            json.WriteStringValue(code.Text());
        }

        json.WriteEndArray();
    }

    private static void WriteBookkeeping(Utf8JsonWriter json, Bookkeeping bookkeeping)
    {
        json.WriteStartObject();
        json.WriteNumber("bytes"u8, bookkeeping.ByteCount);
        json.WriteStartArray("parts"u8);
        foreach (BookkeepingPart part in bookkeeping.Parts)
        {
            json.WriteStartObject();
            json.WriteString("what"u8, ComparisonNames.Of(part.What));
            json.WriteNumber("count"u8, part.Count);
            json.WriteNumber("bytesEach"u8, part.BytesEach);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLongest(Utf8JsonWriter json, SessionSet set, FinishWait wait)
    {
        json.WriteStartObject();
        json.WriteString("unit"u8, ComparisonNames.Of(wait.Unit));
        json.WriteNumber("longest"u8, wait.LongestCount);
        json.WriteStartArray("chain"u8);
        foreach (SessionId session in wait.Chain)
        {
            json.WriteStringValue(set.NameOf(session));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMemfd(Utf8JsonWriter json, SessionSet set, MemfdWindow window)
    {
        json.WriteStartObject();
        json.WriteString("memfd"u8, set.Utf8NameOf(window.Memfd));
        json.WriteStartObject("held"u8);
        json.WriteNumber("objects"u8, window.HeldObjectCount);
        json.WriteNumber("microseconds"u8, window.HeldMicroseconds);
        json.WriteEndObject();
        if (window.LastMapper is { } mapper)
        {
            json.WriteString("lastMapper"u8, set.Utf8NameOf(mapper));
            json.WriteStartArray("guards"u8);
            foreach (GuardSpan span in window.Guards)
            {
                json.WriteStartObject();
                json.WriteString("by"u8, ComparisonNames.Of(span.Guard));
                WriteMoment(json, "until", span.Until);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (window.Exposed is { } exposed)
        {
            WriteExposed(json, window, exposed);
        }

        json.WriteEndObject();
    }

    private static void WriteExposed(Utf8JsonWriter json, MemfdWindow window, ExposedWindow exposed)
    {
        json.WriteStartObject("exposed"u8);
        WriteMoment(json, "opens", exposed.Opens);
        WriteMoment(json, "closes", exposed.Closes);
        json.WriteNumber("objects"u8, exposed.ObjectCount);
        json.WriteNumber("microseconds"u8, exposed.Microseconds);
        json.WriteStartArray("codes"u8);
        foreach (GuardSpan span in window.Guards)
        {
            if (ComparisonNames.CodeOf(span.Guard) is { } code)
            {
                json.WriteStringValue(code.Text());
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMoment(Utf8JsonWriter json, string name, Moment moment)
    {
        json.WriteStartObject(name);
        json.WriteString("phase"u8, ComparisonNames.Of(moment));
        if (moment.Phase is not null)
        {
            json.WriteNumber("step"u8, moment.Step);
        }

        json.WriteEndObject();
    }

    private static void Member(RowWriter rows, ReadOnlySpan<byte> name, Action<Utf8JsonWriter> write) =>
        Member(rows, "  "u8, name, write);

    private static void ModelMember(RowWriter rows, ReadOnlySpan<byte> name, Action<Utf8JsonWriter> write) =>
        Member(rows, "      "u8, name, write);

    private static void Member(
        RowWriter rows, ReadOnlySpan<byte> indent, ReadOnlySpan<byte> name, Action<Utf8JsonWriter> write)
    {
        rows.BeginEntry(indent);
        rows.Layout("\""u8);
        rows.Layout(name);
        rows.Layout("\": "u8);
        write(rows.Json);
        rows.End();
    }
}
