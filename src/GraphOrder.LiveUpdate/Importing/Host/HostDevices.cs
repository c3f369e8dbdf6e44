namespace GraphOrder.LiveUpdate;

/// <summary>
/// The PCI functions behind vfio devices, and the bridges above them, from sysfs. Not thread-safe.
/// </summary>
internal sealed class HostDevices(HostFiles files, ImportedSet set)
{
    private const int AddressLength = 12;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Lets a vfio device need its function, and that its bridges.</summary>
    public void Add(ImportedObject device, string vfioName)
    {
        if (files.Link($"sys/class/vfio-dev/{vfioName}") is not { } link
            || Addresses(link) is not { Count: > 0 } path)
        {
            set.NotSeen.Add($"the PCI function behind {device.Id}");
            return;
        }

        string function = path[^1];
        device.Needs.Add($"pci/{function}");
        if (files.Link($"sys/bus/pci/devices/{function}/iommu_group") is { } group)
        {
            device.Extras.Add(new("x-iommuGroup", Path.GetFileName(group)));
        }

        for (int i = path.Count - 1; i >= 0; i--)
        {
            string id = $"pci/{path[i]}";
            if (!_known.Add(id))
            {
                break;
            }

            ImportedObject found = new(id, i == path.Count - 1 ? ObjectKind.PciDevice : ObjectKind.PciBridge);
            if (i > 0)
            {
                found.Needs.Add($"pci/{path[i - 1]}");
            }

            set.Objects.Add(found);
        }
    }

    // ../../devices/pci0000:00/0000:00:01.0/0000:01:00.0/vfio-dev/vfio0: from the root port down.
    private static List<string> Addresses(string link) =>
        [.. link.Split('/').Where(part => part.Length == AddressLength && part[4] == ':' && part[7] == ':'
            && part[10] == '.')];
}
