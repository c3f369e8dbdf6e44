using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace GraphOrder;

/// <summary>
/// Writes <c>graphorder/session-set/1</c>, one session, object or dependency a line. What is read back is
/// the same set, by its digest. Thread-safe.
/// </summary>
public static class SessionSetWriter
{
    /// <summary>Writes a set in UTF-8 with line feeds; the stream stays open.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream utf8, SessionSet set)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(set);
        using RowWriter rows = new(utf8);
        rows.Layout(Encoding.UTF8.GetBytes($"{{\n  \"schema\": \"{SessionSetReader.Schema}\""));
        WriteFacts(rows, set);
        BeginList(rows, "sessions");
        foreach (SessionEntry session in set.Sessions)
        {
            rows.BeginEntry("    "u8);
            WriteSession(rows.Json, set, session);
            rows.End();
        }

        EndList(rows, set.Sessions.IsEmpty);
        BeginList(rows, "objects");
        int nextNeed = 0;
        int nextDescribed = 0;
        for (int i = 0; i < set.Objects.Length; i++)
        {
            ObjectId id = new(i);
            rows.BeginEntry("    "u8);
            SessionObjectWriter.Write(
                rows.Json, set, id, Take(set.Needs, id, ref nextNeed), Take(
                    set.Describes, id, ref nextDescribed));
            rows.End();
        }

        EndList(rows, set.Objects.IsEmpty);
        if (!set.Dependencies.IsEmpty)
        {
            BeginList(rows, "dependencies");
            foreach (DeclaredDependency dependency in set.Dependencies)
            {
                rows.BeginEntry("    "u8);
                WriteDependency(rows.Json, set, dependency);
                rows.End();
            }

            EndList(rows, isEmpty: false);
        }

        rows.Layout("\n}\n"u8);
        rows.Flush();
    }

    private static ReadOnlySpan<ObjectReference> Take(
        ImmutableArray<ObjectReference> all, ObjectId owner, ref int next)
    {
        int first = next;
        while (next < all.Length && all[next].Owner == owner)
        {
            next++;
        }

        return all.AsSpan()[first..next];
    }

    private static void BeginList(RowWriter rows, string name) =>
        rows.Layout(Encoding.UTF8.GetBytes($",\n  \"{name}\": ["));

    private static void EndList(RowWriter rows, bool isEmpty) => rows.Layout(isEmpty ? "]"u8 : "\n  ]"u8);

    private static void WriteFacts(RowWriter rows, SessionSet set)
    {
        if (set.Limits is { } limits)
        {
            rows.Layout(",\n  \"limits\": "u8);
            rows.Json.WriteStartObject();
            foreach ((string name, int limit) in limits)
            {
                rows.Json.WriteNumber(name, limit);
            }

            rows.Json.WriteEndObject();
            rows.End();
        }

        if (set.Host is { } host)
        {
            rows.Layout(",\n  \"host\": "u8);
            rows.Json.WriteStartObject();
            SessionObjectWriter.Text(rows.Json, "kernel", host.Kernel);
            SessionObjectWriter.Text(rows.Json, "nextKernel", host.NextKernel);
            SessionObjectWriter.Number(rows.Json, "freeBytes", host.FreeBytes);
            SessionObjectWriter.Number(rows.Json, "kexecMicroseconds", host.KexecMicroseconds);
            rows.Json.WriteEndObject();
            rows.End();
        }

        if (set.Platform is { } platform)
        {
            rows.Layout(",\n  \"platform\": "u8);
            rows.Json.WriteStartObject();
            Ranges(rows.Json, "preserved", platform.Preserved);
            Ranges(rows.Json, "scratch", platform.Scratch);
            Ranges(rows.Json, "mmio", platform.Mmio);
            rows.Json.WriteEndObject();
            rows.End();
        }
    }

    private static void Ranges(Utf8JsonWriter json, string name, ImmutableArray<PhysicalRange>? ranges)
    {
        if (ranges is not { } listed)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (PhysicalRange range in listed)
        {
            json.WriteStartObject();
            SessionObjectWriter.Hex(json, "physical", range.Physical);
            json.WriteNumber("bytes"u8, range.Bytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes an entry of <c>sessions</c>.</summary>
    internal static void WriteSession(Utf8JsonWriter json, SessionSet set, SessionEntry session)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, session.Name.Text);
        if (session.SaysCreated || session.Created)
        {
            json.WriteBoolean("created"u8, session.Created);
        }

        if (session.SaysPreserved || !session.Preserved.IsEmpty)
        {
            json.WriteStartArray("preserved"u8);
            foreach (ObjectId id in session.Preserved)
            {
                json.WriteStringValue(set.Utf8NameOf(id));
            }

            json.WriteEndArray();
        }

        if (session.Blackout is { } blackout)
        {
            json.WriteStartArray("blackout"u8);
            json.WriteStringValue(set.Utf8NameOf(blackout.Pause));
            json.WriteStringValue(set.Utf8NameOf(blackout.Resume));
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Writes an entry of <c>dependencies</c>.</summary>
    internal static void WriteDependency(Utf8JsonWriter json, SessionSet set, DeclaredDependency dependency)
    {
        json.WriteStartObject();
        json.WriteString("dependent"u8, set.NameOf(dependency.Dependent));
        json.WriteString("on"u8, set.NameOf(dependency.On));
        if (dependency.Phases is { } phases)
        {
            json.WriteStartArray("phases"u8);
            foreach (Phase phase in phases)
            {
                json.WriteStringValue(phase.Name());
            }

            json.WriteEndArray();
        }

        if (dependency.Strength is { } strength)
        {
            json.WriteString("strength"u8, strength == DependencyStrength.Hard ? "hard"u8 : "soft"u8);
        }

        SessionObjectWriter.Number(json, "weight", dependency.Weight);
        SessionObjectWriter.Text(json, "declaredBy", dependency.Origin.DeclaredBy);
        SessionObjectWriter.Text(json, "why", dependency.Origin.Why);
        json.WriteEndObject();
    }
}
