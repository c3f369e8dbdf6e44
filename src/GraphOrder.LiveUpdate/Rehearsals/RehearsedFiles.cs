namespace GraphOrder.LiveUpdate;

/// <summary>The files of a set, made in a simulated process; what they hold of one another as the set tells
/// it.
/// </summary>
internal sealed class RehearsedFiles
{
    private readonly DependencyGraph _graph;
    private readonly SimulatedProcess _process;
    private readonly int[] _descriptors;

    /// <summary>Makes them.</summary>
    /// <param name="graph">The set.</param>
    /// <param name="process">Whose descriptors they are.</param>
    /// <param name="isPosted">Whether an iommufd has its areas and a device its iommufd.</param>
    public RehearsedFiles(DependencyGraph graph, SimulatedProcess process, bool isPosted)
    {
        _graph = graph;
        _process = process;
        _descriptors = new int[graph.ObjectCount];
        Array.Fill(_descriptors, -1);
        MakeAll(isPosted, static kind => kind != ObjectKind.GuestMemfd && kind != ObjectKind.KvmVcpu);
        MakeAll(isPosted, static kind => kind == ObjectKind.GuestMemfd || kind == ObjectKind.KvmVcpu);
        for (int i = 0; isPosted && i < graph.ObjectCount; i++)
        {
            FillIommufd(new ObjectId(i));
        }

        for (int i = 0; isPosted && i < graph.ObjectCount; i++)
        {
            AttachDevice(new ObjectId(i));
        }
    }

    /// <summary>The descriptor of a file.</summary>
    public int this[int file] => _descriptors[file];

    private void MakeAll(bool isPosted, Predicate<ObjectKind> isMeant)
    {
        for (int i = 0; i < _graph.ObjectCount; i++)
        {
            PreservedObject file = _graph[new ObjectId(i)];
            if (file.IsFile && isMeant(file.Kind))
            {
                _descriptors[i] = Make(new ObjectId(i), file, isPosted);
            }
        }
    }

    private int Make(ObjectId id, PreservedObject file, bool isPosted)
    {
        if (file.Kind == ObjectKind.Memfd)
        {
            int memory = _process.CreateMemory("rehearsed"u8, MemoryModes.AllowSealing).Descriptor;
            _ = _process.SetLength(memory, file.Facts.Bytes ?? 0);
            _ = _process.AddSeals(memory, file.Facts.Seals ?? Seals.None);
            return memory;
        }

        bool isPart = isPosted && (file.Kind == ObjectKind.GuestMemfd || file.Kind == ObjectKind.KvmVcpu);
        int machine = isPart ? OtherOf(id, ObjectKind.KvmVm) : -1;
        return machine >= 0
            ? _process.CreatePart(file.Kind, _descriptors[machine]).Descriptor
            : _process.CreateFile(file.Kind, _graph.Set.NameOf(id)).Descriptor;
    }

    // One table over each address space, marked; the areas as the set has them.
    private void FillIommufd(ObjectId id)
    {
        if (_graph[id].Kind != ObjectKind.Ioas || _graph.FileOf(id) is not { } file
            || _graph[file].Kind != ObjectKind.Iommufd)
        {
            return;
        }

        int iommufd = _descriptors[file.Index];
        long space = _process.CreateSpace(iommufd).Value;
        foreach (IoasArea area in _graph[id].Facts.Areas)
        {
            int memory = _graph.FileOf(area.File) is { } owner ? _descriptors[owner.Index] : -1;
            _ = _process.Map(iommufd, space, memory);
        }

        long table = _process.CreateTable(iommufd, space).Value;
        _ = _process.Mark(iommufd, table, (ulong)id.Index);
    }

    private void AttachDevice(ObjectId id)
    {
        if (_graph[id] is not { IsFile: true } device || device.Kind != ObjectKind.VfioDevice)
        {
            return;
        }

        int iommufd = OtherOf(id, ObjectKind.Iommufd);
        if (iommufd >= 0)
        {
            _ = _process.Attach(_descriptors[id.Index], _descriptors[iommufd], 0);
        }
    }

    // What the set says that it needs of this kind, or what its session has of it; -1 for none.
    private int OtherOf(ObjectId id, ObjectKind kind)
    {
        foreach (Dependency dependency in _graph.DependenciesOf(id))
        {
            if (!dependency.On.IsSession && _graph.FileOf(dependency.On.ObjectId) is { } file
                && _graph[file].Kind == kind)
            {
                return file.Index;
            }
        }

        for (int i = 0; i < _graph.ObjectCount; i++)
        {
            PreservedObject other = _graph[new ObjectId(i)];
            if (other.Kind == kind && other.Session == _graph[id].Session)
            {
                return i;
            }
        }

        return -1;
    }
}
