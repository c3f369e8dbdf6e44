namespace GraphOrder;

/// <summary>The canonical JSON of one object of a set.</summary>
internal static class CanonicalObject
{
    private static readonly string[] SealNames = ["seal", "shrink", "grow", "write", "future-write", "exec"];

    // As bits of seals, by name.
    private static readonly int[] SealsByName = [5, 4, 2, 0, 1, 3];

    /// <summary>The phases in the order of their names.</summary>
    public static readonly Phase[] PhasesByName =
        [Phase.Finish, Phase.Freeze, Phase.Preserve, Phase.Retrieve, Phase.Unfreeze, Phase.Unpreserve];

    /// <summary>Writes an object with its own lists, which may be absent.</summary>
    public static void Write(
        CanonicalJson json, SessionSet set, ObjectId id, SortedNames needs, SortedNames describes)
    {
        ref readonly PreservedObject found = ref set.Objects.ItemRef(id.Index);
        ObjectFacts facts = found.Facts;
        json.BeginObject();
        WriteAreas(json, set, facts);
        WriteInteger(json, "bytes", facts.Bytes);
        WriteText(json, "class", facts.Class);
        WriteCost(json, facts);
        describes.Write(json, "describes", id);
        WriteExtents(json, facts);
        WriteText(json, "folios", facts.Folios);
        json.Name("id");
        json.Text(set.Utf8NameOf(id), set.HasPlainIds);
        WriteText(json, "inode", facts.Inode);
        WriteText(json, "kind", found.Kind.Name);
        needs.Write(json, "needs", id);
        WritePageTable(json, facts);
        WriteText(json, "phase", found.Act?.Phase.Name());
        WriteSeals(json, facts.Seals);
        if ((found.Session ?? found.Act?.Session) is { } session)
        {
            json.Name("session");
            json.Text(set.SessionNames.Utf8(session.Index));
        }

        if (found.DeclaredToken is { } token)
        {
            json.Name("token");
            json.NumberText(token);
        }

        WriteText(json, "when", found.Act is { IsLate: true } ? "late" : null);
        if (found.Carrier is { } carrier)
        {
            json.Name("within");
            json.Text(set.Utf8NameOf(carrier));
        }

        json.EndObject();
    }

    /// <summary>Writes texts sorted by their UTF-16 code units and without repeats.</summary>
    public static void WriteSorted(CanonicalJson json, List<string> texts)
    {
        texts.Sort(StringComparer.Ordinal);
        json.BeginList();
        for (int i = 0; i < texts.Count; i++)
        {
            if (i == 0 || texts[i] != texts[i - 1])
            {
                json.Text(texts[i]);
            }
        }

        json.EndList();
    }

    /// <summary>The names of seals, as documents write them.</summary>
    public static List<string> Names(Seals seals)
    {
        List<string> names = [];
        for (int bit = 0; bit < SealNames.Length; bit++)
        {
            if (((int)seals & (1 << bit)) != 0)
            {
                names.Add(SealNames[bit]);
            }
        }

        return names;
    }

    /// <summary>How a document writes an access.</summary>
    public static string Name(Access access) => access switch
    {
        Access.Read => "r",
        Access.Write => "w",
        _ => "rw",
    };

    private static void WriteAreas(CanonicalJson json, SessionSet set, ObjectFacts facts)
    {
        if (facts.Areas.IsEmpty && !Has(facts, EmptyLists.Areas))
        {
            return;
        }

        json.Name("areas");
        json.BeginList();
        foreach (IoasArea area in facts.Areas)
        {
            json.BeginObject();
            json.Name("access");
            json.Text(Name(area.Access));
            json.Name("bytes");
            json.Number(area.Bytes);
            json.Name("file");
            json.Text(set.Utf8NameOf(area.File));
            json.Name("iova");
            json.NumberText(area.Iova);
            json.Name("offset");
            json.NumberText(area.Offset);
            json.EndObject();
        }

        json.EndList();
    }

    private static void WriteExtents(CanonicalJson json, ObjectFacts facts)
    {
        if (facts.Extents.IsEmpty && !Has(facts, EmptyLists.Extents))
        {
            return;
        }

        json.Name("extents");
        json.BeginList();
        foreach (FileExtent extent in facts.Extents)
        {
            json.BeginObject();
            json.Name("bytes");
            json.Number(extent.Bytes);
            json.Name("offset");
            json.NumberText(extent.Offset);
            json.Name("physical");
            json.NumberText(extent.Physical);
            json.EndObject();
        }

        json.EndList();
    }

    private static void WriteCost(CanonicalJson json, ObjectFacts facts)
    {
        if (facts.CostMicroseconds.IsEmpty)
        {
            return;
        }

        json.Name("cost");
        json.BeginObject();
        foreach (Phase phase in PhasesByName)
        {
            if (facts.CostPhases.Contains(phase))
            {
                json.Name(phase.Name());
                json.Number(facts.CostMicroseconds[(int)phase]);
            }
        }

        json.EndObject();
    }

    private static void WritePageTable(CanonicalJson json, ObjectFacts facts)
    {
        if (facts.PageTable is not { } table)
        {
            return;
        }

        json.Name("pageTable");
        json.BeginObject();
        WriteInteger(json, "encryptionBit", table.EncryptionBit);
        WriteText(json, "format", table.Format);
        WriteText(json, "granule", table.Granule);
        WriteText(json, "image", table.Image);
        WriteInteger(json, "inputBits", table.InputBits);
        if (table.NestParent is { } nestParent)
        {
            json.Name("nestParent");
            json.Truth(nestParent);
        }

        WriteInteger(json, "outputBits", table.OutputBits);
        if (!table.PageSizes.IsEmpty || Has(facts, EmptyLists.PageSizes))
        {
            json.Name("pageSizes");
            json.BeginList();
            foreach (long size in table.PageSizes)
            {
                json.Number(size);
            }

            json.EndList();
        }

        json.Name("root");
        json.NumberText(table.Root);
        WriteInteger(json, "rootTables", table.RootTables);
        WriteInteger(json, "topLevel", table.TopLevel);
        json.EndObject();
    }

    private static bool Has(ObjectFacts facts, EmptyLists list) => (facts.EmptyLists & list) != 0;

    private static void WriteInteger(CanonicalJson json, string name, long? value)
    {
        if (value is { } number)
        {
            json.Name(name);
            json.Number(number);
        }
    }

    private static void WriteText(CanonicalJson json, string name, string? value)
    {
        if (value is not null)
        {
            json.Name(name);
            json.Text(value);
        }
    }

    private static void WriteSeals(CanonicalJson json, Seals? seals)
    {
        if (seals is not { } known)
        {
            return;
        }

        json.Name("seals");
        json.BeginList();
        foreach (int bit in SealsByName)
        {
            if (((int)known & (1 << bit)) != 0)
            {
                json.Text(SealNames[bit]);
            }
        }

        json.EndList();
    }
}
