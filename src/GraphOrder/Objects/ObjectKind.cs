namespace GraphOrder;

/// <summary>
/// What an object is. A value with well-known members and room for kinds of the user's own, not an enum:
/// kernels and their users add kinds. Two kinds are equal when their names are. Immutable.
/// </summary>
public readonly record struct ObjectKind
{
    /// <summary>What the name of a kind of the user's own begins with.</summary>
    public const string CustomPrefix = "x-";

    private static readonly Dictionary<string, ObjectKind> WellKnownByName = new(StringComparer.Ordinal);

    private readonly KindName? _name;

    private ObjectKind(KindName name) => _name = name;

    /// <summary>A shmem memfd: the one kind that Linux 7.3.4 preserves (mm/memfd_luo.c).</summary>
    public static ObjectKind Memfd { get; } = WellKnown("memfd");

    /// <summary>A memfd on huge pages; 7.3.4 has no handler for it.</summary>
    public static ObjectKind MemfdHugetlb { get; } = WellKnown("memfd-hugetlb");

    /// <summary>Memory bound to one KVM VM.</summary>
    public static ObjectKind GuestMemfd { get; } = WellKnown("guest-memfd");

    /// <summary>An iommufd context: the file that carries IOAS, HWPT and iommu_domain.</summary>
    public static ObjectKind Iommufd { get; } = WellKnown("iommufd");

    /// <summary>An I/O address space.</summary>
    public static ObjectKind Ioas { get; } = WellKnown("ioas");

    /// <summary>A paging hardware page table object.</summary>
    public static ObjectKind Hwpt { get; } = WellKnown("hwpt");

    /// <summary>A nested hardware page table object on a paging one.</summary>
    public static ObjectKind HwptNested { get; } = WellKnown("hwpt-nested");

    /// <summary>The kernel's page table behind exactly one HWPT.</summary>
    public static ObjectKind IommuDomain { get; } = WellKnown("iommu_domain");

    /// <summary>A virtual IOMMU instance.</summary>
    public static ObjectKind Viommu { get; } = WellKnown("viommu");

    /// <summary>A device as a virtual IOMMU sees it.</summary>
    public static ObjectKind Vdevice { get; } = WellKnown("vdevice");

    /// <summary>An I/O page fault queue.</summary>
    public static ObjectKind FaultQueue { get; } = WellKnown("fault-queue");

    /// <summary>A vfio device file.</summary>
    public static ObjectKind VfioDevice { get; } = WellKnown("vfio-device");

    /// <summary>The PCI function behind a vfio device; the kernel moves it.</summary>
    public static ObjectKind PciDevice { get; } = WellKnown("pci-device");

    /// <summary>A PCI bridge or port; the kernel moves it.</summary>
    public static ObjectKind PciBridge { get; } = WellKnown("pci-bridge");

    /// <summary>An IOMMU unit; the kernel moves it.</summary>
    public static ObjectKind IommuUnit { get; } = WellKnown("iommu-unit");

    /// <summary>A KVM VM file.</summary>
    public static ObjectKind KvmVm { get; } = WellKnown("kvm-vm");

    /// <summary>A KVM vCPU file.</summary>
    public static ObjectKind KvmVcpu { get; } = WellKnown("kvm-vcpu");

    /// <summary>A dma-buf, for instance of a device's BAR.</summary>
    public static ObjectKind DmaBuf { get; } = WellKnown("dma-buf");

    /// <summary>A file-lifecycle-bound object: a handler's global state; the kernel moves it.</summary>
    public static ObjectKind Flb { get; } = WellKnown("flb");

    /// <summary>Any other file descriptor.</summary>
    public static ObjectKind File { get; } = WellKnown("file");

    /// <summary>A step of the user's own and no kernel call: it is no file and travels in none.</summary>
    public static ObjectKind Act { get; } = WellKnown("act");

    /// <summary>The kinds of the contract, in its order of names.</summary>
    public static IReadOnlyCollection<ObjectKind> WellKnownKinds => WellKnownByName.Values;

    /// <summary>The name that documents use; empty for <c>default</c>, which is no kind.</summary>
    public string Name => _name?.Text ?? "";

    /// <summary>
    /// The place of a well-known kind among <see cref="WellKnownKinds"/>; -1 for every other one.
    /// </summary>
    internal int Number => _name?.Number ?? KindName.Custom;

    /// <summary>Whether it is a kind of the user's own.</summary>
    public bool IsCustom => Name.StartsWith(CustomPrefix, StringComparison.Ordinal);

    /// <summary>
    /// Whether an object of this kind may stand outside every session and every file, since the kernel
    /// moves it by itself: flb, iommu-unit, pci-device, pci-bridge and kinds of the user's own.
    /// </summary>
    public bool MayBeMovedByKernel =>
        IsCustom || this == Flb || this == IommuUnit || this == PciDevice || this == PciBridge;

    /// <summary>A kind of the user's own.</summary>
    /// <exception cref="ArgumentException">
    /// The name does not begin with <c>x-</c> or has nothing after it.
    /// </exception>
    public static ObjectKind Custom(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TryParse(name, out ObjectKind kind) && kind.IsCustom
            ? kind
            : throw new ArgumentException("The name of a kind of your own begins with 'x-'.", nameof(name));
    }

    /// <summary>Reads the name of a well-known kind or of a kind of the user's own.</summary>
    public static bool TryParse(string name, out ObjectKind kind)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (WellKnownByName.TryGetValue(name, out kind))
        {
            return true;
        }

        if (name.Length > CustomPrefix.Length && name.StartsWith(CustomPrefix, StringComparison.Ordinal))
        {
            kind = new ObjectKind(new KindName(name, KindName.Custom));
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static ObjectKind WellKnown(string name)
    {
        ObjectKind kind = new(new KindName(name, WellKnownByName.Count));
        WellKnownByName.Add(name, kind);
        return kind;
    }
}
