namespace GraphOrder.LiveUpdate;

/// <summary>
/// A virtual machine as its configuration tells it: memory, devices and one iommufd or none, in one session.
/// What configurations do not tell stands under <c>x-notSeen</c>. Not thread-safe.
/// </summary>
internal sealed class VirtualMachine
{
    private readonly string _session;
    private readonly List<string> _memory = [];
    private readonly HashSet<string> _functions = new(StringComparer.Ordinal);

    public VirtualMachine(ImportedSet set, string name)
    {
        Set = set;
        string clean = HostLink.Clean(name);
        _session = clean.Length > 0 ? clean : "vm";
        ImportedSession session = new(_session);
        session.Extras.Add(new("x-inferred", "one session for the machine"));
        set.Sessions.Add(session);
    }

    public ImportedSet Set { get; }

    /// <summary>Adds memory of the guest.</summary>
    public void AddMemory(string name, ulong bytes, bool isHuge, Seals? seals, string inferred)
    {
        ImportedObject made = Add(name, isHuge ? ObjectKind.MemfdHugetlb : ObjectKind.Memfd);
        made.Bytes = (long)bytes;
        made.Seals = seals;
        made.Extras.Add(new("x-inferred", inferred));
        _memory.Add(made.Id);
    }

    /// <summary>Adds an iommufd, which maps all memory of the guest.</summary>
    public string AddIommufd(string name)
    {
        ImportedObject made = Add(name, ObjectKind.Iommufd);
        made.Needs.AddRange(_memory);
        made.Extras.Add(new("x-inferred", "needs all memory of the guest, which a vfio device can reach"));
        return made.Id;
    }

    /// <summary>Adds a device.</summary>
    public void AddDevice(string name, string? function, string? iommufd)
    {
        ImportedObject made = Add(name, ObjectKind.VfioDevice);
        if (iommufd is null)
        {
            Set.NotSeen.Add($"the iommufd of {made.Id}: it is not said to have one");
        }
        else
        {
            made.Needs.Add(iommufd);
        }

        if (function is null)
        {
            Set.NotSeen.Add($"the PCI function behind {made.Id}");
            return;
        }

        string id = $"pci/{function}";
        made.Needs.Add(id);
        if (_functions.Add(id))
        {
            Set.Objects.Add(new(id, ObjectKind.PciDevice));
        }
    }

    /// <summary>Adds the file of the machine itself.</summary>
    public void AddMachine()
    {
        ImportedObject made = Add("vm", ObjectKind.KvmVm);
        made.Needs.AddRange(_memory);
        made.Extras.Add(new("x-inferred", "needs all memory of the guest, which is in its slots"));
    }

    private ImportedObject Add(string name, ObjectKind kind)
    {
        string clean = HostLink.Clean(name);
        string id = Set.FreeId($"{_session}/{(clean.Length > 0 ? clean : kind.Name)}");
        ImportedObject made = new(id, kind) { Session = _session };
        Set.Objects.Add(made);
        return made;
    }
}
