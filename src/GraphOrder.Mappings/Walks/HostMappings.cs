using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>What all walks of a set share. Thread-safe once the tables are known.</summary>
internal sealed class HostMappings
{
    /// <summary>Reads no file yet.</summary>
    public HostMappings(SessionSet set, string folder, WalkLimits limits, CancellationToken cancellation)
    {
        Set = set;
        Limits = limits;
        Cancellation = cancellation;
        Areas = new(set);
        Memory = new(set, folder, cancellation);
        Platform = new(set.Platform);
    }

    /// <summary>The set.</summary>
    public SessionSet Set { get; }

    /// <summary>What a walk takes on.</summary>
    public WalkLimits Limits { get; }

    /// <summary>Cancels all of it.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Which areas a domain should map.</summary>
    public DomainAreas Areas { get; }

    /// <summary>Where memfds lie.</summary>
    public SetMemory Memory { get; }

    /// <summary>What the set says of the machine's memory.</summary>
    public PlatformRanges Platform { get; }

    /// <summary>What the set knows of a table.</summary>
    public WalkFacts FactsOf(PageTableFacts? table)
    {
        ulong sizes = 0;
        foreach (long size in table?.PageSizes ?? [])
        {
            sizes |= (ulong)size;
        }

        return new()
        {
            PhysicalBits = table?.OutputBits,
            InputBits = table?.InputBits,
            RootTables = table?.RootTables,
            EncryptionBit = table?.EncryptionBit,
            PageSizes = sizes == 0 ? null : sizes,
            IsNestParent = table?.NestParent,
            Preserved = Platform.Preserved,
            Scratch = Platform.Scratch,
            Mmio = Platform.Mmio,
        };
    }
}
