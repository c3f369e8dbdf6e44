using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>The few paths of a simulated kernel: /dev, /proc/self/fd and a tmpfs.</summary>
internal sealed class SimulatedTree
{
    private readonly Dictionary<string, SimulatedInode> _paths = new(StringComparer.Ordinal);
    private readonly SimulatedKernel _kernel;

    public SimulatedTree(SimulatedKernel kernel)
    {
        _kernel = kernel;
        ReadOnlySpan<string> folders = ["/", "/dev", "/proc", "/proc/self", "/proc/self/fd", "/tmp"];
        foreach (string folder in folders)
        {
            AddFolder(folder);
        }

        Add("/dev/null", kernel.NewInode(InodeKind.Null, SimulatedInode.Character | 0x1B6));
        if (kernel.Options.HasDevice)
        {
            Add(
                LiveUpdateAbi.DevicePath,
                kernel.NewInode(InodeKind.UpdateDevice, SimulatedInode.Character | 0x180));
        }
    }

    /// <summary>What is at a path; null where nothing is.</summary>
    public SimulatedInode? Find(string path) => _paths.GetValueOrDefault(path);

    /// <summary>Where a new name may be made: no error, ENOENT or ENOTDIR.</summary>
    public Errno CanMake(string path)
    {
        int slash = path.LastIndexOf('/');
        SimulatedInode? folder = slash < 0 ? null : Find(slash == 0 ? "/" : path[..slash]);
        return folder is null ? Errno.NoEntry
            : folder.Kind == InodeKind.Folder ? Errno.None : Errno.NotDirectory;
    }

    /// <summary>A new empty file under a name that is free.</summary>
    public SimulatedInode Make(string path)
    {
        SimulatedInode inode = MakeUnnamed();
        Add(path, inode);
        return inode;
    }

    /// <summary>A new empty file without a name.</summary>
    public SimulatedInode MakeUnnamed()
    {
        SimulatedInode inode = _kernel.NewInode(InodeKind.Memory, SimulatedInode.Regular | 0x180);
        inode.Content = new PageContent(_kernel.Memory);
        return inode;
    }

    /// <summary>Takes a name away.</summary>
    public Errno Remove(string path)
    {
        if (Find(path) is not SimulatedInode inode)
        {
            return Errno.NoEntry;
        }

        if (inode.Kind == InodeKind.Folder)
        {
            return Directory;
        }

        _paths.Remove(path);
        inode.LinkCount--;
        if (inode is { OpenCount: 0, LinkCount: 0, Content: PageContent content })
        {
            content.Release();
        }

        return Errno.None;
    }

    /// <summary>A file with content, and the folders above it.</summary>
    public void Place(string path, ReadOnlySpan<byte> bytes)
    {
        for (int slash = path.IndexOf('/', 1); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (Find(path[..slash]) is null)
            {
                AddFolder(path[..slash]);
            }
        }

        SimulatedInode inode = Find(path) ?? Make(path);
        PageContent content = inode.Content!;
        content.SetSize(bytes.Length);
        for (int done = 0; done < bytes.Length; done += PageContent.PageBytes)
        {
            int part = Math.Min(PageContent.PageBytes, bytes.Length - done);
            _ = content.TryStore(bytes.Slice(done, part), done);
        }
    }

    /// <summary>EISDIR, which only this tree answers.</summary>
    public static Errno Directory => (Errno)21;

    /// <summary>The descriptor that a path under /proc/self/fd names; -1 for another path.</summary>
    public static int DescriptorOf(string path)
    {
        const string folder = "/proc/self/fd/";
        return path.StartsWith(folder, StringComparison.Ordinal)
            && int.TryParse(path.AsSpan(folder.Length), out int descriptor) ? descriptor : -1;
    }

    /// <summary>A path as text, a char for each byte.</summary>
    public static string Text(ReadOnlySpan<byte> path) => Encoding.Latin1.GetString(path);

    private void AddFolder(string path) =>
        Add(path, _kernel.NewInode(InodeKind.Folder, SimulatedInode.FolderType | 0x1ED));

    private void Add(string path, SimulatedInode inode)
    {
        inode.LinkCount++;
        _paths.Add(path, inode);
    }
}
