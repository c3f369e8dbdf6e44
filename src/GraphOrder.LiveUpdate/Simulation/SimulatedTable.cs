namespace GraphOrder.LiveUpdate;

/// <summary>A page table (HWPT) of an iommufd.</summary>
internal sealed class SimulatedTable(int space)
{
    /// <summary>Its address space; -1 for a table that came back without one.</summary>
    public int Space { get; } = space;

    /// <summary>Under which token it is to be preserved; null where it is not.</summary>
    public ulong? Mark { get; set; }

    /// <summary>Of one handed over: whether the new owner asked for it.</summary>
    public bool IsReclaimed { get; set; }

    /// <summary>Devices attached to it.</summary>
    public int Devices { get; set; }
}
