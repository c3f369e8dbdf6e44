using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>Reads one object of a session set with all its facts.</summary>
internal static class ObjectReader
{
    private static readonly MemberNames Members = new(
        "id", "kind", "session", "within", "token", "needs", "describes", "bytes", "seals", "inode", "class", "cost",
        "areas", "extents", "folios", "pageTable", "phase", "when");

    private static readonly MemberNames Area = new("iova", "bytes", "file", "offset", "access");

    private static readonly MemberNames Extent = new("offset", "physical", "bytes");

    private static readonly MemberNames Range = new("physical", "bytes");

    private static readonly MemberNames Cost =
        new("preserve", "freeze", "unfreeze", "unpreserve", "retrieve", "finish");

    private static readonly MemberNames PageTable = new(
        "format", "topLevel", "root", "image", "granule", "rootTables", "inputBits", "outputBits", "encryptionBit",
        "pageSizes", "nestParent");

    private static readonly string[] Formats =
    [
        "vtd-second-stage", "x86-64", "amd-v1", "arm-lpae-s1", "arm-lpae-s2", "riscv-sv39", "riscv-sv48",
        "riscv-sv57",
    ];

    private static readonly string[] SealNames = ["seal", "shrink", "grow", "write", "future-write", "exec"];

    /// <summary>Reads the object that begins at this token.</summary>
    public static void Read(ref DocumentReader reader, PendingSet pending, ReaderLimits limits)
    {
        PendingObject found = new() { Location = reader.Location };
        int owner = pending.Objects.Count;
        bool isAct = false;
        ulong seen = 0;
        while (reader.NextMember(Members, ref seen, out int member))
        {
            switch (member)
            {
                case 0: found.Name = ReadId(ref reader, pending); break;
                case 1: isAct = !TryReadKind(ref reader, found); break;
                case 2: found.Session = ReadSession(ref reader, pending); break;
                case 3: found.Carrier = SessionSetReader.ReadMention(ref reader, pending); break;
                case 4:
                    found.TokenLocation = reader.Location;
                    found.Token = reader.NumberText();
                    break;
                case 5:
                    ReadReferences(ref reader, pending, owner, pending.Needs, limits, "needs");
                    NoteIfEmpty(found, EmptyLists.Needs, pending.Needs.Count == 0 || pending.Needs[^1].Owner != owner);
                    break;
                case 6:
                    ReadReferences(ref reader, pending, owner, pending.Describes, limits, "describes");
                    NoteIfEmpty(
                        found,
                        EmptyLists.Describes,
                        pending.Describes.Count == 0 || pending.Describes[^1].Owner != owner);
                    break;
                case >= 16: ReadOfAct(ref reader, isAct, Members[member]); break;
                default: ReadFact(ref reader, pending, found, member, limits); break;
            }
        }

        for (int required = 0; required < 2; required++)
        {
            if ((seen & (1UL << required)) == 0)
            {
                reader.Missing(Members[required], found.Location, "an object");
            }
        }

        pending.Objects.Add(found);
    }

    /// <summary>Reads a list of physical ranges.</summary>
    public static ImmutableArray<PhysicalRange> ReadRanges(ref DocumentReader reader)
    {
        ImmutableArray<PhysicalRange>.Builder ranges = ImmutableArray.CreateBuilder<PhysicalRange>();
        if (!reader.TryEnterList())
        {
            return [];
        }

        while (reader.NextElement())
        {
            SourceLocation location = reader.Location;
            if (!reader.TryEnterObject())
            {
                continue;
            }

            ulong? physical = null;
            long? bytes = null;
            ulong seen = 0;
            while (reader.NextMember(Range, ref seen, out int member))
            {
                _ = member == 0 ? (object?)(physical = reader.NumberText()) : bytes = reader.Integer(min: 1);
            }

            Demand(ref reader, seen, Range, 2, location, "a range");
            ranges.Add(new PhysicalRange(physical ?? 0, bytes ?? 1));
        }

        return ranges.ToImmutable();
    }

    private static int ReadId(ref DocumentReader reader, PendingSet pending)
    {
        if (!reader.TryUtf8(out ReadOnlySpan<byte> id))
        {
            return -1;
        }

        if (id.IsEmpty || id.StartsWith("session:"u8))
        {
            reader.WrongValue(id.IsEmpty ? "" : "session:...", "a text that is not empty and is no 'session:NAME'");
            return -1;
        }

        pending.Names.TryAdd(id, out int name);
        return name;
    }

    private static Mention ReadSession(ref DocumentReader reader, PendingSet pending)
    {
        SourceLocation location = reader.Location;
        if (!reader.TryUtf8(out ReadOnlySpan<byte> name))
        {
            return Mention.None;
        }

        pending.SessionNames.TryAdd(name, out int index);
        return new Mention(index, location);
    }

