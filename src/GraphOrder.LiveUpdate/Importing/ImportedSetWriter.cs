using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Writes a set in the making as <c>graphorder/session-set/1</c>, one entry a line. Unlike
/// <see cref="SessionSetWriter"/> it knows <c>x-</c> members, which a set that was read does not keep.
/// </summary>
internal sealed class ImportedSetWriter : IDisposable
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly (Seals Seal, string Name)[] SealNames =
    [
        (Seals.Seal, "seal"), (Seals.Shrink, "shrink"), (Seals.Grow, "grow"), (Seals.Write, "write"),
        (Seals.FutureWrite, "future-write"), (Seals.Exec, "exec"),
    ];

    private readonly IBufferWriter<byte> _bytes;
    private readonly Utf8JsonWriter _json;

    private ImportedSetWriter(IBufferWriter<byte> bytes)
    {
        _bytes = bytes;
        _json = new(bytes, Options);
    }

    /// <summary>Writes a set.</summary>
    public static void Write(IBufferWriter<byte> bytes, ImportedSet set)
    {
        using ImportedSetWriter writer = new(bytes);
        writer.Write(set);
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private void Write(ImportedSet set)
    {
        Layout("{\n  \"schema\": \"graphorder/session-set/1\"");
        Member("x-importedFrom", () => _json.WriteStringValue(set.Source));
        foreach (DiagnosticFact extra in set.Extras)
        {
            Member(extra.Name, () => Value(extra));
        }

        if (set.NotSeen.Count > 0)
        {
            Member("x-notSeen", () => Strings(set.NotSeen));
        }

        if (set.Kernel is not null || set.FreeBytes is not null)
        {
            Member("host", () => Host(set));
        }

        if (set.Preserved is not null || set.Scratch is not null)
        {
            Member("platform", () => Platform(set));
        }

        List("sessions", set.Sessions, Session);
        List("objects", set.Objects, Object);
        if (set.Dependencies.Count > 0)
        {
            List("dependencies", set.Dependencies, Dependency);
        }

        Layout("\n}\n");
    }

    private void Layout(string text) => _bytes.Write(Encoding.UTF8.GetBytes(text));

    private void Member(string name, Action write)
    {
        Layout($",\n  \"{name}\": ");
        write();
        End();
    }

    private void End()
    {
        _json.Flush();
        _json.Reset();
    }

    private void List<T>(string name, List<T> entries, Action<T> write)
    {
        Layout($",\n  \"{name}\": [");
        for (int i = 0; i < entries.Count; i++)
        {
            Layout(i == 0 ? "\n    " : ",\n    ");
            write(entries[i]);
            End();
        }

        Layout(entries.Count == 0 ? "]" : "\n  ]");
    }

    private void Host(ImportedSet set)
    {
        _json.WriteStartObject();
        Text("kernel", set.Kernel);
        if (set.FreeBytes is { } free)
        {
            _json.WriteNumber("freeBytes"u8, free);
        }

        _json.WriteEndObject();
    }

    private void Platform(ImportedSet set)
    {
        _json.WriteStartObject();
        foreach ((string name, List<PhysicalRange>? ranges) in
            new[] { ("preserved", set.Preserved), ("scratch", set.Scratch) })
        {
            if (ranges is null)
            {
                continue;
            }

            _json.WriteStartArray(name);
            foreach (PhysicalRange range in ranges)
            {
                _json.WriteStartObject();
                Hex("physical", range.Physical);
                _json.WriteNumber("bytes"u8, range.Bytes);
                _json.WriteEndObject();
            }

            _json.WriteEndArray();
        }

        _json.WriteEndObject();
    }

    private void Session(ImportedSession session)
    {
        _json.WriteStartObject();
        _json.WriteString("name"u8, session.Name);
        if (session.IsCreated)
        {
            _json.WriteBoolean("created"u8, true);
        }

        if (session.IsCreated && session.KnowsPreserved)
        {
            _json.WritePropertyName("preserved"u8);
            Strings(session.Preserved);
        }

        if (session.Blackout.Count > 0)
        {
            _json.WritePropertyName("blackout"u8);
            Strings(session.Blackout);
        }

        Extras(session.Extras);
        _json.WriteEndObject();
    }

    private void Object(ImportedObject found)
    {
        _json.WriteStartObject();
        _json.WriteString("id"u8, found.Id);
        _json.WriteString("kind"u8, found.Kind.Name);
        Text("session", found.Session);
        Text("within", found.Within);
        Text("phase", found.Phase?.Name());
        Text("when", found.IsLate ? "late" : null);
        if (found.Token is { } token)
        {
            Hex("token", token);
        }

        if (found.Bytes is { } bytes)
        {
            _json.WriteNumber("bytes"u8, bytes);
        }

        if (found.Seals is { } seals)
        {
            _json.WritePropertyName("seals"u8);
            Strings(SealNames.Where(known => (seals & known.Seal) != 0).Select(known => known.Name));
        }

        Text("inode", found.Inode);
        if (found.Extents is { } extents)
        {
            Extents(extents);
        }

        References("needs", found.Needs);
        References("describes", found.Describes);
        if (found.PageTable is { } table)
        {
            _json.WriteStartObject("pageTable"u8);
            _json.WriteString("format"u8, table.Format);
            _json.WriteNumber("topLevel"u8, table.TopLevel);
            Hex("root", table.Root);
            Text("image", table.Image);
            _json.WriteEndObject();
        }

        Extras(found.Extras);
        _json.WriteEndObject();
    }

    private void Extents(List<FileExtent> extents)
    {
        _json.WriteStartArray("extents"u8);
        foreach (FileExtent extent in extents)
        {
            _json.WriteStartObject();
            Hex("offset", extent.Offset);
            Hex("physical", extent.Physical);
            _json.WriteNumber("bytes"u8, extent.Bytes);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void Dependency(ImportedDependency dependency)
    {
        _json.WriteStartObject();
        _json.WriteString("dependent"u8, dependency.Dependent);
        _json.WriteString("on"u8, dependency.On);
        if (dependency.Phases.Count > 0)
        {
            _json.WritePropertyName("phases"u8);
            Strings(dependency.Phases.Select(phase => phase.Name()));
        }

        Text("strength", dependency.IsSoft ? "soft" : null);
        if (dependency.Weight != 1)
        {
            _json.WriteNumber("weight"u8, dependency.Weight);
        }

        Text("declaredBy", dependency.DeclaredBy);
        Text("why", dependency.Why);
        _json.WriteEndObject();
    }

    private void Extras(List<DiagnosticFact> extras)
    {
        foreach (DiagnosticFact extra in extras)
        {
            _json.WritePropertyName(extra.Name);
            Value(extra);
        }
    }

    private void Value(DiagnosticFact fact)
    {
        if (fact.Number is { } number)
        {
            _json.WriteNumberValue(number);
        }
        else if (fact.Text is { } text)
        {
            _json.WriteStringValue(text);
        }
        else
        {
            Strings(fact.List);
        }
    }

    private void References(string name, List<string> ids)
    {
        if (ids.Count > 0)
        {
            _json.WritePropertyName(name);
            Strings(ids);
        }
    }

    private void Strings(IEnumerable<string> texts)
    {
        _json.WriteStartArray();
        foreach (string text in texts)
        {
            _json.WriteStringValue(text);
        }

        _json.WriteEndArray();
    }

    private void Text(string name, string? value)
    {
        if (value is not null)
        {
            _json.WriteString(name, value);
        }
    }

    private void Hex(string name, ulong value) => _json.WriteString(name, $"0x{value:x}");
}
