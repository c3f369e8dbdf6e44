namespace GraphOrder.LiveUpdate;

/// <summary>An inode.</summary>
internal sealed class SimulatedInode(InodeKind kind, ulong number, uint mode)
{
    /// <summary>S_IFREG.</summary>
    public const uint Regular = 0x8000;

    /// <summary>S_IFDIR.</summary>
    public const uint FolderType = 0x4000;

    /// <summary>S_IFCHR.</summary>
    public const uint Character = 0x2000;

    /// <summary>S_IFIFO.</summary>
    public const uint Fifo = 0x1000;

    public InodeKind Kind { get; } = kind;

    public ulong Number { get; } = number;

    public uint Mode { get; set; } = mode;

    public ulong LinkCount { get; set; }

    /// <summary>What is in it; null unless it is memory.</summary>
    public PageContent? Content { get; set; }

    public Seals Seals { get; set; } = Seals.Seal;

    /// <summary>Preserved: nothing changes its size or its pages, and they are pinned.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>Open files of it.</summary>
    public int OpenCount { get; set; }

    /// <summary>Those that may write.</summary>
    public int WriterCount { get; set; }

    /// <summary>The session that it stands for.</summary>
    public SimulatedSession? Session { get; init; }

    /// <summary>What it is, where Linux 7.3 has no handler for it.</summary>
    public PostedObject? Posted { get; init; }

    public bool IsRegular => (Mode & 0xF000) == Regular;
}
