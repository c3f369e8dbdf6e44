namespace GraphOrder.LiveUpdate.Tests;

/// <summary>A made-up host: a folder with <c>proc</c> and <c>sys</c>.</summary>
internal sealed class HostTree : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("graph-order-host-").FullName;

    public HostTree()
    {
        Write("proc/sys/kernel/osrelease", "7.3.4-luo\n");
        Write("proc/meminfo", "MemTotal:       1048576 kB\nMemAvailable:    524288 kB\n");
        Write("dev/liveupdate", "");
    }

    public void Process(int id, string name, params (int Descriptor, string Link)[] files)
    {
        Write($"proc/{id}/comm", name + "\n");
        Write($"proc/{id}/cmdline", name + "\0");
        Write($"proc/{id}/maps", "");
        Directory.CreateDirectory(Path.Combine(Root, $"proc/{id}/fd"));
        foreach ((int descriptor, string link) in files)
        {
            Link($"proc/{id}/fd/{descriptor}", link);
        }
    }

    public void Inode(int id, int descriptor, int inode) =>
        Write($"proc/{id}/fdinfo/{descriptor}", $"pos:\t0\nflags:\t02\nmnt_id:\t1\nino:\t{inode}\n");

    public void Map(int id, string line) => File.AppendAllText(Path.Combine(Root, $"proc/{id}/maps"), line + "\n");

    public void Link(string path, string target)
    {
        string full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.CreateSymbolicLink(full, target);
    }

    public void Write(string path, string text)
    {
        string full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
