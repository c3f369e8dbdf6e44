using System.Buffers.Binary;
using System.Numerics;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// The table of a memfd's folios, in a preserved vmalloc area: a chain of pages that name the pages of the
/// table (include/linux/kho/abi/kexec_handover.h, memfd.h). Read piece by piece; what grows is the list of
/// extents. Not thread-safe.
/// </summary>
internal sealed class FolioTable
{
    private const int EntryBytes = 16;
    private const int PieceMax = 511;
    private const int OrderMax = 18;
    private const int FrameBits = 52;
    private const ulong FlagsWritten = 3;
    private const int PageLg2 = 12;

    private readonly HandOverMemory _memory;
    private readonly PreservedMap? _map;
    private readonly PageClaims _claims;
    private readonly List<FileExtent> _extents = [];
    private readonly string _what;
    private readonly string _owner;
    private readonly ulong _pages;
    private ulong _nextIndex;

    // The folio whose length only the next one tells, where the record of preserved memory cannot be read.
    private (ulong Index, ulong Physical, ulong At)? _open;

    public FolioTable(
        HandOverMemory memory, PreservedMap? map, PageClaims claims, ImportedObject file, ulong pages)
    {
        _memory = memory;
        _map = map;
        _claims = claims;
        _what = $"The table of folios of {file.Id}";
        _owner = $"Memory of {file.Id}";
        _pages = pages;
    }

    /// <summary>Reads the table.</summary>
    /// <param name="area">The 16 bytes that say where it lies.</param>
    /// <param name="count">How many folios it has.</param>
    /// <param name="record">Where these bytes lie.</param>
    /// <param name="readPage">Reads and claims a page of a record.</param>
    /// <returns>The extents, in file order.</returns>
    /// <exception cref="ImportException">It is not sound.</exception>
    public List<FileExtent> Read(
        ReadOnlySpan<byte> area, ulong count, ulong record, Action<ulong, byte[], string> readPage)
    {
        ulong first = HandOverMemory.Word(area, 0);
        ulong total = BinaryPrimitives.ReadUInt32LittleEndian(area[8..]);
        uint flags = BinaryPrimitives.ReadUInt16LittleEndian(area[12..]);
        int order = BinaryPrimitives.ReadUInt16LittleEndian(area[14..]);
        if (count == 0)
        {
            return first == 0 && total == 0 && flags == 0 && order == 0
                ? _extents
                : throw ImportException.Contradicts(_what, record, "it has no folio and yet names pages");
        }

        ulong needed = (count * EntryBytes + HandOverMemory.PageBytes - 1) / HandOverMemory.PageBytes;
        ulong piece = 1UL << Math.Min(order, OrderMax);
        string? flaw = flags is 0 or > 3 ? $"it has vmalloc flags 0x{flags:x}, and 1 and 2 are known"
            : order > OrderMax || (order > 0 && (flags & 2) == 0) ? $"pieces of order {order} cannot be"
            : total != (needed + piece - 1) / piece * piece
                ? $"it says {total} pages, and {count} folios need {needed}" : null;
        if (flaw is not null)
        {
            throw ImportException.Contradicts(_what, record, flaw);
        }

        ulong rest = count;
        ulong pieces = total / piece;
        foreach (ulong start in Pieces(first, pieces, record, readPage))
        {
            ReadPiece(start, piece, ref rest, readPage);
        }

        Close(_pages);
        return _nextIndex >= _pages
            ? _extents
            : throw ImportException.Contradicts(
                _what, record, $"its folios end at page {_nextIndex}, and the file has {_pages}");
    }