    // False for an act, which comes with the schedules.
    private static bool TryReadKind(ref DocumentReader reader, PendingObject found)
    {
        if (reader.Text() is not { } text)
        {
            return true;
        }

        if (text == "act")
        {
            reader.Report(DiagnosticCode.NotSupportedYet, new DiagnosticFact("what", "kind act"));
            return false;
        }

        if (ObjectKind.TryParse(text, out ObjectKind kind))
        {
            found.Kind = kind;
            return true;
        }

        string[] names = [.. ObjectKind.WellKnownKinds.Select(known => known.Name)];
        string? suggestion = Similarity.Nearest(text, names);
        reader.WrongValue(text, "a kind of the contract, or one of your own: x-...", suggestion);
        return true;
    }

    private static void ReadOfAct(ref DocumentReader reader, bool isAct, string member)
    {
        if (!isAct)
        {
            reader.Report(DiagnosticCode.NotSupportedYet, new DiagnosticFact("what", $"{member} (of an act)"));
        }

        reader.Skip();
    }

    private static void ReadReferences(
        ref DocumentReader reader,
        PendingSet pending,
        int owner,
        List<(int Owner, Mention Id)> references,
        ReaderLimits limits,
        string what)
    {
        if (!reader.TryEnterList())
        {
            return;
        }

        while (reader.NextElement())
        {
            if (!SessionSetReader.IsFull(ref reader, references.Count, limits, what)
                && SessionSetReader.ReadMention(ref reader, pending) is { IsThere: true } mention)
            {
                references.Add((owner, mention));
            }
        }
    }

    private static void ReadFact(
        ref DocumentReader reader, PendingSet pending, PendingObject found, int member, ReaderLimits limits)
    {
        ObjectFacts facts = found.Facts;
        switch (member)
        {
            case 7: found.Facts = facts with { Bytes = reader.Integer() }; break;
            case 8: found.Facts = facts with { Seals = ReadSeals(ref reader) }; break;
            case 9: found.Facts = facts with { Inode = reader.Text() }; break;
            case 10: found.Facts = facts with { Class = reader.Text() }; break;
            case 11: found.Facts = ReadCost(ref reader, facts); break;
            case 12:
                found.Areas = ReadAreas(ref reader, pending, limits);
                NoteIfEmpty(found, EmptyLists.Areas, found.Areas.Count == 0);
                break;
            case 13:
                found.Facts = facts with { Extents = ReadExtents(ref reader, limits) };
                NoteIfEmpty(found, EmptyLists.Extents, found.Facts.Extents.IsEmpty);
                break;
            case 14: found.Facts = facts with { Folios = reader.Text() }; break;
            default:
                found.Facts = facts with { PageTable = ReadPageTable(ref reader, out bool saysNoSizes) };
                NoteIfEmpty(found, EmptyLists.PageSizes, saysNoSizes);
                break;
        }
    }

    private static void NoteIfEmpty(PendingObject found, EmptyLists list, bool isEmpty)
    {
        if (isEmpty)
        {
            found.Facts = found.Facts with { EmptyLists = found.Facts.EmptyLists | list };
        }
    }

    private static Seals? ReadSeals(ref DocumentReader reader)
    {
        if (!reader.TryEnterList())
        {
            return null;
        }

        Seals seals = Seals.None;
        while (reader.NextElement())
        {
            if (reader.Text() is not { } name)
            {
                continue;
            }

            int bit = Array.IndexOf(SealNames, name);
            if (bit >= 0)
            {
                seals |= (Seals)(1 << bit);
            }
            else
            {
                reader.WrongValue(name, string.Join(", ", SealNames));
            }
        }

        return seals;
    }

    private static ObjectFacts ReadCost(ref DocumentReader reader, ObjectFacts facts)
    {
        if (!reader.TryEnterObject())
        {
            return facts;
        }

        long[] costs = new long[Phases.Count];
        PhaseSet said = PhaseSet.None;
        ulong seen = 0;
        while (reader.NextMember(Cost, ref seen, out int phase))
        {
            costs[phase] = reader.Integer() ?? 0;
            said = said.With((Phase)phase);
        }

        return facts with { CostMicroseconds = [.. costs], CostPhases = said };
    }

