using System.Collections.Immutable;
using static GraphOrder.ObjectKind;
using static GraphOrder.Phase;
using static GraphOrder.RuleStatus;

namespace GraphOrder;

/// <summary>
/// The rule table: which kinds need which, in which phases. Data; <c>graph-order explain rules</c> prints
/// it. Where no row fits, <c>needs</c> orders in all phases but unfreeze.
/// </summary>
public static partial class DependencyRules
{
    private static readonly PhaseSet HeldThroughout = PhaseSet.Default;
    private static readonly PhaseSet Reference = PhaseSet.Of(Preserve, Unpreserve, Finish);
    private static readonly PhaseSet ReferenceAndRetrieve = PhaseSet.Of(
        Preserve, Unpreserve, Retrieve, Finish);
    private static readonly PhaseSet Adopted = PhaseSet.Of(Preserve, Finish);

    // Kinds count from 1 here; 0 is every kind of the user's own, and as a dependent every kind.
    private static readonly int Width = ObjectKind.WellKnownKinds.Count + 1;

    private static readonly Lazy<DependencyRule?[]> ByKinds = new(Tabulate);

    /// <summary>All rows, in the order of the contract.</summary>
    public static ImmutableArray<DependencyRule> Rows { get; } =
    [
        new([Ioas], [Memfd, MemfdHugetlb, GuestMemfd], HeldThroughout, Preserve, false, Posted,
            "iommufd live update series 2026-02-03 and later: every area's file preserved first, same "
            + "session"),
        new([Hwpt], [Ioas], Reference, null, false, Merged,
            "drivers/iommu/iommufd/hw_pagetable.c: users reference; restore without an IOAS is posted"),
        new([Hwpt], [IommuDomain], ReferenceAndRetrieve, null, false, Merged,
            "drivers/iommu/iommufd/hw_pagetable.c: each HWPT owns its domain"),
        new([HwptNested], [Hwpt], ReferenceAndRetrieve, null, false, Merged,
            "drivers/iommu/iommufd/hw_pagetable.c: users reference on the nest parent"),
        new([HwptNested], [Viommu], ReferenceAndRetrieve, null, false, Merged,
            "drivers/iommu/iommufd/hw_pagetable.c: users reference of the vIOMMU flavour"),
        new([Viommu], [Hwpt], ReferenceAndRetrieve, null, false, Merged,
            "drivers/iommu/iommufd/viommu.c: users reference on the nest parent"),
        new([Vdevice], [Viommu], ReferenceAndRetrieve, null, false, Merged,
            "drivers/iommu/iommufd/viommu.c: users reference"),
        new([Hwpt], [FaultQueue], Reference, null, false, Merged,
            "drivers/iommu/iommufd/hw_pagetable.c: optional users reference"),
        new([IommuDomain], [Memfd], HeldThroughout, Preserve, false, Posted,
            "iommufd live update series 2026-02-03: the memfds of a marked HWPT's domain"),
        new([IommuDomain], [IommuUnit], Adopted, null, false, Posted,
            "iommu live update series v2 2026-04-27: units counted by each domain"),
        new([Iommufd], [Memfd], HeldThroughout, Preserve, false, Posted,
            "iommufd live update series 2026-02-03: all memfds of its domains first, same session (ENOENT)"),
        new([VfioDevice], [Iommufd, Hwpt], HeldThroughout, Preserve, false, Posted,
            "vfio live update series v5 2026-07-14: the iommufd with a marked HWPT first, same session"),
        new([VfioDevice], [PciDevice], Adopted, null, false, Posted,
            "vfio live update series v5: the endpoint enters with the device"),
        new([PciDevice], [PciBridge], Adopted, null, false, Posted,
            "PCI live update series v9 2026-09-18: every upstream bridge is counted"),
        new([PciBridge], [PciBridge], Adopted, null, false, Posted,
            "PCI live update series v9 2026-09-18: every upstream bridge is counted"),
        new([], [Flb], Reference, null, false, Merged,
            "kernel/liveupdate/luo_flb.c: before its first file, after its last"),
        new([GuestMemfd], [KvmVm], PhaseSet.Of(Finish), Freeze, true, Posted,
            "guest_memfd preservation v4 2026-07-28: VM token looked up at freeze, VM pulled at retrieve"),
        new([KvmVcpu], [KvmVm], ReferenceAndRetrieve, Preserve, false, Posted,
            "Orphan VM RFC v1 2026-09-20: the VM file first, same session"),
        new([KvmVm], [Memfd, GuestMemfd], PhaseSet.Of(Retrieve, Finish), null, false, Inferred,
            "memory slots map user memory; the VMM rebuilds them from retrieved memfds"),
        new([Ioas], [DmaBuf], PhaseSet.Of(Preserve, Retrieve, Finish), null, false, Inferred,
            "an area that maps a device's BAR; posted iommufd code refuses it (EINVAL)"),
        new([DmaBuf], [VfioDevice], PhaseSet.Of(Preserve, Retrieve, Finish), null, false, Inferred,
            "a dma-buf follows the device that exports it"),
    ];

    /// <summary>The row for an object of one kind that needs one of another; null where none fits.</summary>
    /// <param name="dependent">The kind that needs.</param>
    /// <param name="dependentIsFile">Whether the object that needs is a file of a session.</param>
    /// <param name="on">The kind that is needed.</param>
    public static DependencyRule? Find(ObjectKind dependent, bool dependentIsFile, ObjectKind on)
    {
        DependencyRule?[] table = ByKinds.Value;
        return table[((dependent.Number + 1) * Width) + on.Number + 1]
            ?? (dependentIsFile ? table[on.Number + 1] : null);
    }

    /// <summary>The phases in which <c>needs</c> between these kinds orders.</summary>
    public static PhaseSet PhasesOf(ObjectKind dependent, bool dependentIsFile, ObjectKind on) =>
        Find(dependent, dependentIsFile, on)?.Orders ?? PhaseSet.Default;

    private static DependencyRule?[] Tabulate()
    {
        DependencyRule?[] table = new DependencyRule?[Width * Width];
        foreach (DependencyRule row in Rows)
        {
            foreach (ObjectKind on in row.On)
            {
                if (row.Dependents.IsEmpty)
                {
                    table[on.Number + 1] = row;
                }

                foreach (ObjectKind dependent in row.Dependents)
                {
                    table[((dependent.Number + 1) * Width) + on.Number + 1] = row;
                }
            }
        }

        return table;
    }
}
