namespace GraphOrder.Mappings;

/// <summary>
/// What a domain's table maps, and what is wrong with it: for each memfd how much of it and where first, for
/// each kind of defect the first place and how many bytes. Mutable, not thread-safe.
/// </summary>
internal sealed class MappingFindings
{
    private readonly Dictionary<int, OwnerTally> _owners = [];
    private readonly SortedDictionary<int, Finding> _found = [];
    private int _memfd = -1;
    private OwnerTally _tally;

    /// <summary>What was found, by code.</summary>
    public IEnumerable<Finding> Found => _found.Values;

    /// <summary>The memfds that are mapped, in document order.</summary>
    public IEnumerable<(ObjectId Memfd, OwnerTally Tally)> Owners()
    {
        Keep();
        foreach ((int memfd, OwnerTally tally) in _owners.OrderBy(static owner => owner.Key))
        {
            yield return (new ObjectId(memfd), tally);
        }
    }

    /// <summary>Counts mapped bytes of a memfd: O(1).</summary>
    public void Map(ObjectId memfd, ulong iova, ulong physical, ulong bytes, PageTables.PageAccess access)
    {
        if (memfd.Index != _memfd)
        {
            Keep();
            _memfd = memfd.Index;
            _tally = _owners.GetValueOrDefault(_memfd);
        }

        _tally.Add(iova, physical, bytes, access);
    }

    /// <summary>Counts bytes of a defect: O(log kinds).</summary>
    public void Tell(
        DiagnosticCode code, DiagnosticSeverity severity, ulong iova, ulong physical, UInt128 bytes,
        ObjectId? memfd = null, ulong expected = 0) =>
        _found[(int)code] = _found.TryGetValue((int)code, out Finding? known)
            ? known with { Bytes = known.Bytes + bytes }
            : new(code, severity, iova, physical, bytes, memfd, expected);

    private void Keep()
    {
        if (_memfd >= 0)
        {
            _owners[_memfd] = _tally;
        }
    }
}
