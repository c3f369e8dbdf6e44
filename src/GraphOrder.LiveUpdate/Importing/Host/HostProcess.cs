namespace GraphOrder.LiveUpdate;

/// <summary>A process that holds something that a live update would have to carry.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name, cleaned.</param>
internal sealed record HostProcess(int Id, string Name)
{
    public List<HostFile> Files { get; } = [];

    /// <summary>The sessions whose descriptors it holds.</summary>
    public List<string> Sessions { get; } = [];

    /// <summary>Inodes of memfds that it maps, with the name of each.</summary>
    public Dictionary<string, string> Mapped { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it runs a virtual machine.</summary>
    public bool RunsMachine => Files.Exists(file => file.Kind == ObjectKind.KvmVm);

    /// <summary>The session that its files are in.</summary>
    public string Session => Sessions.Count == 1 ? Sessions[0] : $"{Name}-{Id}";

    /// <summary>What a sentence calls it.</summary>
    public override string ToString() => $"process {Id} ({Name})";
}
