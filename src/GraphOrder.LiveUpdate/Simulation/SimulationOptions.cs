namespace GraphOrder.LiveUpdate;

/// <summary>What a simulated kernel has and can hold; the defaults are those of Linux 7.3.4.</summary>
public sealed record SimulationOptions
{
    /// <summary>Whether it was started with live update: without there is no device.</summary>
    public bool HasDevice { get; init; } = true;

    /// <summary>
    /// Kinds of file that it has a handler for, beside the memfd: iommufd, vfio-device, guest-memfd, kvm-vm,
    /// kvm-vcpu, as the posted series have them, and any other, whose handler takes every file. The order is
    /// that of registration.
    /// </summary>
    public IReadOnlyList<ObjectKind> Handlers { get; init; } = [];

    /// <summary>
    /// Whether those handlers take every file of their kind and ask for nothing, to try orders alone; else
    /// they are those of the posted series where there is one.
    /// </summary>
    public bool TakesEverything { get; init; }

    /// <summary>Global states, in the order of their registration; each name once.</summary>
    public IReadOnlyList<SimulatedFlb> Flbs { get; init; } = [];

    /// <summary>Global states that a kernel registers: one page has their entries.</summary>
    public int FlbsMax { get; init; } = 63;

    /// <summary>Files in a block of a session's list.</summary>
    public int FilesPerBlock { get; init; } = 63;

    /// <summary>Sessions in a block of the kernel's list.</summary>
    public int SessionsPerBlock { get; init; } = 51;

    /// <summary>Blocks in a list.</summary>
    public int BlocksMax { get; init; } = 10_000;

    /// <summary>The machine's memory.</summary>
    public long MemoryBytes { get; init; } = 1L << 60;

    /// <summary>Pages of a memfd beyond which preserving it answers EFBIG.</summary>
    public long MemfdPagesMax { get; init; } = uint.MaxValue;

    /// <summary>
    /// Pages of a memfd from which on preserving it answers ENOMEM: the kernel allocates 8 bytes for each at
    /// once, and no more than <see cref="int.MaxValue"/> bytes.
    /// </summary>
    public long MemfdPagesLimit { get; init; } = 1L << 28;

    /// <summary>
    /// How much of a write is asked about at once: a write that would grow a sealed or preserved memfd is
    /// refused as a whole inside such a piece, and cut where one ends. 2 MiB with transparent huge pages
    /// configured, else a page (mapping_max_folio_size).
    /// </summary>
    public int WriteChunkBytes { get; init; } = 2 << 20;

    /// <summary>The first number that a process's descriptors do not reach.</summary>
    public int DescriptorLimit { get; init; } = 1024;

    /// <summary>
    /// Whether creating a session under a name that is taken can leave an empty block behind, at which the
    /// next kernel panics (kernel/liveupdate/luo_session.c, kho_block.c; seen).
    /// </summary>
    public bool LeavesEmptyBlock { get; init; } = true;

    /// <summary>Refuses what no kernel could have started with.</summary>
    internal SimulationOptions Checked()
    {
        if (Flbs.Count > FlbsMax)
        {
            throw new ArgumentException(
                $"A kernel registers at most {FlbsMax} global states, and these are {Flbs.Count}: "
                + "leave some out.");
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (SimulatedFlb flb in Flbs)
        {
            if (!names.Add(flb.Name))
            {
                throw new ArgumentException(
                    $"Two global states are called {flb.Name}: give one another name.");
            }
        }

        return this;
    }
}
