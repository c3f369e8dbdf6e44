namespace GraphOrder;

/// <summary>The sizes at which a kernel's own structures end. Immutable.</summary>
/// <param name="SessionsPerBlock">
/// Sessions in one page of the hand-over (80 bytes each after a header of 16).
/// </param>
/// <param name="FilesPerBlock">
/// Files in one page of the hand-over (64 bytes each after a header of 16).
/// </param>
/// <param name="BlocksMax">Greatest number of pages in a chain.</param>
/// <param name="FlbsMax">Greatest number of file-lifecycle-bound objects.</param>
/// <param name="MemfdBytesAllocatable">
/// A memfd of this size or more makes preserve fail with ENOMEM: its array of page pointers passes INT_MAX.
/// </param>
/// <param name="MemfdBytesMax">Above this, EFBIG: the pages no longer fit an unsigned int.</param>
public sealed record KernelLimits(
    int SessionsPerBlock,
    int FilesPerBlock,
    int BlocksMax,
    int FlbsMax,
    long MemfdBytesAllocatable,
    long MemfdBytesMax)
{
    /// <summary>Greatest number of sessions.</summary>
    public long SessionsMax => (long)SessionsPerBlock * BlocksMax;

    /// <summary>Greatest number of files in a session.</summary>
    public long FilesMax => (long)FilesPerBlock * BlocksMax;
}
