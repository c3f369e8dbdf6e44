namespace GraphOrder.LiveUpdate;

/// <summary>
/// Makes a session set of the configuration of a Cloud Hypervisor machine (VmConfig of its API, or the
/// answer of <c>vm.info</c> around it), as far as it tells memory and devices. Thread-safe.
/// </summary>
public static class CloudHypervisorImport
{
    private const ulong BytesMax = (1UL << 53) - 1;

    /// <summary>Reads a configuration.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImportResult Read(ImportSource source, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ImportedSet.Make(() => Make(source), cancellation);
    }

    private static ImportedSet Make(ImportSource source)
    {
        ImportJson root = ImportJson.Read(source.Name, ImportText.ReadAll(source));
        ImportJson config = root.Find("config") ?? root;
        ImportJson memory = config.Get("memory");
        ImportedSet set = new("cloud-hypervisor");
        VirtualMachine machine = new(set, config.Find("platform")?.Find("uuid")?.Text()
            ?? "cloud-hypervisor");
        ImportJson[] zones = [.. memory.Find("zones")?.Entries() ?? []];
        foreach (ImportJson zone in zones)
        {
            AddMemory(machine, zone, zone.Get("id").Text());
        }

        if (zones.Length == 0)
        {
            AddMemory(machine, memory, "ram");
        }

        foreach (ImportJson device in config.Find("devices")?.Entries() ?? [])
        {
            string path = device.Get("path").Text();
            string function = Path.GetFileName(path.TrimEnd('/'));
            string name = device.Find("id")?.Text() ?? function;
            machine.AddDevice(name, IsFunction(function) ? function : null, null);
        }

        machine.AddMachine();
        IEnumerable<ImportJson> backEnds =
            [.. config.Find("net")?.Entries() ?? [], .. config.Find("disks")?.Entries() ?? []];
        bool sharesMemory = backEnds
            .Any(found => found.Find("vhost_user") is { } shares && shares.IsTrue())
            || config.Find("fs")?.Entries().Any() == true;
        if (sharesMemory)
        {
            set.NotSeen.Add("the processes of vhost-user back ends, which share the memory of the guest");
        }

        return set;
    }

    // Memory that is shared or on huge pages is a memfd; what is neither has no file.
    private static void AddMemory(VirtualMachine machine, ImportJson memory, string name)
    {
        ImportJson size = memory.Get("size");
        ulong bytes = size.Number() <= BytesMax
            ? size.Number()
            : throw size.Unexpected($"{size.Number()}", $"at most {BytesMax} bytes");
        bool isHuge = memory.Find("hugepages") is { } huge && huge.IsTrue();
        bool isShared = memory.Find("shared") is { } shared && shared.IsTrue();
        if (memory.Find("file") is { } file)
        {
            machine.Set.NotSeen.Add(
                $"a memfd behind {ImportLines.Quoted(name)}: it is file {ImportLines.Quoted(file.Text())}");
        }
        else if (isHuge || isShared)
        {
            machine.AddMemory(name, bytes, isHuge, null,
                "a memfd, since its memory is shared or on huge pages");
        }
        else if (bytes > 0)
        {
            machine.Set.NotSeen.Add(
                $"a memfd behind {ImportLines.Quoted(name)}: its memory is private, so no file carries it");
        }
    }

    // 0000:81:00.0
    private static bool IsFunction(string name) =>
        name.Length == 12 && name[4] == ':' && name[7] == ':' && name[10] == '.';
}
