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

/// <summary>
/// What seals do for a memfd once it is retrieved, when nothing else protects it. One with the EXEC seal
/// comes back with SHRINK, GROW, WRITE and FUTURE_WRITE as well (seen on Linux 7.3.4).
/// </summary>
public static class RetrievedSeals
{
    /// <summary>Whether it cannot shrink.</summary>
    public static bool KeepSize(this Seals seals) => (seals & (Seals.Shrink | Seals.Exec)) != 0;

    /// <summary>
    /// Whether no holes can be punched: the kernel refuses that where writing is sealed, now or for the
    /// future (mm/shmem.c).
    /// </summary>
    public static bool KeepPages(this Seals seals) =>
        (seals & (Seals.Write | Seals.FutureWrite | Seals.Exec)) != 0;
}
