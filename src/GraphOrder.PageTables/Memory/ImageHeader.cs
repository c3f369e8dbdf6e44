using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace GraphOrder.PageTables;

/// <summary>
/// Reads the headers of an image. ELF: the System V gABI, chapters 4 and 5 (ELF64, little-endian, ET_CORE,
/// PT_LOAD, PN_XNUM). Memory grows with the segments that the file really has, never with a count it claims.
/// </summary>
internal static class ImageHeader
{
    private const int SegmentsMax = 1 << 20;
    private const int PageBytes = 4096;
    private const int PageEntryBytes = PageBytes + 8;
    private const int ListHeaderBytes = 24;
    private const int ProgramHeaderBytes = 56;
    private const int Core = 4;
    private const int Load = 1;
    private const int CountElsewhere = 0xFFFF;

    /// <summary>Finds the layout and the segments.</summary>
    /// <param name="stream">The open file.</param>
    /// <param name="baseAddress">Set when the file is raw and begins there.</param>
    /// <param name="contents">What it holds.</param>
    public static ImageFlaw Read(FileStream stream, ulong? baseAddress, out ImageContents contents)
    {
        SafeFileHandle file = stream.SafeFileHandle;
        ulong length = (ulong)RandomAccess.GetLength(file);
        Span<byte> magic = stackalloc byte[8];
        bool isLong = ImageFile.TryRead(file, 0, magic);
        if (baseAddress is null && isLong && magic.SequenceEqual("PAGEIMG1"u8))
        {
            return ReadPages(file, length, ImageLayout.PageList, out contents);
        }

        if (baseAddress is null && isLong && magic.SequenceEqual("KHOPAGES"u8))
        {
            return ReadPages(file, length, ImageLayout.KhoPageList, out contents);
        }

        if (baseAddress is null && isLong && magic.StartsWith("\u007fELF"u8))
        {
            return ReadCore(file, out contents);
        }

        ulong first = baseAddress ?? 0;
        contents = new(ImageLayout.Raw, null, []);
        if (length == 0)
        {
            return ImageFlaw.None;
        }

        if (length - 1 > ulong.MaxValue - first)
        {
            return ImageFlaw.BadAddress;
        }

        contents = new(ImageLayout.Raw, null, [new(first, first + (length - 1), 0)]);
        return ImageFlaw.None;
    }

    private static ImageFlaw ReadPages(
        SafeFileHandle file, ulong length, ImageLayout layout, out ImageContents contents)
    {
        contents = default;
        Span<byte> header = stackalloc byte[ListHeaderBytes];
        if (!ImageFile.TryRead(file, 0, header))
        {
            return ImageFlaw.Truncated;
        }

        // A list cut short is read as far as it goes; what is missing is then not in the image.
        ulong claimed = BinaryPrimitives.ReadUInt64LittleEndian(header[8..]);
        ulong held = (length - ListHeaderBytes) / PageEntryBytes;
        int count = (int)Math.Min(Math.Min(claimed, held), (ulong)Array.MaxLength / 32);
        MemorySegment[] segments = new MemorySegment[count];
        Span<byte> address = stackalloc byte[8];
        for (int i = 0; i < count; i++)
        {
            ulong offset = ListHeaderBytes + (ulong)i * PageEntryBytes;
            if (!ImageFile.TryRead(file, offset, address))
            {
                return ImageFlaw.Truncated;
            }

            ulong first = BinaryPrimitives.ReadUInt64LittleEndian(address);
            if (first % PageBytes != 0)
            {
                return ImageFlaw.BadAddress;
            }

            segments[i] = new(first, first + (PageBytes - 1), offset + 8);
        }

        contents = new(layout, BinaryPrimitives.ReadUInt64LittleEndian(header[16..]), segments);
        return ImageFlaw.None;
    }

    private static ImageFlaw ReadCore(SafeFileHandle file, out ImageContents contents)
    {
        contents = default;
        Span<byte> header = stackalloc byte[64];
        if (!ImageFile.TryRead(file, 0, header))
        {
            return ImageFlaw.Truncated;
        }

        bool isCore = header[4] == 2 && header[5] == 1
            && BinaryPrimitives.ReadUInt16LittleEndian(header[16..]) == Core
            && BinaryPrimitives.ReadUInt16LittleEndian(header[54..]) == ProgramHeaderBytes;
        if (!isCore)
        {
            return ImageFlaw.NotACore;
        }

        ulong table = BinaryPrimitives.ReadUInt64LittleEndian(header[32..]);
        uint count = BinaryPrimitives.ReadUInt16LittleEndian(header[56..]);
        if (count == CountElsewhere)
        {
            // The true count stands in sh_info of section header 0.
            ulong sections = BinaryPrimitives.ReadUInt64LittleEndian(header[40..]);
            if (sections > long.MaxValue || !ImageFile.TryRead(file, sections, header))
            {
                return ImageFlaw.Truncated;
            }

            count = BinaryPrimitives.ReadUInt32LittleEndian(header[44..]);
        }

        if (count > SegmentsMax)
        {
            return ImageFlaw.TooManySegments;
        }

        List<MemorySegment> segments = [];
        ImageFlaw flaw = ReadSegments(file, table, count, segments);
        contents = new(ImageLayout.ElfCore, null, [.. segments]);
        return flaw;
    }

    private static ImageFlaw ReadSegments(
        SafeFileHandle file, ulong table, uint count, List<MemorySegment> segments)
    {
        if (table > long.MaxValue / 2)
        {
            return ImageFlaw.Truncated;
        }

        Span<byte> header = stackalloc byte[ProgramHeaderBytes];
        for (uint i = 0; i < count; i++)
        {
            if (!ImageFile.TryRead(file, table + i * ProgramHeaderBytes, header))
            {
                return ImageFlaw.Truncated;
            }

            ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(header[8..]);
            ulong first = BinaryPrimitives.ReadUInt64LittleEndian(header[24..]);
            ulong bytes = BinaryPrimitives.ReadUInt64LittleEndian(header[32..]);
            bool isMemory = BinaryPrimitives.ReadUInt32LittleEndian(header) == Load && bytes > 0;

            // kcore gives all ones as the physical address of what has none (vmalloc).
            if (!isMemory || first == ulong.MaxValue)
            {
                continue;
            }

            if (bytes - 1 > ulong.MaxValue - first || bytes - 1 > ulong.MaxValue - offset)
            {
                return ImageFlaw.BadAddress;
            }

            segments.Add(new(first, first + (bytes - 1), offset));
        }

        return ImageFlaw.None;
    }
}
