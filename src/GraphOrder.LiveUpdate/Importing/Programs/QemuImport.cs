namespace GraphOrder.LiveUpdate;

/// <summary>
/// Makes a session set of the command line of a QEMU, as far as it tells memory and devices: memfd back ends,
/// iommufds, vfio devices. Thread-safe.
/// </summary>
public static class QemuImport
{
    /// <summary>Reads a command line: ended by NUL, as /proc/PID/cmdline, or as a shell reads it.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImportResult Read(ImportSource source, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ImportedSet.Make(() => Make(source), cancellation);
    }

    private static ImportedSet Make(ImportSource source)
    {
        List<string> words = QemuWords.Split(source.Name, ImportText.ReadAll(source));
        List<(string Name, string Value)> options = [];
        for (int i = 0; i < words.Count; i++)
        {
            if (words[i].StartsWith('-'))
            {
                string name = words[i].TrimStart('-');
                bool hasValue = i + 1 < words.Count && !words[i + 1].StartsWith('-');
                options.Add((name, hasValue ? words[++i] : ""));
            }
        }

        if (options.Count == 0)
        {
            throw ImportException.Unexpected(source.Name, new(1, 1), "no option", "a command line of QEMU");
        }

        ImportedSet set = new("qemu")
        {
            Empty = ("The command line", "It names no memfd, iommufd or vfio device"),
        };
        QemuOption? named = Options(source, options, "name", "guest").LastOrDefault();
        VirtualMachine machine = new(
            set, named?.Find("guest") ?? (named is { Type.Length: > 0 } ? named.Type : "qemu"));
        QemuOption[] objects = [.. Options(source, options, "object", "qom-type")];
        bool hasMemory = AddMemory(source, machine, objects);
        if (!hasMemory)
        {
            set.NotSeen.Add("the memory of the guest: no back end of it is a memfd, so no file carries it");
        }

        Dictionary<string, string> iommufds = new(StringComparer.Ordinal);
        foreach (QemuOption found in objects.Where(found => found.Type == "iommufd"))
        {
            string name = found.Find("id") ?? "iommufd";
            iommufds[name] = machine.AddIommufd(name);
        }

        AddDevices(machine, [.. Options(source, options, "device", "driver")], iommufds);
        bool isKvm = options.Exists(option => option.Name == "enable-kvm")
            || Options(source, options, "accel", "accel").Any(found => found.Type == "kvm")
            || Options(source, options, "machine", "type").Any(found => found.Find("accel") is "kvm")
            || Options(source, options, "M", "type").Any(found => found.Find("accel") is "kvm");
        if (isKvm)
        {
            machine.AddMachine();
        }

        if (options.Exists(option => option.Value.Contains("vhost-user", StringComparison.Ordinal)))
        {
            set.NotSeen.Add("the processes of vhost-user back ends, which share the memory of the guest");
        }

        return set;
    }

    private static IEnumerable<QemuOption> Options(
        ImportSource source, List<(string Name, string Value)> options, string name, string typeMember) =>
        options.Where(option => option.Name == name && option.Value.Length > 0)
            .Select(option => QemuOption.Read(source.Name, option.Value, typeMember));

    private static bool AddMemory(ImportSource source, VirtualMachine machine, QemuOption[] objects)
    {
        bool hasMemory = false;
        foreach (QemuOption found in objects.Where(
            found => found.Type.StartsWith("memory-backend-", StringComparison.Ordinal)))
        {
            string name = found.Find("id") ?? "memory";
            if (found.Type != "memory-backend-memfd")
            {
                machine.Set.NotSeen.Add($"a memfd behind {ImportLines.Quoted(name)}: it is a {found.Type}");
                continue;
            }

            string size = found.Find("size") ?? "";
            if (!QemuOption.TrySize(size, 0, out ulong bytes))
            {
                throw ImportException.Unexpected(
                    source.Name,
                    default,
                    $"size {ImportLines.Quoted(size)} of memory back end {ImportLines.Quoted(name)}",
                    "a size, as 4G");
            }

            Seals seals = found.IsOn("seal", otherwise: true) ? Seals.Seal | Seals.Shrink | Seals.Grow
                : Seals.None;
            machine.AddMemory(
                name, bytes, found.IsOn("hugetlb", otherwise: false), seals,
                    "seals as QEMU sets them by 'seal'");
            hasMemory = true;
        }

        return hasMemory;
    }

    private static void AddDevices(
        VirtualMachine machine, QemuOption[] devices, Dictionary<string, string> iommufds)
    {
        foreach (QemuOption found in devices.Where(found => found.Type is "vfio-pci" or "vfio-pci-nohotplug"))
        {
            string? function = found.Find("host") ?? (found.Find("sysfsdev") is { } path
                ? Path.GetFileName(path.TrimEnd('/'))
                : null);
            const int shortLength = 7;
            function = function?.Length == shortLength ? $"0000:{function}" : function;
            string? iommufd = found.Find("iommufd") is { } name ? iommufds.GetValueOrDefault(name) : null;
            machine.AddDevice(found.Find("id") ?? function ?? "vfio", function, iommufd);
        }
    }
}
