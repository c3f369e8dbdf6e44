namespace GraphOrder;

/// <summary>
/// A host with large VMs: per VM 20 objects in one session (256 GiB of sealed memory, an iommufd with two
/// IOASes, three HWPTs and their domains, four devices, the VM and a state memfd), and for the host PCI
/// bridges in three tiers, IOMMU units and two FLBs. 64 VMs, the default, make 1,586 objects and 3,216
/// dependencies, of which 768 come from <c>describes</c>.
/// </summary>
internal static class VmHostShape
{
    private const int SessionsDefault = 64;
    private const int DevicesPerVm = 4;
    private const int SlotsPerRootPort = 16;
    private const long RamBytes = 256L << 30;
    private const long StateBytes = 8L << 20;

    public static SessionSet Make(GeneratorOptions options)
    {
        int vmCount = options.Sessions ?? SessionsDefault;
        DependencyGraphBuilder builder = new();
        HostParts host = AddHost(builder, vmCount);
        for (int vm = 0; vm < vmCount; vm++)
        {
            AddVm(builder, host, vm);
        }

        return builder.BuildSet();
    }

    private static HostParts AddHost(DependencyGraphBuilder builder, int vmCount)
    {
        int slotCount = vmCount * DevicesPerVm;
        int rootCount = (slotCount + SlotsPerRootPort - 1) / SlotsPerRootPort;
        ObjectId[] units = new ObjectId[rootCount];
        ObjectId[] slots = new ObjectId[slotCount];
        builder.AddKernelObject("flb/iommu", ObjectKind.Flb, out ObjectId iommu);
        builder.AddKernelObject("flb/pci", ObjectKind.Flb, out ObjectId pci);
        for (int root = 0; root < rootCount; root++)
        {
            builder.AddKernelObject($"iommu/{root}", ObjectKind.IommuUnit, out units[root]);
            builder.AddKernelObject($"pci/root-{root}", ObjectKind.PciBridge, out ObjectId port);
            builder.AddKernelObject($"pci/switch-{root}", ObjectKind.PciBridge, out ObjectId upstream);
            builder.AddNeed(upstream, port);
            int end = Math.Min((root + 1) * SlotsPerRootPort, slotCount);
            for (int slot = root * SlotsPerRootPort; slot < end; slot++)
            {
                builder.AddKernelObject($"pci/slot-{slot}", ObjectKind.PciBridge, out slots[slot]);
                builder.AddNeed(slots[slot], upstream);
            }
        }

        return new HostParts(iommu, pci, units, slots);
    }

    private static void AddVm(DependencyGraphBuilder builder, HostParts host, int number)
    {
        string vm = $"vm-{number + 1:d2}";
        ObjectFacts ramFacts = new() { Bytes = RamBytes, Seals = Seals.Seal | Seals.Shrink | Seals.Grow };
        builder
            .AddSession(vm, out SessionId session)
            .AddFile(session, $"{vm}/ram", ObjectKind.Memfd, out ObjectId ram, 1, ramFacts)
            .AddFile(session, $"{vm}/iommufd", ObjectKind.Iommufd, out ObjectId iommufd, 2)
            .AddNeed(iommufd, ram)
            .AddNeed(iommufd, host.IommuFlb);
        ObjectId[] hwpts = AddPageTables(builder, vm, ram, iommufd, host.Units[number % host.Units.Length]);

        ObjectFacts stateFacts = new() { Bytes = StateBytes };
        builder
            .AddFile(session, $"{vm}/vm", ObjectKind.KvmVm, out ObjectId kvm, 3)
            .AddNeed(kvm, ram)
            .AddFile(session, $"{vm}/state", ObjectKind.Memfd, out ObjectId state, 4, stateFacts)
            .AddDescription(state, ram)
            .AddDescription(state, iommufd);
        for (int device = 0; device < DevicesPerVm; device++)
        {
            string name = $"{vm}/dev{device}";
            builder
                .AddKernelObject($"{name}/pci", ObjectKind.PciDevice, out ObjectId function)
                .AddNeed(function, host.Slots[number * DevicesPerVm + device])
                .AddFile(session, name, ObjectKind.VfioDevice, out ObjectId vfio, 5 + (ulong)device)
                .AddNeed(vfio, iommufd)
                .AddNeed(vfio, hwpts[device % hwpts.Length])
                .AddNeed(vfio, function)
                .AddNeed(vfio, host.PciFlb)
                .AddDescription(state, vfio);
        }
    }

    // Two address spaces, each with its HWPT and domain, and a nested HWPT on the first.
    private static ObjectId[] AddPageTables(
        DependencyGraphBuilder builder, string vm, ObjectId ram, ObjectId iommufd, ObjectId unit)
    {
        ObjectId[] hwpts = new ObjectId[2];
        for (int i = 0; i < hwpts.Length; i++)
        {
            builder
                .AddObject(iommufd, $"{vm}/ioas{i}", ObjectKind.Ioas, out ObjectId ioas)
                .AddNeed(ioas, ram)
                .AddObject(iommufd, $"{vm}/domain{i}", ObjectKind.IommuDomain, out ObjectId domain)
                .AddNeed(domain, unit)
                .AddObject(iommufd, $"{vm}/hwpt{i}", ObjectKind.Hwpt, out hwpts[i])
                .AddNeed(hwpts[i], ioas)
                .AddNeed(hwpts[i], domain);
        }

        builder
            .AddObject(iommufd, $"{vm}/domain2", ObjectKind.IommuDomain, out ObjectId nestedDomain)
            .AddNeed(nestedDomain, unit)
            .AddObject(iommufd, $"{vm}/nested", ObjectKind.HwptNested, out ObjectId nested)
            .AddNeed(nested, hwpts[0])
            .AddNeed(nested, nestedDomain);
        return hwpts;
    }

    private sealed record HostParts(ObjectId IommuFlb, ObjectId PciFlb, ObjectId[] Units, ObjectId[] Slots);
}