    private IEnumerable<ulong> Pieces(
        ulong first, ulong count, ulong record, Action<ulong, byte[], string> readPage)
    {
        byte[] chunk = new byte[HandOverMemory.PageBytes];
        ulong rest = count;
        ulong at = first;
        for (; at != 0; at = HandOverMemory.Word(chunk, 0))
        {
            readPage(at, chunk, _what + " (list of pages)");
            int i = 0;
            for (; i < PieceMax && HandOverMemory.Word(chunk, (i + 1) * 8) is not 0 and ulong piece; i++)
            {
                if (rest == 0)
                {
                    throw ImportException.Contradicts(
                        _what, at, $"its list names more than the {count} pieces that it says");
                }

                rest--;
                yield return piece;
            }

            if (i < PieceMax && HandOverMemory.Word(chunk, 0) != 0)
            {
                throw ImportException.Contradicts(_what, at, "its list ends and yet goes on");
            }
        }

        if (rest != 0)
        {
            throw ImportException.Contradicts(
                _what, first == 0 ? record : first, $"its list ends {rest} pieces early");
        }
    }

    private void ReadPiece(
        ulong start, ulong pages, ref ulong rest, Action<ulong, byte[], string> readPage)
    {
        byte[] page = new byte[HandOverMemory.PageBytes];
        HandOverMemory.DemandPage(start, _what);
        for (ulong i = 0; i < pages && rest > 0; i++)
        {
            ulong physical = start + (i << PageLg2);
            readPage(physical, page, _what);
            for (int at = 0; at < page.Length && rest > 0; at += EntryBytes, rest--)
            {
                Add(HandOverMemory.Word(page, at), HandOverMemory.Word(page, at + 8), physical + (ulong)at);
            }
        }
    }

    private void Add(ulong word, ulong index, ulong at)
    {
        ulong frame = word & ((1UL << FrameBits) - 1);
        ulong flags = word >> FrameBits;
        string? flaw = frame == 0 ? "a folio without memory, which comes back as zeros"
            : flags != FlagsWritten ? $"a folio with flags 0x{flags:x}, and the kernel writes 0x3"
            : frame >> (FrameBits - PageLg2) != 0 ? $"a folio at frame 0x{frame:x}, beyond all memory"
            : index >= _pages ? $"a folio of page {index}, and the file has {_pages}" : null;
        if (flaw is not null)
        {
            throw ImportException.Contradicts(_what, at, flaw);
        }

        ulong physical = frame << PageLg2;
        Close(index);
        if (index != _nextIndex)
        {
            throw ImportException.Contradicts(
                _what, at, $"a folio of page {index} where the one of page {_nextIndex} is due");
        }

        if (_map is null)
        {
            _open = (index, physical, at);
            return;
        }

        uint orders = _map.OrdersAt(physical);
        if (orders == 0)
        {
            throw ImportException.Part(DiagnosticCode.HandOverNotPreserved, _owner, physical);
        }

        if (!BitOperations.IsPow2(orders))
        {
            throw ImportException.Contradicts(_owner, physical, "it is preserved in two sizes");
        }

        Extend(index, physical, 1UL << BitOperations.Log2(orders), at);
    }

    // Ends the folio that is open where the next one begins.
    private void Close(ulong index)
    {
        if (_open is not { } open)
        {
            return;
        }

        _open = null;
        if (index <= open.Index)
        {
            throw ImportException.Contradicts(
                _what, open.At, $"a folio of page {open.Index} before one of page {index}");
        }

        Extend(open.Index, open.Physical, index - open.Index, open.At);
    }

    private void Extend(ulong index, ulong physical, ulong pages, ulong at)
    {
        bool isSized = BitOperations.IsPow2(pages) || (_map is null && index + pages == _pages);
        ulong size = BitOperations.RoundUpToPowerOf2(pages);
        if (!isSized || index % size != 0 || physical >> PageLg2 << PageLg2 != physical
            || (physical >> PageLg2) % size != 0)
        {
            throw ImportException.Contradicts(
                _what, at, $"a folio of {pages} pages cannot be at page {index} and 0x{physical:x}");
        }

        _claims.AddRange(physical, pages << PageLg2, _owner);
        long bytes = (long)(Math.Min(pages, _pages - index) << PageLg2);
        _nextIndex = index + pages;
        if (_extents.Count > 0 && _extents[^1].Physical + (ulong)_extents[^1].Bytes == physical)
        {
            _extents[^1] = _extents[^1] with { Bytes = _extents[^1].Bytes + bytes };
        }
        else
        {
            _extents.Add(new(index << PageLg2, physical, bytes));
        }
    }
}
