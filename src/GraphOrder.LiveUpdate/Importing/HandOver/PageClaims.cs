namespace GraphOrder.LiveUpdate;

/// <summary>
/// Which part has which page. Records are claimed as they are read, so that a chain that returns ends at
/// once; memory of files is claimed by ranges and compared at the end, O(n log n). Not thread-safe.
/// </summary>
internal sealed class PageClaims
{
    private readonly Dictionary<ulong, string> _records = [];
    private readonly List<(ulong First, ulong End, string What)> _ranges = [];

    /// <summary>Claims a page of a record.</summary>
    /// <exception cref="ImportException">It has another part already.</exception>
    public void Add(ulong physical, string what)
    {
        if (!_records.TryAdd(physical, what))
        {
            throw UsedTwice(what, physical, _records[physical]);
        }
    }

    /// <summary>Claims memory of a file.</summary>
    public void AddRange(ulong first, ulong bytes, string what) => _ranges.Add((first, first + bytes, what));

    /// <summary>Compares all that was claimed.</summary>
    /// <exception cref="ImportException">Two parts share a page.</exception>
    public void DemandDisjoint()
    {
        _ranges.Sort((left, right) => left.First.CompareTo(right.First));
        for (int i = 1; i < _ranges.Count; i++)
        {
            if (_ranges[i].First < _ranges[i - 1].End)
            {
                throw UsedTwice(_ranges[i].What, _ranges[i].First, _ranges[i - 1].What);
            }
        }

        foreach ((ulong page, string what) in _records)
        {
            int at = FirstBehind(page);
            if (at > 0 && page < _ranges[at - 1].End)
            {
                throw UsedTwice(what, page, _ranges[at - 1].What);
            }
        }
    }

    // The first range that begins behind the page.
    private int FirstBehind(ulong page)
    {
        int low = 0;
        int high = _ranges.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = _ranges[middle].First <= page ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static ImportException UsedTwice(string what, ulong physical, string other) =>
        ImportException.Part(
        DiagnosticCode.HandOverPageUsedTwice,
        what,
        physical,
        new DiagnosticFact("other", char.ToLowerInvariant(other[0]) + other[1..]));
}
