using System.Globalization;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Makes a set of what the processes of a host hold: a session a process, unless it holds sessions already. A
/// memfd that several processes hold is one object, of the process that runs a virtual machine or has the
/// lowest number; so dependencies between sessions never form a cycle. Not thread-safe.
/// </summary>
internal sealed class HostReader(HostFiles files, ISystemCalls calls)
{
    private const long KibiByte = 1024;

    private readonly ImportedSet _set = new("host");
    private readonly Dictionary<string, HostFile> _byInode = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byNumber = new(StringComparer.Ordinal);
    private readonly HashSet<string> _homes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sessions = new(StringComparer.Ordinal);

    /// <summary>Looks at the host.</summary>
    public ImportedSet Read(CancellationToken cancellation)
    {
        _set.Empty = (
            "This host", "No process holds a memfd, an iommufd, a vfio device or a KVM machine");
        ReadFacts();
        List<HostProcess> processes = new HostProcesses(files, calls, _set).Read(cancellation);
        processes.Sort((left, right) =>
            (!left.RunsMachine, left.Id).CompareTo((!right.RunsMachine, right.Id)));
        foreach (string inode in processes.SelectMany(process => process.Mapped.Keys))
        {
            _byNumber.TryAdd(inode[(inode.LastIndexOf(':') + 1)..], inode);
        }

        HostDevices devices = new(files, _set);
        foreach (HostProcess process in processes)
        {
            AddObjects(process, devices);
        }

        foreach (HostProcess process in processes)
        {
            AddSessions(process);
            AddDependencies(process);
        }

        OrderSessions();
        TellOfMapped(processes);
        return _set;
    }

