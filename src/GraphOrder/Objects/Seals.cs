namespace GraphOrder;

/// <summary>
/// Seals of a memfd, with the kernel's own bits (uapi/linux/fcntl.h; mask 0x3F in mm/memfd_luo.c).
/// </summary>
[Flags]
public enum Seals : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>No further seals (F_SEAL_SEAL).</summary>
    Seal = 0x01,

    /// <summary>It cannot shrink.</summary>
    Shrink = 0x02,

    /// <summary>It cannot grow.</summary>
    Grow = 0x04,

    /// <summary>It cannot be written.</summary>
    Write = 0x08,

    /// <summary>It cannot be written through mappings made later.</summary>
    FutureWrite = 0x10,

    /// <summary>Its execute bits cannot change; what MFD_NOEXEC_SEAL sets.</summary>
    Exec = 0x20,
}
