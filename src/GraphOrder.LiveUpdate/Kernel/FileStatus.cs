namespace GraphOrder.LiveUpdate;

/// <summary>What fstat tells of a file.</summary>
/// <param name="Device">The device of its inode.</param>
/// <param name="Inode">The inode.</param>
/// <param name="Mode">Kind and permissions, as st_mode has them.</param>
/// <param name="LinkCount">Names it has; 0 for a memfd.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="AllocatedBytes">What it takes of memory or disk: st_blocks times 512.</param>
public readonly record struct FileStatus(
    ulong Device, ulong Inode, uint Mode, ulong LinkCount, long Bytes, long AllocatedBytes)
{
    private const uint KindMask = 0xF000;
    private const uint Regular = 0x8000;

    /// <summary>S_ISREG: its bytes are pages that can be mapped, as those of a memfd are.</summary>
    public bool IsRegular => (Mode & KindMask) == Regular;
}
