namespace GraphOrder.PageTables;

/// <summary>
/// A set of physical bytes, as sorted ranges: what is preserved, what is scratch, what is MMIO. Ranges may
/// be given in any order, overlap and touch. Immutable and thread-safe. A question takes O(log ranges).
/// </summary>
public sealed class PhysicalRangeSet
{
    private readonly PhysicalRange[] _ranges;

    /// <summary>Sorts and merges: O(n log n).</summary>
    /// <param name="ranges">The ranges.</param>
    /// <exception cref="ArgumentException">A range ends before it begins.</exception>
    public PhysicalRangeSet(params ReadOnlySpan<PhysicalRange> ranges)
    {
        PhysicalRange[] sorted = ranges.ToArray();
        Array.Sort(sorted, (left, right) => left.First.CompareTo(right.First));
        int count = 0;
        foreach (PhysicalRange range in sorted)
        {
            if (range.Last < range.First)
            {
                throw new ArgumentException($"The range {range} ends before it begins.", nameof(ranges));
            }

            bool touches = count > 0 && (range.First == 0 || range.First - 1 <= sorted[count - 1].Last);
            if (touches)
            {
                PhysicalRange joined = sorted[count - 1];
                sorted[count - 1] = new(joined.First, Math.Max(joined.Last, range.Last));
            }
            else
            {
                sorted[count++] = range;
            }
        }

        _ranges = sorted[..count];
    }

    /// <summary>All bytes of several sets: O(n log n).</summary>
    /// <param name="sets">The sets.</param>
    public static PhysicalRangeSet Union(params ReadOnlySpan<PhysicalRangeSet> sets)
    {
        List<PhysicalRange> ranges = [];
        foreach (PhysicalRangeSet set in sets)
        {
            ranges.AddRange(set.Ranges);
        }

        return new([.. ranges]);
    }

    /// <summary>The merged ranges, ascending; no two touch.</summary>
    public ReadOnlySpan<PhysicalRange> Ranges => _ranges;

    /// <summary>Whether every byte of a range is in the set.</summary>
    public bool Covers(PhysicalRange range)
    {
        int index = LastNotAbove(range.First);
        return index >= 0 && _ranges[index].Last >= range.Last;
    }

    /// <summary>Whether any byte of a range is in the set, and the first one that is.</summary>
    /// <param name="range">What is asked for.</param>
    /// <param name="first">The lowest byte that is in both.</param>
    public bool TryFindOverlap(PhysicalRange range, out ulong first)
    {
        int index = LastNotAbove(range.First);
        if (index >= 0 && _ranges[index].Last >= range.First)
        {
            first = range.First;
            return true;
        }

        bool begins = index + 1 < _ranges.Length && _ranges[index + 1].First <= range.Last;
        first = begins ? _ranges[index + 1].First : 0;
        return begins;
    }

    private int LastNotAbove(ulong address)
    {
        int low = 0;
        int high = _ranges.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_ranges[middle].First <= address)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }
}
