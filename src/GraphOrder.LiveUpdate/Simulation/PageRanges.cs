namespace GraphOrder.LiveUpdate;

/// <summary>A set of page numbers as sorted ranges that neither meet nor overlap.</summary>
internal sealed class PageRanges
{
    private readonly List<(long First, long Last)> _ranges = [];

    /// <summary>Pages in it.</summary>
    public long Count { get; private set; }

    /// <summary>How many of these pages, both ends included, are not in it.</summary>
    public long Missing(long first, long last)
    {
        long missing = last - first + 1;
        for (int i = IndexAt(first); i < _ranges.Count && _ranges[i].First <= last; i++)
        {
            missing -= Math.Min(last, _ranges[i].Last) - Math.Max(first, _ranges[i].First) + 1;
        }

        return missing;
    }

    /// <summary>Puts pages in.</summary>
    public void Add(long first, long last)
    {
        Count += Missing(first, last);
        int start = IndexAt(first > 0 ? first - 1 : 0);
        int end = start;
        while (end < _ranges.Count && _ranges[end].First <= last + 1)
        {
            first = Math.Min(first, _ranges[end].First);
            last = Math.Max(last, _ranges[end].Last);
            end++;
        }

        _ranges.RemoveRange(start, end - start);
        _ranges.Insert(start, (first, last));
    }

    /// <summary>Takes pages out.</summary>
    public void Remove(long first, long last)
    {
        if (last < first)
        {
            return;
        }

        Count -= last - first + 1 - Missing(first, last);
        int i = IndexAt(first);
        while (i < _ranges.Count && _ranges[i].First <= last)
        {
            (long rangeFirst, long rangeLast) = _ranges[i];
            _ranges.RemoveAt(i);
            if (rangeFirst < first)
            {
                _ranges.Insert(i++, (rangeFirst, first - 1));
            }

            if (rangeLast > last)
            {
                _ranges.Insert(i++, (last + 1, rangeLast));
            }
        }
    }

    /// <summary>The first page in it from this one on; -1 where there is none.</summary>
    public long NextIn(long page)
    {
        int i = IndexAt(page);
        return i == _ranges.Count ? -1 : Math.Max(page, _ranges[i].First);
    }

    /// <summary>The first page not in it from this one on.</summary>
    public long NextOut(long page)
    {
        int i = IndexAt(page);
        return i < _ranges.Count && _ranges[i].First <= page ? _ranges[i].Last + 1 : page;
    }

    // The first range that ends at this page or behind it.
    private int IndexAt(long page)
    {
        int low = 0;
        int high = _ranges.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_ranges[middle].Last < page)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
