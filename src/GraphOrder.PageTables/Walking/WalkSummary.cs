namespace GraphOrder.PageTables;

/// <summary>What a walk counted. Immutable once the walk has returned it, and thread-safe then.</summary>
public sealed class WalkSummary
{
    private const int SizesMax = 64;

    private readonly long[] _leaves = new long[SizesMax];
    private readonly long[] _faults = new long[PageTableFaultKinds.Count];
    private readonly PageTableFaultKind[] _notChecked;

    internal WalkSummary(PageTableFaultKind[] notChecked) => _notChecked = notChecked;

    /// <summary>Tables that were read, each counted once; of a root of several tables each one.</summary>
    public long Tables { get; internal set; }

    /// <summary>Tables below the root without any entry.</summary>
    public long EmptyTables => FaultCount(PageTableFaultKind.EmptyTable);

    /// <summary>
    /// Pointers to tables beyond <see cref="WalkLimits.TableMax"/>, which were not followed.
    /// </summary>
    public long SkippedTables { get; internal set; }

    /// <summary>
    /// Tables above level 0 that had other words when they were read the second time: somebody wrote
    /// meanwhile, and what was found may be of no table that ever was. Those of level 0 are read once.
    /// </summary>
    public long TornTables { get; private set; }

    /// <summary>Physical address of the first of them.</summary>
    public ulong FirstTornTable { get; private set; }

    /// <summary>Bytes that some access reaches.</summary>
    public UInt128 MappedBytes { get; internal set; }

    /// <summary>Faults of severity error.</summary>
    public long Errors { get; private set; }

    /// <summary>Faults of every severity.</summary>
    public long Faults { get; private set; }

    /// <summary>Kinds that were not looked for, since a fact was absent.</summary>
    public ReadOnlySpan<PageTableFaultKind> NotChecked => _notChecked;

    /// <summary>Leaves of a size; of a replicated group one, of Arm's contiguous ones each.</summary>
    /// <param name="sizeLg2">Log2 of the bytes, 0 to 63.</param>
    public long LeafCount(int sizeLg2) => _leaves[sizeLg2];

    /// <summary>How often a fault was found.</summary>
    /// <param name="kind">The fault.</param>
    public long FaultCount(PageTableFaultKind kind) => _faults[kind.Index()];

    /// <summary>Counts a table that changed while it was walked.</summary>
    internal void CountTorn(ulong table)
    {
        FirstTornTable = TornTables++ == 0 ? table : FirstTornTable;
    }

    /// <summary>Counts leaves that something may access.</summary>
    internal void Count(in LeafRow row) => Count(row.Count, row.SizeLg2);

    /// <summary>Counts leaves of one size that something may access.</summary>
    internal void Count(long leaves, int sizeLg2)
    {
        _leaves[sizeLg2] += leaves;
        MappedBytes += (ulong)leaves << sizeLg2;
    }

    /// <summary>Counts a fault.</summary>
    /// <returns>How many there are now.</returns>
    internal long Count(in PageTableFault fault)
    {
        _faults[fault.Kind.Index()]++;
        Errors += fault.Severity == FaultSeverity.Error ? 1 : 0;
        return ++Faults;
    }

    /// <summary>Adds what another part of the same walk counted.</summary>
    internal void Add(WalkSummary part)
    {
        Tables += part.Tables;
        FirstTornTable = TornTables == 0 ? part.FirstTornTable : FirstTornTable;
        TornTables += part.TornTables;
        SkippedTables += part.SkippedTables;
        MappedBytes += part.MappedBytes;
        Errors += part.Errors;
        Faults += part.Faults;
        for (int i = 0; i < _leaves.Length; i++)
        {
            _leaves[i] += part._leaves[i];
        }

        for (int i = 0; i < _faults.Length; i++)
        {
            _faults[i] += part._faults[i];
        }
    }
}