    private void ReadFacts()
    {
        string? release = files.Line("proc/sys/kernel/osrelease");
        _set.Extras.Add(new("x-kernelRelease", release ?? "unknown"));
        string version = (release ?? "").Split('-', '+')[0];
        _set.Kernel = KernelProfile.Find(version) is null ? null : version;
        bool hasDevice = files.Exists(LiveUpdateAbi.DevicePath.TrimStart('/'));
        _set.Extras.Add(new("x-liveUpdateDevice", hasDevice ? "present" : "absent"));
        const string label = "MemAvailable:";
        string? free = files.Lines("proc/meminfo")?.Find(line =>
            line.StartsWith(label, StringComparison.Ordinal));
        string digits = free is null ? ""
            : free[label.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
        if (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            && count < 1L << 43)
        {
            _set.FreeBytes = count * KibiByte;
        }
    }

    private void AddObjects(HostProcess process, HostDevices devices)
    {
        foreach (HostFile file in process.Files)
        {
            string? inode = Resolved(file.Inode);
            if (inode is not null && !_byInode.TryAdd(inode, file))
            {
                file.Object = _byInode[inode].Object;
                continue;
            }

            string name = HostLink.NameOf(file.Link, file.Descriptor);
            _homes.Add(process.Session);
            ImportedObject made = new(_set.FreeId($"{process.Session}/{name}"), file.Kind)
            {
                Session = process.Session,
                Bytes = file.Bytes,
                Seals = file.Seals,
                Inode = inode,
            };
            made.Extras.Add(new("x-descriptor", file.Descriptor));
            if (file.AllocatedBytes is { } allocated)
            {
                made.Extras.Add(new("x-allocatedBytes", allocated));
            }

            file.Object = made;
            _set.Objects.Add(made);
            if (file.Kind == ObjectKind.VfioDevice)
            {
                devices.Add(made, Path.GetFileName(file.Link));
            }
        }

        Infer(process);
    }

    // Where only the number of an inode is known, a mapping of it tells the device.
    private string? Resolved(string? inode)
    {
        const string unknown = "memfd:";
        return inode is not null && inode.StartsWith(unknown, StringComparison.Ordinal)
            && _byNumber.TryGetValue(inode[unknown.Length..], out string? known)
                ? known
                : inode;
    }

    // What nobody tells: which memory an iommufd maps, and which of several files of a kind is meant.
    private void Infer(HostProcess process)
    {
        foreach (HostFile file in process.Files)
        {
            ImportedObject made = file.Object!;
            if (made.Session != process.Session)
            {
                continue;
            }

            if (file.Kind == ObjectKind.Iommufd)
            {
                AddNeeds(process, made, ObjectKind.Memfd,
                    "needs the memfds of its process: what it maps is not told");
                _set.NotSeen.Add($"the address spaces of {made.Id}");
            }
            else if (file.Kind == ObjectKind.VfioDevice)
            {
                AddOnly(process, made, ObjectKind.Iommufd);
            }
            else if (file.Kind == ObjectKind.KvmVcpu || file.Kind == ObjectKind.GuestMemfd)
            {
                AddOnly(process, made, ObjectKind.KvmVm);
            }
        }
    }

    private static void AddNeeds(HostProcess process, ImportedObject made, ObjectKind kind, string why)
    {
        string[] needs = [.. process.Files.Where(file => file.Kind == kind
            && file.Object!.Session == process.Session)
            .Select(file => file.Object!.Id).Distinct()];
        if (needs.Length > 0)
        {
            made.Needs.AddRange(needs);
            made.Extras.Add(new("x-inferred", why));
        }
    }

    private void AddOnly(HostProcess process, ImportedObject made, ObjectKind kind)
    {
        int count = process.Files.Count(file => file.Kind == kind);
        if (count == 1)
        {
            AddNeeds(process, made, kind, $"needs the only {kind.Name} of its process");
        }
        else
        {
            _set.NotSeen.Add($"which {kind.Name} {made.Id} needs: its process has {count}");
        }
    }

    private void AddSessions(HostProcess process)
    {
        foreach (string name in process.Sessions)
        {
            if (!_sessions.Add(name))
            {
                continue;
            }

            ImportedSession held = new(name) { IsCreated = true };
            held.Extras.Add(new("x-heldBy", process.ToString()));
            _set.Sessions.Add(held);
            _set.NotSeen.Add($"what session '{name}' has preserved");
        }

        if (_homes.Contains(process.Session) && _sessions.Add(process.Session))
        {
            ImportedSession made = new(process.Session);
            made.Extras.Add(new("x-inferred", $"one session for {process}, which holds none"));
            _set.Sessions.Add(made);
        }
    }

    // What the kernel has comes first in a set; in which order, only its creators know.
    private void OrderSessions()
    {
        List<ImportedSession> held = _set.Sessions.FindAll(session => session.IsCreated);
        _set.Sessions.RemoveAll(session => session.IsCreated);
        _set.Sessions.InsertRange(0, held);
        if (held.Count > 1)
        {
            _set.NotSeen.Add("in which order the sessions that are held were created");
        }
    }

    private void AddDependencies(HostProcess process)
    {
        foreach (ImportedObject shared in process.Files.Select(file => file.Object!)
            .Where(found => found.Session != process.Session).Distinct())
        {
            int at = shared.Extras.FindIndex(extra => extra.Name == "x-sharedWith");
            if (at < 0)
            {
                shared.Extras.Add(new("x-sharedWith", [process.ToString()]));
            }
            else
            {
                shared.Extras[at] = new("x-sharedWith", shared.Extras[at].List.Add(process.ToString()));
            }

            if (_homes.Contains(process.Session))
            {
                _set.Dependencies.Add(new(
                    $"session:{process.Session}", shared.Id, $"{process} holds inode {shared.Inode} too")
                {
                    Phases = [Phase.Retrieve, Phase.Finish],
                });
            }
        }
    }

    // Memory that a process maps and no process has open: nobody can preserve it.
    private void TellOfMapped(List<HostProcess> processes)
    {
        HashSet<string> told = new(StringComparer.Ordinal);
        foreach (HostProcess process in processes)
        {
            foreach ((string inode, string name) in process.Mapped)
            {
                if (!_byInode.ContainsKey(inode) && told.Add(inode))
                {
                    _set.NotSeen.Add(
                        $"a descriptor of memfd '{name}', which {process} maps and nobody has open");
                }
            }
        }
    }
}
