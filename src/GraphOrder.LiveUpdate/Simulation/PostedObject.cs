namespace GraphOrder.LiveUpdate;

/// <summary>A file of a kind that Linux 7.3 has no handler for, with what the posted series look
/// at.</summary>
internal sealed class PostedObject(ObjectKind kind, string name)
{
    public ObjectKind Kind { get; } = kind;

    /// <summary>A device's address; else what people call it.</summary>
    public string Name { get; } = name;

    /// <summary>Of an iommufd: its address spaces, by number.</summary>
    public List<List<SimulatedArea>> Spaces { get; } = [];

    /// <summary>Of an iommufd: its page tables, by number.</summary>
    public List<SimulatedTable> Tables { get; } = [];

    /// <summary>Of a device: the iommufd that it is bound to. Of a guest memory or processor: its machine.
    /// </summary>
    public OpenFile? Other { get; set; }

    /// <summary>Of a device: the table that it is attached to; -1 for none.</summary>
    public int Table { get; set; } = -1;

    /// <summary>Of a device: a virtual function, which cannot be preserved.</summary>
    public bool IsVirtualFunction { get; init; }

    /// <summary>Of a device: its interrupts are on, so that it cannot be frozen. Of a processor: it
    /// runs.</summary>
    public bool IsRunning { get; set; }

    /// <summary>Preserved: its mappings cannot change, and guest memory takes no new pages.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>Nobody has it open any more: what it held is released.</summary>
    public void Release(SimulatedKernel kernel)
    {
        foreach (List<SimulatedArea> areas in Spaces)
        {
            foreach (SimulatedArea area in areas)
            {
                if (area.File is OpenFile file)
                {
                    kernel.Release(file);
                }
            }
        }

        Spaces.Clear();
        if (Other is OpenFile other)
        {
            Other = null;
            kernel.Release(other);
        }
    }
}
