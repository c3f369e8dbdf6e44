using System.Globalization;
using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>Looks at the processes of a host. Not thread-safe.</summary>
internal sealed class HostProcesses
{
    private readonly HostFiles _files;
    private readonly ISystemCalls _calls;
    private readonly ImportedSet _set;
    private readonly ulong? _memoryDevice;

    public HostProcesses(HostFiles files, ISystemCalls calls, ImportedSet set)
    {
        _files = files;
        _calls = calls;
        _set = set;
        _memoryDevice = files.IsMachine ? DeviceOfMemory() : null;
    }

    /// <summary>All processes that hold something worth telling, by number.</summary>
    public List<HostProcess> Read(CancellationToken cancellation)
    {
        List<HostProcess> found = [];
        int self = _files.IsMachine ? Environment.ProcessId : -1;
        foreach (int id in _files.Numbers("proc") ?? [])
        {
            cancellation.ThrowIfCancellationRequested();
            if (id != self && ReadOne(id) is { } process)
            {
                found.Add(process);
            }
        }

        return found;
    }

    private HostProcess? ReadOne(int id)
    {
        string folder = $"proc/{id}";
        if (_files.Line($"{folder}/comm") is not { } name)
        {
            return null;
        }

        HostProcess process = new(id, HostLink.Clean(name) is { Length: > 0 } clean ? clean : "process");
        if (_files.Numbers($"{folder}/fd") is not { } descriptors)
        {
            // A thread of the kernel has no command line, and no files.
            if (_files.Line($"{folder}/cmdline") is { Length: > 0 })
            {
                _set.NotSeen.Add($"the files of {process}");
            }

            return null;
        }

        ReadMappings(process, folder);
        foreach (int descriptor in descriptors)
        {
            if (_files.Link($"{folder}/fd/{descriptor}") is { } link)
            {
                Look(process, folder, descriptor, link);
            }
        }

        return process.Files.Count + process.Sessions.Count + process.Mapped.Count == 0 ? null : process;
    }

    private void Look(HostProcess process, string folder, int descriptor, string link)
    {
        if (HostLink.SessionOf(link) is { } session)
        {
            process.Sessions.Add(session);
        }
        else if (link == LiveUpdateAbi.DevicePath)
        {
            _set.Extras.Add(new("x-liveUpdateHolder", process.ToString()));
        }
        else if (HostLink.Remark(link) is { } remark)
        {
            _set.NotSeen.Add($"what is behind descriptor {descriptor} of {process}: {remark}");
        }
        else if (HostLink.KindOf(link) is { } kind)
        {
            process.Files.Add(kind == ObjectKind.Memfd
                ? Memfd(process, folder, descriptor, link)
                : new(process, descriptor, link, kind));
        }
    }

    // A line of maps: range, access, offset, device, inode, and the name.
    private void ReadMappings(HostProcess process, string folder)
    {
        const int fieldsMax = 6;
        string place = $"{folder}/maps";
        List<string>? lines = _files.Lines(place);
        if (lines is null && _files.Exists(place))
        {
            _set.NotSeen.Add($"what {process} maps");
        }

        foreach (string line in lines ?? [])
        {
            string[] fields = line.Split(' ', fieldsMax, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == fieldsMax && fields[5].StartsWith("/memfd:", StringComparison.Ordinal)
                && Device(fields[3]) is { } device)
            {
                process.Mapped.TryAdd($"{device}:{fields[4]}", HostLink.NameOf(fields[5], 0));
            }
        }
    }

    private static string? Device(string text)
    {
        string[] parts = text.Split(':');
        return parts.Length == 2
            && uint.TryParse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint major)
            && uint.TryParse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint minor)
            ? $"{major}:{minor}"
            : null;
    }

    private HostFile Memfd(HostProcess process, string folder, int descriptor, string link)
    {
        HostFile file = new(process, descriptor, link, ObjectKind.Memfd);
        if (_files.IsMachine && Ask(file, $"/{folder}/fd/{descriptor}") is { } asked)
        {
            return asked;
        }

        _set.NotSeen.Add($"size and seals of descriptor {descriptor} of {process}");
        string? number = _files.Lines($"{folder}/fdinfo/{descriptor}")?
            .Find(line => line.StartsWith("ino:", StringComparison.Ordinal))?["ino:".Length..].Trim();
        bool isNumber = ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture,
            out ulong inode);
        return file with { Inode = isNumber ? $"memfd:{inode}" : null };
    }

    // First a descriptor that opens nothing. Only when its link says that it is a memfd still is it
    // opened, by that link: whatever the process does with the number meanwhile, nothing else is ever
    // opened.
    private HostFile? Ask(HostFile file, string path)
    {
        CallResult named = _calls.Open(
            Encoding.UTF8.GetBytes(path), OpenModes.PathOnly | OpenModes.CloseOnExec);
        if (!named.IsDone)
        {
            return null;
        }

        try
        {
            if (_calls.Link(named.Descriptor) != file.Link
                || !_calls.Status(named.Descriptor, out FileStatus status).IsDone)
            {
                return null;
            }

            return file with
            {
                Kind = status.Device == _memoryDevice ? ObjectKind.Memfd : ObjectKind.MemfdHugetlb,
                Inode = $"{status.Device >> 32}:{status.Device & uint.MaxValue}:{status.Inode}",
                Bytes = status.Bytes,
                AllocatedBytes = status.AllocatedBytes,
                Seals = SealsOf(named.Descriptor),
            };
        }
        finally
        {
            _calls.Close(named.Descriptor);
        }
    }

    private Seals? SealsOf(int named)
    {
        CallResult opened = _calls.Open(
            Encoding.ASCII.GetBytes($"/proc/self/fd/{named}"), OpenModes.ReadOnly | OpenModes.CloseOnExec);
        if (!opened.IsDone)
        {
            return null;
        }

        CallResult seals = _calls.GetSeals(opened.Descriptor);
        _calls.Close(opened.Descriptor);
        return seals.IsDone && seals.Value < 1 << 6 ? (Seals)seals.Value : null;
    }

    // All memfds on ordinary pages have one device; one of another is on huge pages.
    private ulong? DeviceOfMemory()
    {
        CallResult made = _calls.CreateMemory("graph-order"u8, MemoryModes.CloseOnExec);
        if (!made.IsDone)
        {
            return null;
        }

        bool isDone = _calls.Status(made.Descriptor, out FileStatus status).IsDone;
        _calls.Close(made.Descriptor);
        return isDone ? status.Device : null;
    }
}
