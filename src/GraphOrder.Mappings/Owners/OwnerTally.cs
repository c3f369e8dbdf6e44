using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>What of one memfd a table maps.</summary>
internal struct OwnerTally
{
    /// <summary>Bytes, each mapping counted.</summary>
    public ulong Bytes { get; private set; }

    /// <summary>The lowest input address; runs come in their order.</summary>
    public ulong FirstIova { get; private set; }

    /// <summary>Where that leads.</summary>
    public ulong FirstPhysical { get; private set; }

    /// <summary>What a device may do, somewhere.</summary>
    public PageAccess Access { get; private set; }

    /// <summary>Counts a piece of a run.</summary>
    public void Add(ulong iova, ulong physical, ulong bytes, PageAccess access)
    {
        if (Bytes == 0)
        {
            FirstIova = iova;
            FirstPhysical = physical;
        }

        // No table maps more than its 2 to the power of 57 bytes.
        Bytes += bytes;
        Access |= access;
    }
}
