namespace GraphOrder;

/// <summary>
/// One huge VM: four memfds of 480 GiB, one iommufd with one IOAS, two HWPTs and their domains, 32 devices
/// (8 GPUs, 12 NIC functions, 4 switches, 8 drives), a VM with 224 vCPUs, and 20 dma-bufs of GPU and NIC
/// memory that the IOAS maps, so that devices reach one another: 370 objects and 557 dependencies. The
/// dma-bufs close a cycle (IOAS → dma-buf → device → HWPT → IOAS), so the set is refused unless they are
/// unmapped first, which leaves 350 objects and 517 dependencies.
/// </summary>
internal static class GpuVmShape
{
    private const int RamCount = 4;
    private const int DeviceCount = 32;
    private const int PeerCount = 20;
    private const int RootPortCount = 8;
    private const int VcpuCount = 224;
    private const long RamBytes = 480L << 30;

    public static SessionSet Make(GeneratorOptions options)
    {
        DependencyGraphBuilder builder = new();
        builder
            .AddKernelObject("flb/iommu", ObjectKind.Flb, out ObjectId iommuFlb)
            .AddKernelObject("flb/pci", ObjectKind.Flb, out ObjectId pciFlb)
            .AddSession("gpu-vm", out SessionId session)
            .AddFile(session, "iommufd", ObjectKind.Iommufd, out ObjectId iommufd)
            .AddNeed(iommufd, iommuFlb)
            .AddObject(iommufd, "ioas", ObjectKind.Ioas, out ObjectId ioas)
            .AddFile(session, "vm", ObjectKind.KvmVm, out ObjectId vm);
        AddMemory(builder, session, iommufd, ioas, vm);
        ObjectId[] hwpts = AddPageTables(builder, iommufd, ioas);
        builder
            .AddFile(session, "state", ObjectKind.Memfd, out ObjectId state)
            .AddDescription(state, iommufd)
            .AddDescription(state, vm);

        ObjectId[] slots = AddBridges(builder);
        for (int i = 0; i < DeviceCount; i++)
        {
            builder
                .AddKernelObject($"{Name(i)}/pci", ObjectKind.PciDevice, out ObjectId function)
                .AddNeed(function, slots[i])
                .AddFile(session, Name(i), ObjectKind.VfioDevice, out ObjectId device)
                .AddNeed(device, iommufd)
                .AddNeed(device, hwpts[i % hwpts.Length])
                .AddNeed(device, function)
                .AddNeed(device, pciFlb)
                .AddDescription(state, device);
            if (i < PeerCount && !options.UnmapPeerToPeer)
            {
                builder
                    .AddObject(device, $"{Name(i)}/bar", ObjectKind.DmaBuf, out ObjectId memory)
                    .AddNeed(memory, device)
                    .AddNeed(ioas, memory);
            }
        }

        for (int i = 0; i < VcpuCount; i++)
        {
            builder.AddFile(session, $"vcpu{i}", ObjectKind.KvmVcpu, out ObjectId vcpu).AddNeed(vcpu, vm);
        }

        return builder.BuildSet();
    }

    private static string Name(int device) => device switch
    {
        < 8 => $"gpu{device}",
        < 20 => $"nic{device - 8}",
        < 24 => $"switch{device - 20}",
        _ => $"nvme{device - 24}",
    };

    private static void AddMemory(
        DependencyGraphBuilder builder, SessionId session, ObjectId iommufd, ObjectId ioas, ObjectId vm)
    {
        ObjectFacts facts = new() { Bytes = RamBytes, Seals = Seals.Seal | Seals.Shrink | Seals.Grow };
        for (int i = 0; i < RamCount; i++)
        {
            builder
                .AddFile(session, $"ram{i}", ObjectKind.Memfd, out ObjectId ram, facts: facts)
                .AddNeed(ioas, ram)
                .AddNeed(iommufd, ram)
                .AddNeed(vm, ram);
        }
    }

    private static ObjectId[] AddPageTables(DependencyGraphBuilder builder, ObjectId iommufd, ObjectId ioas)
    {
        ObjectId[] hwpts = new ObjectId[2];
        ObjectId[] units = new ObjectId[RootPortCount];
        for (int i = 0; i < units.Length; i++)
        {
            builder.AddKernelObject($"iommu/{i}", ObjectKind.IommuUnit, out units[i]);
        }

        for (int i = 0; i < hwpts.Length; i++)
        {
            builder
                .AddObject(iommufd, $"domain{i}", ObjectKind.IommuDomain, out ObjectId domain)
                .AddObject(iommufd, $"hwpt{i}", ObjectKind.Hwpt, out hwpts[i])
                .AddNeed(hwpts[i], ioas)
                .AddNeed(hwpts[i], domain);
            foreach (ObjectId unit in units)
            {
                builder.AddNeed(domain, unit);
            }
        }

        return hwpts;
    }

    // 8 root ports with four slots each.
    private static ObjectId[] AddBridges(DependencyGraphBuilder builder)
    {
        ObjectId[] slots = new ObjectId[DeviceCount];
        for (int root = 0; root < RootPortCount; root++)
        {
            builder.AddKernelObject($"pci/root-{root}", ObjectKind.PciBridge, out ObjectId port);
            for (int slot = root; slot < DeviceCount; slot += RootPortCount)
            {
                builder.AddKernelObject($"pci/slot-{slot}", ObjectKind.PciBridge, out slots[slot]).AddNeed(
                    slots[slot], port);
            }
        }

        return slots;
    }
}
