using System.Text;
using System.Text.Json;

namespace GraphOrder;

/// <summary>
/// Writes <c>graphorder/recovery/1</c>. Equal answers give equal bytes. Thread-safe.
/// </summary>
public static class RecoveryWriter
{
    /// <summary>The schema that is written.</summary>
    public const string Schema = "graphorder/recovery/1";

    /// <summary>Writes an answer, or why there is none, in UTF-8 with line feeds; the stream stays open.
    /// </summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream utf8, SessionSet set, RecoveryResult result)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(result);
        using RowWriter rows = new(utf8);
        rows.Layout("{"u8);
        Text(rows, "schema", Schema);
        Text(rows, "model", result.Model);
        if (result.TryGetRecovery(out Recovery? recovery))
        {
            Text(rows, "kernel", recovery.State.IsOldKernel ? "old" : "new");
            WriteAnswer(rows, set, recovery);
        }

        List(rows, "diagnostics", result.Diagnostics, DiagnosticWriter.Write);
        rows.Layout("\n}\n"u8);
        rows.Flush();
    }

    private static void WriteAnswer(RowWriter rows, SessionSet set, Recovery recovery)
    {
        List(rows, "doNot", recovery.DoNot, (json, act) => WriteAct(json, set, act));
        if (recovery.State.IsOldKernel)
        {
            Names(rows, "preserve", recovery.Preserve.Select(set.NameOf));
            Names(rows, "again", recovery.Again.Select(set.NameOf));
            Names(rows, "close", recovery.Close.Select(end => NameOf(set, end)));
        }
        else
        {
            Names(rows, "sessions", recovery.Sessions.Select(set.NameOf));
            Names(rows, "retrieve", recovery.Retrieve.Select(set.NameOf));
            Names(rows, "finish", recovery.Finish.Select(end => NameOf(set, end)));
        }

        List(rows, "pinned", recovery.Pinned, (json, pin) => WritePin(json, set, pin));
        List(rows, "blocked", recovery.Blocked, (json, file) => WriteBlocked(json, set, file));
        if (recovery.State.IsOldKernel)
        {
            Names(rows, "dead", recovery.Dead.Select(set.NameOf));
            return;
        }

        List(rows, "broken", recovery.Broken, (json, unmet) => WriteUnmet(json, set, unmet));
        Names(rows, "lost", recovery.Lost.Select(set.NameOf));
    }

    // An act takes a session by its name alone, as the lists of a plan do.
    private static string NameOf(SessionSet set, DependencyEnd end) =>
        end.IsSession ? set.NameOf(end.SessionId) : set.NameOf(end.ObjectId);

    private static void WriteAct(Utf8JsonWriter json, SessionSet set, ForbiddenAct act)
    {
        json.WriteStartObject();
        json.WriteString("act"u8, RecoverySentences.Act(act.Kind));
        if (act.Process is { } process)
        {
            json.WriteNumber("process"u8, process);
        }

        if (act.Session is { } session)
        {
            json.WriteString("session"u8, set.NameOf(session));
        }

        json.WriteString("because"u8, RecoverySentences.Because(set, act));
        json.WriteEndObject();
    }

    private static void WritePin(Utf8JsonWriter json, SessionSet set, PinnedSession pin)
    {
        json.WriteStartObject();
        json.WriteString("session"u8, set.NameOf(pin.Session));
        WriteBy(json, set, pin.By);
        WriteFiles(json, set, "untouched", pin.Untouched);
        WriteFiles(json, set, "busy", pin.Busy);
        json.WriteEndObject();
    }

    private static void WriteBlocked(Utf8JsonWriter json, SessionSet set, BlockedFile file)
    {
        json.WriteStartObject();
        json.WriteString("object"u8, set.NameOf(file.File));
        WriteBy(json, set, file.By);
        WriteFiles(json, set, "behind", file.Behind);
        json.WriteEndObject();
    }

    private static void WriteBy(Utf8JsonWriter json, SessionSet set, IReadOnlyList<UnmetDependency> by)
    {
        json.WriteStartArray("by"u8);
        foreach (UnmetDependency unmet in by)
        {
            WriteUnmet(json, set, unmet);
        }

        json.WriteEndArray();
    }

    private static void WriteFiles(
        Utf8JsonWriter json, SessionSet set, string name, IReadOnlyList<ObjectId> files)
    {
        if (files.Count > 0)
        {
            json.WriteStartArray(name);
            foreach (ObjectId file in files)
            {
                json.WriteStringValue(set.NameOf(file));
            }

            json.WriteEndArray();
        }
    }

    private static void WriteUnmet(Utf8JsonWriter json, SessionSet set, UnmetDependency unmet)
    {
        json.WriteStartObject();
        json.WriteString("dependent"u8, set.NameOf(unmet.Dependent));
        json.WriteString("on"u8, set.NameOf(unmet.On));
        json.WriteString("phase"u8, unmet.Phase.Name());
        WriteFiles(json, set, "through", unmet.Through);
        json.WriteEndObject();
    }

    private static void Text(RowWriter rows, string name, string text)
    {
        Begin(rows, name);
        rows.Json.WriteStringValue(text);
        rows.End();
    }

    private static void Names(RowWriter rows, string name, IEnumerable<string> names)
    {
        Begin(rows, name);
        rows.Layout("["u8);
        foreach (string each in names)
        {
            rows.BeginInline();
            rows.Json.WriteStringValue(each);
            rows.End();
        }

        rows.Layout("]"u8);
        rows.NeedComma();
    }

    private static void List<T>(
        RowWriter rows, string name, IReadOnlyList<T> entries, Action<Utf8JsonWriter, T> write)
    {
        Begin(rows, name);
        rows.Layout("["u8);
        foreach (T entry in entries)
        {
            rows.BeginEntry("    "u8);
            write(rows.Json, entry);
            rows.End();
        }

        rows.Layout(entries.Count == 0 ? "]"u8 : "\n  ]"u8);
        rows.NeedComma();
    }

    private static void Begin(RowWriter rows, string name)
    {
        rows.BeginEntry("  "u8);
        rows.Layout(Encoding.UTF8.GetBytes($"\"{name}\": "));
    }
}
