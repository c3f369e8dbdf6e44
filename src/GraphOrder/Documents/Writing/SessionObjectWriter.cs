using System.Text.Json;

namespace GraphOrder;

/// <summary>Writes one object of a set as the document holds it.</summary>
internal static class SessionObjectWriter
{
    /// <summary>Writes an object with its own lists.</summary>
    public static void Write(
        Utf8JsonWriter json,
        SessionSet set,
        ObjectId id,
        ReadOnlySpan<ObjectReference> needs,
        ReadOnlySpan<ObjectReference> describes)
    {
        PreservedObject found = set.Objects[id.Index];
        ObjectFacts facts = found.Facts;
        json.WriteStartObject();
        json.WriteString("id"u8, set.Utf8NameOf(id));
        json.WriteString("kind"u8, found.Kind.Name);
        SessionId? home = found.Session ?? found.Act?.Session;
        Text(json, "session", home is { } session ? set.NameOf(session) : null);
        Text(json, "phase", found.Act?.Phase.Name());
        Text(json, "when", found.Act is { IsLate: true } ? "late" : null);
        if (found.Carrier is { } carrier)
        {
            json.WriteString("within"u8, set.Utf8NameOf(carrier));
        }

        if (found.DeclaredToken is { } token)
        {
            Hex(json, "token", token);
        }

        Number(json, "bytes", facts.Bytes);
        if (facts.Seals is { } seals)
        {
            json.WriteStartArray("seals"u8);
            foreach (string name in CanonicalObject.Names(seals))
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }

        Text(json, "inode", facts.Inode);
        Text(json, "class", facts.Class);
        Text(json, "folios", facts.Folios);
        WriteCost(json, facts);
        WriteExtents(json, facts);
        WriteReferences(json, set, "needs", needs, (facts.EmptyLists & EmptyLists.Needs) != 0);
        WriteReferences(json, set, "describes", describes, (facts.EmptyLists & EmptyLists.Describes) != 0);
        WriteAreas(json, set, facts);
        WritePageTable(json, facts);
        json.WriteEndObject();
    }

    /// <summary>Writes a member where there is a value.</summary>
    public static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    /// <summary>Writes a member where there is a value.</summary>
    public static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    /// <summary>Writes a 64-bit number as documents hold it: a string of hexadecimal digits.</summary>
    public static void Hex(Utf8JsonWriter json, string name, ulong value) =>
        json.WriteString(name, $"0x{value:x}");

    private static void WriteReferences(
        Utf8JsonWriter json,
        SessionSet set,
        string name,
        ReadOnlySpan<ObjectReference> references,
        bool isEmpty)
    {
        if (references.IsEmpty && !isEmpty)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (ObjectReference reference in references)
        {
            json.WriteStringValue(set.Utf8NameOf(reference.Id));
        }

        json.WriteEndArray();
    }

    private static void WriteCost(Utf8JsonWriter json, ObjectFacts facts)
    {
        if (facts.CostMicroseconds.IsEmpty)
        {
            return;
        }

        json.WriteStartObject("cost"u8);
        foreach (Phase phase in facts.CostPhases)
        {
            json.WriteNumber(phase.Name(), facts.CostMicroseconds[(int)phase]);
        }

        json.WriteEndObject();
    }

    private static void WriteExtents(Utf8JsonWriter json, ObjectFacts facts)
    {
        if (facts.Extents.IsEmpty && (facts.EmptyLists & EmptyLists.Extents) == 0)
        {
            return;
        }

        json.WriteStartArray("extents"u8);
        foreach (FileExtent extent in facts.Extents)
        {
            json.WriteStartObject();
            Hex(json, "offset", extent.Offset);
            Hex(json, "physical", extent.Physical);
            json.WriteNumber("bytes"u8, extent.Bytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAreas(Utf8JsonWriter json, SessionSet set, ObjectFacts facts)
    {
        if (facts.Areas.IsEmpty && (facts.EmptyLists & EmptyLists.Areas) == 0)
        {
            return;
        }

        json.WriteStartArray("areas"u8);
        foreach (IoasArea area in facts.Areas)
        {
            json.WriteStartObject();
            Hex(json, "iova", area.Iova);
            json.WriteNumber("bytes"u8, area.Bytes);
            json.WriteString("file"u8, set.Utf8NameOf(area.File));
            Hex(json, "offset", area.Offset);
            json.WriteString("access"u8, CanonicalObject.Name(area.Access));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePageTable(Utf8JsonWriter json, ObjectFacts facts)
    {
        if (facts.PageTable is not { } table)
        {
            return;
        }

        json.WriteStartObject("pageTable"u8);
        json.WriteString("format"u8, table.Format);
        json.WriteNumber("topLevel"u8, table.TopLevel);
        Hex(json, "root", table.Root);
        Text(json, "image", table.Image);
        Text(json, "granule", table.Granule);
        Number(json, "rootTables", table.RootTables);
        Number(json, "inputBits", table.InputBits);
        Number(json, "outputBits", table.OutputBits);
        Number(json, "encryptionBit", table.EncryptionBit);
        if (!table.PageSizes.IsEmpty || (facts.EmptyLists & EmptyLists.PageSizes) != 0)
        {
            json.WriteStartArray("pageSizes"u8);
            foreach (long size in table.PageSizes)
            {
                json.WriteNumberValue(size);
            }

            json.WriteEndArray();
        }

        if (table.NestParent is { } nestParent)
        {
            json.WriteBoolean("nestParent"u8, nestParent);
        }

        json.WriteEndObject();
    }
}
