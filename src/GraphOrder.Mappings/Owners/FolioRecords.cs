using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>
/// The kernel's preserved record of a memfd: 16 bytes a folio, the lower 52 bits of the first word its page
/// frame and the second one its first page index; records stand by index without gaps, and a folio ends
/// where the next one begins (include/linux/kho/abi/memfd.h of 7.3). Immutable and thread-safe.
/// </summary>
internal sealed class FolioRecords
{
    private const int RecordWords = 2;
    private const int PageLg2 = 12;
    private const ulong FrameMask = (1UL << 52) - 1;

    private readonly ulong[] _words;

    private FolioRecords(ulong[] words, ulong pageCount, ulong lowest, ulong highest)
    {
        _words = words;
        PageCount = pageCount;
        LowestFrame = lowest;
        HighestFrame = highest;
    }

    /// <summary>Two words for each folio.</summary>
    public ReadOnlySpan<ulong> Words => _words;

    /// <summary>Folios.</summary>
    public int Count => _words.Length / 2;

    /// <summary>Pages of the memfd.</summary>
    public ulong PageCount { get; }

    /// <summary>No folio begins at a lower frame.</summary>
    public ulong LowestFrame { get; }

    /// <summary>No folio begins at a higher frame.</summary>
    public ulong HighestFrame { get; }

    /// <summary>Reads all records: O(records).</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">The size of the memfd: where the last folio ends.</param>
    /// <param name="flaw">What is wrong with the records, in a few words.</param>
    /// <param name="cancellation">Looked at for each megabyte.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static FolioRecords? Read(
        string path, long bytes, out string? flaw, CancellationToken cancellation)
    {
        if (!WordFile.TryRead(path, out ulong[] words, cancellation) || words.Length % RecordWords != 0)
        {
            flaw = "its folio records end inside a record";
            return null;
        }

        ulong pageCount = ((ulong)bytes + (1 << PageLg2) - 1) >> PageLg2;
        bool isOrdered = IsOrdered(words, pageCount, out FolioRecords records);
        flaw = isOrdered ? null : "its folio records are not in the order of its pages";
        return isOrdered ? records : null;
    }

    /// <summary>The page frame of a folio.</summary>
    public ulong FrameOf(int folio) => _words[2 * folio] & FrameMask;

    /// <summary>The first page of a folio.</summary>
    public ulong IndexOf(int folio) => _words[(2 * folio) + 1];

    /// <summary>The page behind a folio's last one.</summary>
    public ulong EndOf(int folio) => folio + 1 < Count ? IndexOf(folio + 1) : PageCount;

    /// <summary>
    /// The folio that holds a page: O(log folios), O(1) where it is the guess or next to it.
    /// </summary>
    /// <param name="page">Below the page count.</param>
    /// <param name="guess">Where to look first.</param>
    public int Find(ulong page, int guess)
    {
        for (int folio = guess; folio < Math.Min(guess + 2, Count); folio++)
        {
            if (IndexOf(folio) <= page && page < EndOf(folio))
            {
                return folio;
            }
        }

        int low = 0;
        int high = Count;
        while (high - low > 1)
        {
            int middle = (low + high) >>> 1;
            (low, high) = IndexOf(middle) <= page ? (middle, high) : (low, middle);
        }

        return low;
    }

    // One pass without a branch for each record: they are many.
    private static bool IsOrdered(ulong[] words, ulong pageCount, out FolioRecords records)
    {
        ulong next = 0;
        ulong lowest = FrameMask;
        ulong highest = 0;
        bool isDisordered = words.Length > 0 && words[1] != 0;
        for (int i = 0; i + 1 < words.Length; i += RecordWords)
        {
            ulong frame = words[i] & FrameMask;
            isDisordered |= words[i + 1] < next;
            next = unchecked(words[i + 1] + 1);
            lowest = Math.Min(lowest, frame);
            highest = Math.Max(highest, frame);
        }

        // Where a folio may end behind the last address there is, the frames cannot be believed.
        records = new(words, pageCount, lowest, highest);
        isDisordered |= pageCount > FrameMask || highest > FrameMask - pageCount;
        return !isDisordered && (words.Length == 0 || words[^1] < pageCount);
    }
}
