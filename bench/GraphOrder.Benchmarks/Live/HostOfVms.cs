using System.Text;

namespace GraphOrder.Benchmarks.Live;

/// <summary>
/// A live graph of a host: one session of services with a pool that all guests need, and guests of 40 objects
/// and 100 dependencies each, in files, in what files carry, in what the kernel moves, and across sessions.
/// </summary>
internal sealed class HostOfVms
{
    /// <summary>Objects of a guest.</summary>
    public const int ObjectsPerVm = 40;

    /// <summary>Dependencies of a guest, those of its areas among them.</summary>
    public const int DependenciesPerVm = 100;

    private const int Memfds = 4;
    private const int IoasCount = 2;
    private const int Hwpts = 4;
    private const int Devices = 4;
    private const int Vcpus = 8;
    private const int OtherFiles = 8;

    private readonly ObjectId _pool;
    private readonly ObjectId _unit;
    private readonly byte[] _name = new byte[64];
    private readonly ObjectId[] _memfds = new ObjectId[Memfds];
    private readonly ObjectId[] _ioases = new ObjectId[IoasCount];
    private readonly ObjectId[] _hwpts = new ObjectId[Hwpts];
    private readonly List<SessionId> _vms = [];
    private readonly List<ObjectId[]> _devicesOf = [];
    private ObjectId _iommufd;
    private int _nameLength;
    private ulong _token;
    private int _named;

    public HostOfVms(int vmCount)
    {
        using Change change = Live.BeginChange();
        SessionId services = change.AddSession("services"u8);
        _pool = change.AddFile(services, "services/pool"u8, ObjectKind.File, 1);
        _unit = change.AddKernelObject("unit"u8, ObjectKind.IommuUnit);
        change.TryCommit();
        for (int i = 0; i < vmCount; i++)
        {
            Arrive();
        }
    }

    public LiveDependencyGraph Live { get; } = new(KernelPair.Linux73);

    /// <summary>How many guests there are.</summary>
    public int VmCount => _vms.Count;

    /// <summary>A guest comes.</summary>
    public void Arrive()
    {
        using Change change = Live.BeginChange();
        _named++;
        _token = 0;
        SessionId vm = change.AddSession(Name("vm", _named));
        AddMemory(change, vm);
        AddDevices(change, vm);
        ObjectId kvm = AddFile(change, vm, "kvm", 0, ObjectKind.KvmVm);
        change.AddDependency(kvm, _pool);
        foreach (ObjectId memfd in _memfds)
        {
            change.AddNeed(kvm, memfd);
            change.AddDependency(memfd, _pool);
        }

        for (int i = 0; i < Vcpus; i++)
        {
            change.AddNeed(AddFile(change, vm, "vcpu", i, ObjectKind.KvmVcpu), kvm);
        }

        for (int i = 0; i < OtherFiles; i++)
        {
            ObjectId file = AddFile(change, vm, "file", i, ObjectKind.File);
            foreach (ObjectId memfd in _memfds)
            {
                change.AddDependency(file, memfd);
            }
        }

        Demand(change.TryCommit());
        _vms.Add(vm);
    }

    /// <summary>A guest leaves, by its place among those that are there; the last one takes its
    /// place.</summary>
    public void Leave(int place)
    {
        using Change change = Live.BeginChange();
        change.RemoveSession(_vms[place]);
        for (int i = 0; i < Devices; i++)
        {
            change.RemoveObject(_devicesOf[_vms[place].Index][i]);
        }

        Demand(change.TryCommit());
        _vms[place] = _vms[^1];
        _vms.RemoveAt(_vms.Count - 1);
    }

    /// <summary>The newest guest and the services would need each other, which is refused.</summary>
    public ChangeResult Refuse()
    {
        using Change change = Live.BeginChange();
        change.AddDependency(_pool, _iommufd);
        return change.TryCommit();
    }

    private void AddMemory(Change change, SessionId vm)
    {
        for (int i = 0; i < Memfds; i++)
        {
            _memfds[i] = AddFile(change, vm, "ram", i, ObjectKind.Memfd);
        }

        ObjectId iommufd = AddFile(change, vm, "iommufd", 0, ObjectKind.Iommufd);
        foreach (ObjectId memfd in _memfds)
        {
            change.AddNeed(iommufd, memfd);
        }

        for (int i = 0; i < IoasCount; i++)
        {
            _ioases[i] = change.AddObject(iommufd, Name("ioas", i), ObjectKind.Ioas);
            ulong first = 0;
            foreach (ObjectId memfd in _memfds)
            {
                change.Map(_ioases[i], new IovaRange(first, first + 0xfff_ffff), memfd, 0, Access.ReadWrite);
                first += 0x1000_0000;
            }
        }

        for (int i = 0; i < Hwpts; i++)
        {
            _hwpts[i] = change.AddObject(iommufd, Name("hwpt", i), ObjectKind.Hwpt);
            ObjectId domain = change.AddObject(iommufd, Name("domain", i), ObjectKind.IommuDomain);
            change.AddNeed(_hwpts[i], _ioases[i % IoasCount]);
            change.AddNeed(_hwpts[i], domain);
            foreach (ObjectId memfd in _memfds)
            {
                change.AddNeed(domain, memfd);
            }
        }

        _iommufd = iommufd;
    }

    private void AddDevices(Change change, SessionId vm)
    {
        while (_devicesOf.Count <= vm.Index)
        {
            _devicesOf.Add(new ObjectId[Devices]);
        }

        for (int i = 0; i < Devices; i++)
        {
            ObjectId device = AddFile(change, vm, "vfio", i, ObjectKind.VfioDevice);
            ObjectId function = change.AddKernelObject(Name("pci", i), ObjectKind.PciDevice);
            _devicesOf[vm.Index][i] = function;
            change.AddNeed(device, _iommufd);
            change.AddNeed(device, _hwpts[i]);
            change.AddNeed(device, function);
            if (i > 0)
            {
                change.AddDependency(function, _unit);
            }
        }
    }

    private ObjectId AddFile(Change change, SessionId vm, string what, int number, ObjectKind kind) =>
        change.AddFile(vm, Name(what, number), kind, ++_token);

    private ReadOnlySpan<byte> Name(string what, int number)
    {
        _nameLength = Encoding.UTF8.GetBytes("vm-", _name);
        _named.TryFormat(_name.AsSpan(_nameLength), out int written, default, null);
        _nameLength += written;
        _name[_nameLength++] = (byte)'/';
        _nameLength += Encoding.UTF8.GetBytes(what, _name.AsSpan(_nameLength));
        number.TryFormat(_name.AsSpan(_nameLength), out written, default, null);
        return _name.AsSpan(0, _nameLength + written);
    }

    private static void Demand(ChangeResult result)
    {
        if (!result.IsCommitted)
        {
            throw new InvalidOperationException($"The host is not legal: {result.Diagnostics[0].Code}.");
        }
    }
}
