using System.Collections.Immutable;
using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>
/// Where the bytes of one memfd lie, in file order: from extents, or from the kernel's folio records, which
/// are read where they stand. Immutable and thread-safe.
/// </summary>
internal sealed class MemfdLayout
{
    private const int PageLg2 = OwnerMap.FrameLg2;

    private readonly FileExtent[] _extents = [];

    private MemfdLayout(FileExtent[] extents) => _extents = extents;

    private MemfdLayout(FolioRecords records) => Records = records;

    /// <summary>The folio records; null where it was told in extents.</summary>
    public FolioRecords? Records { get; }

    /// <summary>Whether nothing is known.</summary>
    public bool IsEmpty => Records is { } records ? records.Count == 0 : _extents.Length == 0;

    /// <summary>From folio records.</summary>
    public static MemfdLayout Of(FolioRecords records) => new(records);

    /// <summary>From extents: O(n log n).</summary>
    /// <param name="told">The extents, in any order.</param>
    /// <param name="flaw">What is wrong with them, in a few words.</param>
    public static MemfdLayout? Of(ImmutableArray<FileExtent> told, out string? flaw)
    {
        FileExtent[] extents = [.. told];
        Array.Sort(extents, static (a, b) => a.Offset.CompareTo(b.Offset));
        for (int i = 0; i < extents.Length; i++)
        {
            FileExtent extent = extents[i];
            ulong rest = (ulong)extent.Bytes - 1;
            flaw = extent.Bytes <= 0 || rest > ulong.MaxValue - extent.Physical
                    || rest > ulong.MaxValue - extent.Offset
                ? $"its extent at 0x{extent.Physical:x} ends nowhere"
                : extent.Physical % (1 << PageLg2) != 0
                ? $"its extent at 0x{extent.Physical:x} does not begin on a page"
                : i > 0 && extent.Offset - extents[i - 1].Offset < (ulong)extents[i - 1].Bytes
                ? $"two of its extents hold the byte at offset 0x{extent.Offset:x}"
                : null;
            if (flaw is not null)
            {
                return null;
            }
        }

        flaw = null;
        return new(extents);
    }

    /// <summary>
    /// Where a byte lies, and how many bytes go on from it side by side: O(1) behind the last question, and
    /// O(log n) anywhere, besides the folios that go on.
    /// </summary>
    /// <param name="offset">The byte's offset in the file.</param>
    /// <param name="wanted">As many bytes as matter, at least one.</param>
    /// <param name="cursor">Where to look first; becomes where it was found.</param>
    /// <param name="physical">Where the byte lies.</param>
    /// <param name="bytes">How many go on, at least one and at most those wanted.</param>
    /// <returns>
    /// Whether that is known; else <paramref name="bytes"/> is how many are unknown from here on.
    /// </returns>
    public bool TryFind(ulong offset, ulong wanted, ref int cursor, out ulong physical, out ulong bytes) =>
        Records is { } records
            ? TryFind(records, offset, wanted, ref cursor, out physical, out bytes)
            : TryFindExtent(offset, wanted, ref cursor, out physical, out bytes);

