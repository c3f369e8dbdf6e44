namespace GraphOrder.Mappings;

/// <summary>
/// Whose memory a physical address is: the extents of all memfds of a set, sorted and not overlapping.
/// Immutable and thread-safe. A question takes O(log extents), or O(1) where it is near the one before.
/// </summary>
public sealed class OwnerMap
{
    private readonly OwnedExtent[] _extents;

    /// <summary>Sorts extents and joins those that go on. O(n log n).</summary>
    /// <param name="extents">The extents, in any order.</param>
    /// <param name="isWhole">Whether every memfd says its extents.</param>
    /// <param name="overlap">Two extents that claim the same memory; null where there are none.</param>
    public OwnerMap(OwnedExtent[] extents, bool isWhole, out (OwnedExtent, OwnedExtent)? overlap)
    {
        ArgumentNullException.ThrowIfNull(extents);
        OwnedExtent[] sorted = [.. extents];
        Array.Sort(sorted, static (a, b) =>
            (a.First, a.Memfd.Index).CompareTo((b.First, b.Memfd.Index)));
        overlap = null;
        int count = 0;
        foreach (OwnedExtent extent in sorted)
        {
            if (count > 0 && extent.First <= sorted[count - 1].Last)
            {
                overlap ??= (sorted[count - 1], extent);
                continue;
            }

            bool goesOn = count > 0
                && sorted[count - 1].Memfd == extent.Memfd
                && sorted[count - 1].Last + 1 == extent.First
                && extent.Offset >= sorted[count - 1].Offset
                && extent.Offset - sorted[count - 1].Offset == extent.First - sorted[count - 1].First;
            if (goesOn)
            {
                sorted[count - 1] = sorted[count - 1] with { Last = extent.Last };
            }
            else
            {
                sorted[count++] = extent;
            }
        }

        _extents = sorted[..count];
        IsWhole = isWhole && overlap is null;
    }

    /// <summary>
    /// Whether the map knows all memory of the set, so that what is not in it belongs to none.
    /// </summary>
    public bool IsWhole { get; }

    /// <summary>The extents, ascending.</summary>
    public ReadOnlySpan<OwnedExtent> Extents => _extents;

    /// <summary>
    /// The extent that holds an address, or the first one behind it; the count where none is.
    /// </summary>
    /// <param name="physical">The address.</param>
    /// <param name="near">Where to look first: the answer to the question before.</param>
    public int Find(ulong physical, int near)
    {
        for (int i = near; i < Math.Min(near + 2, _extents.Length); i++)
        {
            bool isBehindLast = i == 0 || _extents[i - 1].Last < physical;
            if (isBehindLast && physical <= _extents[i].Last)
            {
                return i;
            }
        }

        int low = 0;
        int high = _extents.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_extents[middle].Last < physical)
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
