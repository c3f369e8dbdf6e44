using GraphOrder.LiveUpdate;

namespace GraphOrder.Fuzz;

/// <summary>Every target: a new reader is its file and one line here.</summary>
internal static class FuzzTargets
{
    /// <summary>What proves that coverage guides: no reader, and not among <see cref="All"/>.</summary>
    public const string SelfTest = "self-test";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new SessionSetTarget(),
        new PlanTarget(),
        new StateTarget(),
        new ModelTarget(),
        new JournalTarget(),
        new PageTableTarget(),
        new ImageTarget("page-list", ImageSeeds.PageLists),
        new ImageTarget("elf-core", ImageSeeds.Cores),
        new HandOverTarget(),
        new DeviceTreeTarget(),
        new DebugfsTarget(),
        new ImportTarget("systemd", ImportSeeds.Systemd, SystemdImport.Read),
        new ImportTarget("cloud-hypervisor", ImportSeeds.CloudHypervisor, CloudHypervisorImport.Read),
        new ImportTarget("qemu", ImportSeeds.Qemu, QemuImport.Read),
        new HostTarget(),
        new ImportTarget("graphml", ImportSeeds.GraphMl, GraphMlImport.Read),
        new ImportTarget("dot", ImportSeeds.Dot, DotImport.Read),
        new SocketTarget(),
        new RequestTarget(),
        new AbiTarget(),
    ];

    /// <summary>The target of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static FuzzTarget Of(string name) =>
        name == SelfTest ? new PlantedTarget()
        : All.FirstOrDefault(target => target.Name == name)
            ?? throw new ArgumentException(
                $"There is no target '{name}'. Known: {string.Join(", ", All.Select(known => known.Name))}.");
}
