namespace GraphOrder.PageTables;

/// <summary>A piece of physical memory and where a file has it. Immutable.</summary>
/// <param name="First">Physical address of the first byte.</param>
/// <param name="Last">Physical address of the last byte.</param>
/// <param name="FileOffset">Where the first byte is in the file.</param>
public readonly record struct MemorySegment(ulong First, ulong Last, ulong FileOffset)
{
    /// <summary>Whether the next segment goes on where this one ends, in memory and in the file.</summary>
    internal bool IsContinuedBy(MemorySegment next) =>
        Last != ulong.MaxValue && next.First == Last + 1
        && next.FileOffset >= FileOffset && next.FileOffset - FileOffset == next.First - First;
}
