namespace GraphOrder.LiveUpdate;

/// <summary>What fallocate does, with the kernel's own bits (uapi/linux/falloc.h).</summary>
[Flags]
public enum AllocateModes
{
    /// <summary>Pages are there afterwards, and the size grows where it must.</summary>
    None = 0,

    /// <summary>FALLOC_FL_KEEP_SIZE.</summary>
    KeepSize = 0x1,

    /// <summary>FALLOC_FL_PUNCH_HOLE; it wants <see cref="KeepSize"/> too.</summary>
    PunchHole = 0x2,
}
