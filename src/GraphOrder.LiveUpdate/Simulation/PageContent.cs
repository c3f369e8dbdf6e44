namespace GraphOrder.LiveUpdate;

/// <summary>
/// The content of a file in memory: its bytes, which pages it has, and which of those hold data (a page of
/// fallocate holds none until it is written, mapped or preserved, and counts as a hole: mm/shmem.c).
/// </summary>
internal sealed class PageContent(MemoryBudget budget)
{
    /// <summary>Bytes of a page.</summary>
    public const int PageBytes = 4096;

    private const long LastPage = long.MaxValue / PageBytes;

    private readonly Dictionary<long, byte[]> _bytes = [];
    private readonly PageRanges _allocated = new();
    private readonly PageRanges _filled = new();
    private MemoryBudget _budget = budget;

    /// <summary>The size of the file.</summary>
    public long Size { get; set; }

    /// <summary>What it takes of memory.</summary>
    public long AllocatedBytes => _allocated.Count * PageBytes;

    /// <summary>The first page that has bytes of its own; the very first where none has.</summary>
    public long FirstStored => _bytes.Count == 0 ? 0 : _bytes.Keys.Min();

    /// <summary>Pages that the size reaches.</summary>
    public long PageCount => PagesFor(Size);

    /// <summary>Reads up to the end of the file; how many bytes.</summary>
    public int Read(Span<byte> bytes, long offset)
    {
        if (offset >= Size)
        {
            return 0;
        }

        int count = (int)Math.Min(bytes.Length, Size - offset);
        for (int done = 0; done < count;)
        {
            long page = (offset + done) / PageBytes;
            int inside = (int)((offset + done) % PageBytes);
            int part = Math.Min(PageBytes - inside, count - done);
            if (_bytes.TryGetValue(page, out byte[]? stored))
            {
                stored.AsSpan(inside, part).CopyTo(bytes[done..]);
            }
            else
            {
                bytes.Slice(done, part).Clear();
            }

            done += part;
        }

        return count;
    }

    /// <summary>Stores bytes that lie in one page, size aside; false where memory is out.</summary>
    public bool TryStore(ReadOnlySpan<byte> bytes, long offset)
    {
        long page = offset / PageBytes;
        if (!TryFill(page, page))
        {
            return false;
        }

        if (!_bytes.TryGetValue(page, out byte[]? stored))
        {
            stored = new byte[PageBytes];
            _bytes.Add(page, stored);
        }

        bytes.CopyTo(stored.AsSpan((int)(offset % PageBytes)));
        return true;
    }

    /// <summary>
    /// Gives every hole from page to page a page without data; a page that was there without data gets some,
    /// zeros (SGP_FALLOC in mm/shmem.c). False where memory is out.
    /// </summary>
    public bool TryReserve(long first, long last)
    {
        List<(long First, long Last)> there = [];
        for (long page = _allocated.NextIn(first); page >= 0 && page <= last;)
        {
            long end = _allocated.NextOut(page);
            there.Add((page, Math.Min(end - 1, last)));
            page = _allocated.NextIn(end);
        }

        if (!TryAllocate(first, last))
        {
            return false;
        }

        foreach ((long from, long to) in there)
        {
            _filled.Add(from, to);
        }

        return true;
    }

    private bool TryAllocate(long first, long last)
    {
        if (!_budget.TryTake(_allocated.Missing(first, last)))
        {
            return false;
        }

        _allocated.Add(first, last);
        return true;
    }

    /// <summary>Gives every page from page to page data, zeros where it had none.</summary>
    public bool TryFill(long first, long last)
    {
        if (!TryAllocate(first, last))
        {
            return false;
        }

        _filled.Add(first, last);
        return true;
    }

    /// <summary>Cuts or grows the file.</summary>
    public void SetSize(long size)
    {
        long old = Size;
        Size = size;
        if (size <= old)
        {
            // Pages behind the old end, which fallocate can have left, go too.
            ClearPart(size, EndOfPage(size));
            DropPages(PagesFor(size), LastPage);
        }
    }

    /// <summary>Makes a hole: whole pages go, parts of pages become zeros.</summary>
    public void Punch(long offset, long bytes)
    {
        long end = offset + bytes;
        long firstWhole = PagesFor(offset);
        long lastWhole = (end / PageBytes) - 1;
        ClearPart(offset, Math.Min(end, EndOfPage(offset)));
        if (lastWhole >= firstWhole)
        {
            DropPages(firstWhole, lastWhole);
        }

        ClearPart(Math.Max(offset, end / PageBytes * PageBytes), end);
    }

    /// <summary>Where data or a hole begins from an offset on; -1 behind the last.</summary>
    public long SeekExtent(long offset, bool toHole)
    {
        if (offset < 0 || offset >= Size)
        {
            return -1;
        }

        long page = offset / PageBytes;
        long found = toHole ? _filled.NextOut(page) : _filled.NextIn(page);
        if (found < 0 || (!toHole && found >= PageCount))
        {
            return -1;
        }

        return Math.Min(Size, Math.Max(offset, found * PageBytes));
    }

    /// <summary>All its pages are free again.</summary>
    public void Release()
    {
        _budget.Give(_allocated.Count);
        DropPagesWithoutBudget();
    }

    /// <summary>
    /// Its pages stay where they are, and the kernel that counts them is another; pages behind the end of the
    /// file are not handed over.
    /// </summary>
    public void MoveTo(MemoryBudget budget)
    {
        DropPages(PageCount, LastPage);

        // Handed-over pages were there: a machine does not get smaller by a kexec.
        _budget = budget;
        _ = budget.TryTake(_allocated.Count);
    }

    /// <summary>
    /// A page is a hole now, as where the record of one names none: whoever handed it over kept it preserved,
    /// so its memory does not come back before the next kexec.
    /// </summary>
    public void Lose(long page)
    {
        _ = _bytes.Remove(page);
        _allocated.Remove(page, page);
        _filled.Remove(page, page);
    }

    private static long PagesFor(long bytes) => (bytes / PageBytes) + (bytes % PageBytes == 0 ? 0 : 1);

    // Where the page of an offset that lies inside one ends; an offset between two is its own.
    private static long EndOfPage(long offset) =>
        offset > LastPage * PageBytes ? long.MaxValue : PagesFor(offset) * PageBytes;

    private void ClearPart(long first, long end)
    {
        if (end > first && _bytes.TryGetValue(first / PageBytes, out byte[]? stored))
        {
            stored.AsSpan((int)(first % PageBytes), (int)(end - first)).Clear();
        }
    }

    private void DropPages(long first, long last)
    {
        long had = _allocated.Count;
        _allocated.Remove(first, last);
        _filled.Remove(first, last);
        _budget.Give(had - _allocated.Count);
        if (last - first < _bytes.Count)
        {
            for (long page = first; page <= last; page++)
            {
                _bytes.Remove(page);
            }

            return;
        }

        foreach (long page in _bytes.Keys)
        {
            if (page >= first && page <= last)
            {
                _bytes.Remove(page);
            }
        }
    }

    private void DropPagesWithoutBudget()
    {
        _bytes.Clear();
        _allocated.Remove(0, LastPage);
        _filled.Remove(0, LastPage);
    }
}
