namespace GraphOrder.LiveUpdate;

/// <summary>Flags of memfd_create, with the kernel's own bits (uapi/linux/memfd.h).</summary>
[Flags]
public enum MemoryModes : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>MFD_CLOEXEC.</summary>
    CloseOnExec = 0x1,

    /// <summary>MFD_ALLOW_SEALING; without it the memfd has F_SEAL_SEAL from the beginning.</summary>
    AllowSealing = 0x2,

    /// <summary>MFD_HUGETLB; Linux 7.3.4 has no handler for it.</summary>
    HugePages = 0x4,

    /// <summary>MFD_NOEXEC_SEAL. What it makes comes back read-only for good (seen on Linux 7.3.4).</summary>
    NoExecSeal = 0x8,

    /// <summary>MFD_EXEC.</summary>
    Exec = 0x10,
}
