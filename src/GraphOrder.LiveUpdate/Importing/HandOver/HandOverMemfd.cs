using System.Buffers.Binary;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// The record of a preserved memfd (include/linux/kho/abi/memfd.h, <c>memfd-v2</c>; 48 bytes in a page of its
/// own).
/// </summary>
/// <param name="Position">File position.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Seals">Seal bits.</param>
/// <param name="FolioCount">Entries of the table of folios.</param>
internal readonly record struct HandOverMemfd(ulong Position, ulong Bytes, uint Seals, ulong FolioCount)
{
    private const uint SealMask = 0x3F;
    private const ulong BytesMax = uint.MaxValue * (ulong)HandOverMemory.PageBytes;

    /// <summary>Reads a record and the table that it names into an object.</summary>
    /// <exception cref="ImportException">It is not sound.</exception>
    public static void Read(
        HandOverMemory memory,
        PreservedMap? map,
        PageClaims claims,
        ulong physical,
        ImportedObject file,
        Action<ulong, byte[], string> readPage)
    {
        string what = $"The record of {file.Id}";
        byte[] page = new byte[HandOverMemory.PageBytes];
        readPage(physical, page, what);
        HandOverMemfd record = new(
            HandOverMemory.Word(page, 0),
            HandOverMemory.Word(page, 8),
            BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(16)),
            HandOverMemory.Word(page, 24));
        uint flags = BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(20));
        ulong pages = record.Bytes / HandOverMemory.PageBytes
            + (record.Bytes % HandOverMemory.PageBytes == 0 ? 0UL : 1);
        string? flaw = record.Bytes > BytesMax ? $"it has {record.Bytes} bytes, more than a memfd can have"
            : record.Position > long.MaxValue ? $"its position 0x{record.Position:x} is negative"
            : (record.Seals & ~SealMask) != 0 ? $"it has unknown seals 0x{record.Seals:x}"
            : flags != 0 ? $"it has flags 0x{flags:x}, and none are known"
            : record.FolioCount > pages ? $"it has {record.FolioCount} folios for {pages} pages"
            : record.FolioCount == 0 && pages > 0 ? $"it has no folio for {pages} pages" : null;
        if (flaw is not null)
        {
            throw ImportException.Contradicts(what, physical, flaw);
        }

        file.Bytes = (long)record.Bytes;
        file.Seals = (Seals)record.Seals;
        file.Extras.Add(new("x-position", (long)Math.Min(record.Position, 1UL << 53)));
        if (record.Position >= 1UL << 53)
        {
            file.Extras[^1] = new("x-position", $"0x{record.Position:x}");
        }

        FolioTable table = new(memory, map, claims, file, pages);
        file.Extents = table.Read(
            page.AsSpan(32, 16), record.FolioCount, physical, readPage);
    }
}
