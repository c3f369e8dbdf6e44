namespace GraphOrder.LiveUpdate;

/// <summary>How a path is opened, with the kernel's own bits (x86-64, riscv64; O_DIRECTORY differs on arm64
/// and is not used).</summary>
[Flags]
public enum OpenModes
{
    /// <summary>O_RDONLY.</summary>
    ReadOnly = 0,

    /// <summary>O_WRONLY.</summary>
    WriteOnly = 0x1,

    /// <summary>O_RDWR.</summary>
    ReadWrite = 0x2,

    /// <summary>O_CREAT, mode 0600.</summary>
    Create = 0x40,

    /// <summary>O_EXCL.</summary>
    Exclusive = 0x80,

    /// <summary>O_CLOEXEC.</summary>
    CloseOnExec = 0x80000,

    /// <summary>O_PATH: a descriptor that names a file and opens nothing.</summary>
    PathOnly = 0x200000,

    /// <summary>O_TMPFILE: a file without a name in the folder given (with O_DIRECTORY, as uapi has
    /// it).</summary>
    Unnamed = 0x410000,
}
