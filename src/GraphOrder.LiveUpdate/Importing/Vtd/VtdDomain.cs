namespace GraphOrder.LiveUpdate;

/// <summary>A page table that VT-d units use, as debugfs tells of it.</summary>
/// <param name="root">Physical address of its top table.</param>
internal sealed class VtdDomain(ulong root)
{
    private const int RunsMax = 1 << 16;

    private (ulong Iova, ulong Physical, ulong Bytes, int Access)? _run;

    public ulong Root { get; } = root;

    /// <summary>Levels of its table; null where nothing tells.</summary>
    public int? Levels { get; set; }

    /// <summary>Whether hardware reads it as a first-stage table.</summary>
    public bool IsFirstStage { get; set; }

    /// <summary>Its number in context or PASID entries.</summary>
    public uint? Number { get; set; }

    public SortedSet<string> Devices { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Units { get; } = new(StringComparer.Ordinal);

    /// <summary>What it maps: <c>iova+bytes->physical access</c>.</summary>
    public List<string> Runs { get; } = [];

    /// <summary>How many runs it has, listed or not.</summary>
    public long RunCount { get; private set; }

    public ulong MappedBytes { get; private set; }

    /// <summary>Whether its leaves were printed.</summary>
    public bool IsPrinted { get; set; }

    /// <summary>The first I/O virtual address that is not behind the last leaf.</summary>
    public UInt128 NextIova { get; private set; }

    /// <summary>Adds a leaf; leaves ascend.</summary>
    public void Add(ulong iova, ulong physical, ulong bytes, int access)
    {
        NextIova = (UInt128)iova + bytes;
        MappedBytes += bytes;
        if (_run is { } run && run.Iova + (UInt128)run.Bytes == iova && run.Physical + run.Bytes == physical
            && run.Access == access)
        {
            _run = run with { Bytes = run.Bytes + bytes };
            return;
        }

        EndRun();
        _run = (iova, physical, bytes, access);
    }

    /// <summary>Ends the last run.</summary>
    public void EndRun()
    {
        if (_run is not { } run)
        {
            return;
        }

        RunCount++;
        _run = null;
        if (Runs.Count < RunsMax)
        {
            string access = run.Access switch { 1 => "r", 2 => "w", _ => "rw" };
            Runs.Add($"0x{run.Iova:x}+0x{run.Bytes:x}->0x{run.Physical:x} {access}");
        }
    }
}
