namespace GraphOrder.LiveUpdate;

/// <summary>An open file: what descriptors of one or several processes, and the kernel, share.</summary>
internal sealed class OpenFile(SimulatedInode inode, OpenModes modes, string link)
{
    private const OpenModes AccessModes = OpenModes.WriteOnly | OpenModes.ReadWrite;

    public SimulatedInode Inode { get; } = inode;

    public OpenModes Modes { get; } = modes;

    /// <summary>Where /proc/self/fd points.</summary>
    public string Link { get; set; } = link;

    public long Position { get; set; }

    /// <summary>Who holds it; the last one releases it.</summary>
    public int References { get; set; }

    /// <summary>Whether everything but closing it answers EIO.</summary>
    public bool IsDead { get; set; }

    public bool IsPathOnly => (Modes & OpenModes.PathOnly) != 0;

    public bool CanRead => !IsPathOnly && (Modes & AccessModes) != OpenModes.WriteOnly;

    public bool CanWrite => !IsPathOnly && (Modes & AccessModes) != OpenModes.ReadOnly;

    /// <summary>An open file that nobody holds yet.</summary>
    public static OpenFile Make(SimulatedInode inode, OpenModes modes, string link, long position = 0)
    {
        OpenFile file = new(inode, modes, link) { Position = position };
        inode.OpenCount++;
        inode.WriterCount += file.CanWrite ? 1 : 0;
        return file;
    }
}
