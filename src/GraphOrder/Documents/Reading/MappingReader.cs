using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>Reads what maps what: areas, extents, page tables, physical ranges.</summary>
internal static class MappingReader
{
    private static readonly MemberNames Area = new("iova", "bytes", "file", "offset", "access");

    private static readonly MemberNames Extent = new("offset", "physical", "bytes");

    private static readonly MemberNames Range = new("physical", "bytes");

    private static readonly MemberNames PageTable = new(
        "format", "topLevel", "root", "image", "granule", "rootTables", "inputBits", "outputBits",
        "encryptionBit",
        "pageSizes", "nestParent");

    private static readonly string[] Formats =
    [
        "vtd-second-stage", "x86-64", "amd-v1", "arm-lpae-s1", "arm-lpae-s2", "riscv-sv39", "riscv-sv48",
        "riscv-sv57",
    ];

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
            reader.DemandRoom(ranges.Count, "ranges");
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

            reader.Demand(Range, 2, seen, location, "a range");
            ranges.Add(new PhysicalRange(physical ?? 0, bytes ?? 1));
        }

        return ranges.ToImmutable();
    }

    /// <summary>Reads the areas of an IOAS.</summary>
    public static List<(Mention File, IoasArea Area)> ReadAreas(
        ref DocumentReader reader, PendingSet pending)
    {
        List<(Mention File, IoasArea Area)> areas = [];
        if (!reader.TryEnterList())
        {
            return areas;
        }

        while (reader.NextElement())
        {
            SourceLocation location = reader.Location;
            reader.DemandRoom(areas.Count, "areas");
            if (!reader.TryEnterObject())
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

            reader.Demand(Area, 5, seen, location, "an area");
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

    /// <summary>Reads the extents of a memfd.</summary>
    public static ImmutableArray<FileExtent> ReadExtents(ref DocumentReader reader)
    {
        ImmutableArray<FileExtent>.Builder extents = ImmutableArray.CreateBuilder<FileExtent>();
        if (!reader.TryEnterList())
        {
            return [];
        }

        while (reader.NextElement())
        {
            SourceLocation location = reader.Location;
            reader.DemandRoom(extents.Count, "extents");
            if (!reader.TryEnterObject())
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

            reader.Demand(Extent, 3, seen, location, "an extent");
            extents.Add(extent);
        }

        return extents.ToImmutable();
    }

    /// <summary>Reads where a page table lies, and how it is to be read.</summary>
    public static PageTableFacts? ReadPageTable(ref DocumentReader reader, out bool saysNoSizes)
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
        reader.Demand(PageTable, 3, seen, location, "a page table");
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
            reader.DemandRoom(sizes.Count, "page sizes");
            if (reader.Integer(min: 1) is { } size)
            {
                sizes.Add(size);
            }
        }

        return sizes.ToImmutable();
    }
}
