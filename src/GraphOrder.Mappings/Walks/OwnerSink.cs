using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>
/// Turns the runs of a walk into owners: for each memfd how much of it is mapped, and where first. A run is
/// looked up once for each extent that it touches. Allocates nothing for a run.
/// </summary>
internal struct OwnerSink : ILeafSink
{
    private readonly OwnerMap _owners;
    private readonly PhysicalRangeSet? _preserved;
    private readonly OwnerTally[] _tallies;
    private readonly Dictionary<PageTableFaultKind, PageTableFault> _faults;
    private int _near;

    /// <param name="owners">Whose memory is what.</param>
    /// <param name="preserved">What else is preserved; null where nothing is said.</param>
    /// <param name="objectCount">How many objects the set has.</param>
    public OwnerSink(OwnerMap owners, PhysicalRangeSet? preserved, int objectCount)
    {
        _owners = owners;
        _preserved = preserved;
        _tallies = new OwnerTally[objectCount];
        _faults = [];
    }

    /// <summary>What was counted for each object.</summary>
    public readonly ReadOnlySpan<OwnerTally> Tallies => _tallies;

    /// <summary>Of each kind of fault the first of the gravest.</summary>
    public readonly IEnumerable<PageTableFault> Faults => _faults.Values;

    /// <summary>Bytes that belong to no memfd and to no preserved range.</summary>
    public UInt128 StrayBytes { get; private set; }

    /// <summary>The first of them.</summary>
    public LeafRun FirstStray { get; private set; }

    /// <inheritdoc/>
    public readonly void OnRow(in LeafRow row)
    {
    }

    /// <inheritdoc/>
    public void OnRun(in LeafRun run)
    {
        ulong at = run.Physical;
        ulong last = run.Physical + run.Bytes - 1;
        ReadOnlySpan<OwnedExtent> extents = _owners.Extents;
        for (_near = _owners.Find(at, _near); ; _near++)
        {
            bool isThere = _near < extents.Length && extents[_near].First <= last;
            if (!isThere)
            {
                AddStray(run, at, last);
                return;
            }

            OwnedExtent extent = extents[_near];
            if (extent.First > at)
            {
                AddStray(run, at, extent.First - 1);
            }

            ulong first = Math.Max(at, extent.First);
            ulong end = Math.Min(last, extent.Last);
            ulong iova = run.Iova + (first - run.Physical);
            _tallies[extent.Memfd.Index].Add(iova, first, end - first + 1, run.Access);
            if (end == last)
            {
                return;
            }

            at = end + 1;
        }
    }

    /// <inheritdoc/>
    public readonly void OnFault(in PageTableFault fault)
    {
        if (!_faults.TryGetValue(fault.Kind, out PageTableFault known) || fault.Severity > known.Severity)
        {
            _faults[fault.Kind] = fault;
        }
    }

    // Ranges that are preserved beside the memfds are few.
    private void AddStray(in LeafRun run, ulong first, ulong last)
    {
        foreach (PageTables.PhysicalRange range in _preserved is null ? [] : _preserved.Ranges)
        {
            if (range.Last < first)
            {
                continue;
            }

            if (range.First > last)
            {
                break;
            }

            if (range.First > first)
            {
                CountStray(run, first, range.First - 1);
            }

            if (range.Last >= last)
            {
                return;
            }

            first = range.Last + 1;
        }

        CountStray(run, first, last);
    }

    private void CountStray(in LeafRun run, ulong first, ulong last)
    {
        ulong bytes = last - first + 1;
        FirstStray = StrayBytes == 0
            ? new LeafRun(run.Iova + (first - run.Physical), first, bytes, run.Access)
            : FirstStray;
        StrayBytes += bytes;
    }
}