    /// <summary>Claims all of it for the memfd that was begun last.</summary>
    /// <param name="builder">What is claimed from.</param>
    /// <param name="flaw">Why that cannot be.</param>
    public bool TryClaim(OwnerMapBuilder builder, out OwnerFlaw flaw)
    {
        flaw = default;
        foreach (FileExtent extent in _extents)
        {
            ulong last = extent.Physical + ((ulong)extent.Bytes - 1);
            if (!builder.TryClaim(extent.Physical >> PageLg2, last >> PageLg2, out flaw))
            {
                return false;
            }
        }

        for (int folio = 0; folio < Records?.Count; folio++)
        {
            ulong first = Records.FrameOf(folio);
            ulong last = first + (Records.EndOf(folio) - Records.IndexOf(folio)) - 1;
            if (!builder.TryClaim(first, last, out flaw))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The first byte of it, in file order, that lies in some ranges: O(folios log ranges).
    /// </summary>
    /// <param name="ranges">The ranges.</param>
    public ulong? FirstIn(PhysicalRangeSet ranges)
    {
        if (ranges.Ranges.IsEmpty)
        {
            return null;
        }

        ulong lowest = ranges.Ranges[0].First;
        ulong highest = ranges.Ranges[^1].Last;
        foreach (FileExtent extent in _extents)
        {
            ulong last = extent.Physical + ((ulong)extent.Bytes - 1);
            if (ranges.TryFindOverlap(new(extent.Physical, last), out ulong found))
            {
                return found;
            }
        }

        // A folio is no longer than the file.
        bool isFar = Records is null || Records.LowestFrame > highest >> PageLg2
            || Records.HighestFrame + Records.PageCount < lowest >> PageLg2;
        for (int folio = 0; !isFar && folio < Records!.Count; folio++)
        {
            ulong first = Records.FrameOf(folio) << PageLg2;
            ulong last = first + ((Records.EndOf(folio) - Records.IndexOf(folio)) << PageLg2) - 1;
            bool isNear = first <= highest && last >= lowest;
            if (isNear && ranges.TryFindOverlap(new(first, last), out ulong found))
            {
                return found;
            }
        }

        return null;
    }

    private static bool TryFind(
        FolioRecords records, ulong offset, ulong wanted, ref int cursor, out ulong physical, out ulong bytes)
    {
        ulong page = offset >> PageLg2;
        if (page >= records.PageCount || records.Count == 0)
        {
            (physical, bytes) = (0, wanted);
            return false;
        }

        cursor = records.Find(page, cursor);
        ulong into = offset - (records.IndexOf(cursor) << PageLg2);
        physical = (records.FrameOf(cursor) << PageLg2) + into;
        ulong end = records.EndOf(cursor);
        ulong frame = records.FrameOf(cursor) + (end - records.IndexOf(cursor));
        while ((end << PageLg2) - offset < wanted && cursor + 1 < records.Count
            && records.FrameOf(cursor + 1) == frame)
        {
            cursor++;
            ulong next = records.EndOf(cursor);
            frame += next - end;
            end = next;
        }

        bytes = Math.Min(wanted, (end << PageLg2) - offset);
        return true;
    }

    private bool TryFindExtent(
        ulong offset, ulong wanted, ref int cursor, out ulong physical, out ulong bytes)
    {
        cursor = FirstEndingFrom(offset, cursor);
        physical = 0;
        bytes = wanted;
        if (cursor == _extents.Length)
        {
            return false;
        }

        FileExtent extent = _extents[cursor];
        if (extent.Offset > offset)
        {
            bytes = Math.Min(wanted, extent.Offset - offset);
            return false;
        }

        ulong into = offset - extent.Offset;
        physical = extent.Physical + into;
        bytes = Math.Min(wanted, (ulong)extent.Bytes - into);
        while (bytes < wanted && cursor + 1 < _extents.Length
            && _extents[cursor + 1].Offset - offset == bytes
            && unchecked(_extents[cursor + 1].Physical - physical) == bytes)
        {
            cursor++;
            bytes = Math.Min(wanted, bytes + (ulong)_extents[cursor].Bytes);
        }

        return true;
    }

    // The first extent with a byte at an offset or behind it.
    private int FirstEndingFrom(ulong offset, int guess)
    {
        for (int i = guess; i < Math.Min(guess + 2, _extents.Length); i++)
        {
            bool isFirst = i == 0 || EndsBelow(i - 1, offset);
            if (isFirst && !EndsBelow(i, offset))
            {
                return i;
            }
        }

        int low = 0;
        int high = _extents.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = EndsBelow(middle, offset) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private bool EndsBelow(int extent, ulong offset) =>
        _extents[extent].Offset + ((ulong)_extents[extent].Bytes - 1) < offset;
}
