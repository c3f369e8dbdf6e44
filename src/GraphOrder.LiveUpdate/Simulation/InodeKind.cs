namespace GraphOrder.LiveUpdate;

/// <summary>What is behind an inode of the simulated kernel.</summary>
internal enum InodeKind
{
    /// <summary>Memory of shmem: a memfd or a file on tmpfs.</summary>
    Memory,

    /// <summary>A memfd of huge pages.</summary>
    HugeMemory,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>/dev/null.</summary>
    Null,

    /// <summary>/dev/liveupdate.</summary>
    UpdateDevice,

    /// <summary>A session.</summary>
    Session,

    /// <summary>A pipe.</summary>
    Pipe,

    /// <summary>An eventfd.</summary>
    Event,

    /// <summary>A kind that Linux 7.3 cannot preserve: its facts are a <see cref="PostedObject"/>.</summary>
    Posted,
}