    private static List<(Mention File, IoasArea Area)> ReadAreas(
        ref DocumentReader reader, PendingSet pending, ReaderLimits limits)
    {
        List<(Mention File, IoasArea Area)> areas = [];
        if (!reader.TryEnterList())
        {
            return areas;
        }

        while (reader.NextElement())
        {
            SourceLocation location = reader.Location;
            if (SessionSetReader.IsFull(ref reader, areas.Count, limits, "areas") || !reader.TryEnterObject())
            {
                continue;
            }

            Mention file = Mention.None;
            IoasArea area = new(0, 1, default, 0, Access.ReadWrite);
            ulong seen = 0;
            while (reader.NextMember(Area, ref seen, out int member))
            {
                switch (member)
                {
                    case 0: area = area with { Iova = reader.NumberText() ?? 0 }; break;
                    case 1: area = area with { Bytes = reader.Integer(min: 1) ?? 1 }; break;
                    case 2: file = SessionSetReader.ReadMention(ref reader, pending); break;
                    case 3: area = area with { Offset = reader.NumberText() ?? 0 }; break;
                    default: area = area with { Access = ReadAccess(ref reader) }; break;
                }
            }

            Demand(ref reader, seen, Area, 5, location, "an area");
            if (file.IsThere)
            {
                areas.Add((file, area));
            }
        }

        return areas;
    }

    private static Access ReadAccess(ref DocumentReader reader)
    {
        string? text = reader.Text();
        if (text is not (null or "r" or "w" or "rw"))
        {
            reader.WrongValue(text, "r, w, rw");
        }

        return text switch
        {
            "r" => Access.Read,
            "w" => Access.Write,
            _ => Access.ReadWrite,
        };
    }

    private static ImmutableArray<FileExtent> ReadExtents(ref DocumentReader reader, ReaderLimits limits)
    {
        ImmutableArray<FileExtent>.Builder extents = ImmutableArray.CreateBuilder<FileExtent>();
        if (!reader.TryEnterList())
        {
            return [];
        }

        while (reader.NextElement())
        {
            SourceLocation location = reader.Location;
            if (SessionSetReader.IsFull(ref reader, extents.Count, limits, "extents") || !reader.TryEnterObject())
            {
                continue;
            }

            FileExtent extent = new(0, 0, 1);
            ulong seen = 0;
            while (reader.NextMember(Extent, ref seen, out int member))
            {
                extent = member switch
                {
                    0 => extent with { Offset = reader.NumberText() ?? 0 },
                    1 => extent with { Physical = reader.NumberText() ?? 0 },
                    _ => extent with { Bytes = reader.Integer(min: 1) ?? 1 },
                };
            }

            Demand(ref reader, seen, Extent, 3, location, "an extent");
            extents.Add(extent);
        }

        return extents.ToImmutable();
    }

    private static PageTableFacts? ReadPageTable(ref DocumentReader reader, out bool saysNoSizes)
    {
        saysNoSizes = false;
        SourceLocation location = reader.Location;
        if (!reader.TryEnterObject())
        {
            return null;
        }

        const int bitMax = 64;
        PageTableFacts table = new("", 0, 0);
        ulong seen = 0;
        while (reader.NextMember(PageTable, ref seen, out int member))
        {
            table = member switch
            {
                0 => table with { Format = ReadOneOf(ref reader, Formats) },
                1 => table with { TopLevel = (int)(reader.Integer(max: 5) ?? 0) },
                2 => table with { Root = reader.NumberText() ?? 0 },
                3 => table with { Image = reader.Text() },
                4 => table with { Granule = ReadOneOf(ref reader, ["4K", "16K", "64K"]) },
                5 => table with { RootTables = (int?)reader.Integer(min: 1, max: 16) },
                6 => table with { InputBits = (int?)reader.Integer(min: 1, max: bitMax) },
                7 => table with { OutputBits = (int?)reader.Integer(min: 1, max: bitMax) },
                8 => table with { EncryptionBit = (int?)reader.Integer(max: bitMax - 1) },
                9 => table with { PageSizes = ReadPageSizes(ref reader) },
                _ => table with { NestParent = reader.Truth() },
            };
        }

        const int pageSizes = 9;
        saysNoSizes = (seen & (1UL << pageSizes)) != 0 && table.PageSizes.IsEmpty;
        Demand(ref reader, seen, PageTable, 3, location, "a page table");
        return table;
    }

    private static string ReadOneOf(ref DocumentReader reader, string[] names)
    {
        string? text = reader.Text();
        if (text is not null && Array.IndexOf(names, text) < 0)
        {
            reader.WrongValue(text, string.Join(", ", names));
        }

        return text ?? "";
    }

    private static ImmutableArray<long> ReadPageSizes(ref DocumentReader reader)
    {
        ImmutableArray<long>.Builder sizes = ImmutableArray.CreateBuilder<long>();
        if (!reader.TryEnterList())
        {
            return [];
        }

        while (reader.NextElement())
        {
            if (reader.Integer(min: 1) is { } size)
            {
                sizes.Add(size);
            }
        }

        return sizes.ToImmutable();
    }

    private static void Demand(
        ref DocumentReader reader, ulong seen, MemberNames names, int count, SourceLocation location, string what)
    {
        for (int required = 0; required < count; required++)
        {
            if ((seen & (1UL << required)) == 0)
            {
                reader.Missing(names[required], location, what);
            }
        }
    }
}
