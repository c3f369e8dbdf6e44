namespace GraphOrder;

/// <summary>
/// Memory that is used again: an array that grows when more is asked of it and never shrinks, so that whoever
/// works on sets of about one size soon allocates nothing. Of the array's own length nothing follows.
/// </summary>
internal static class Scratch
{
    /// <summary>As many cells as asked for; what is in them does not matter.</summary>
    public static Span<T> Take<T>(ref T[] memory, int count)
        where T : unmanaged
    {
        if (memory.Length < count)
        {
            int length = memory.Length == 0 ? count : (int)Math.Min(Array.MaxLength, 2L * memory.Length);
            memory = GC.AllocateUninitializedArray<T>(Math.Max(count, length));
        }

        return memory.AsSpan(0, count);
    }

    /// <summary>As many cells as asked for, all of them zero.</summary>
    public static Span<T> TakeZeros<T>(ref T[] memory, int count)
        where T : unmanaged
    {
        Span<T> cells = Take(ref memory, count);
        cells.Clear();
        return cells;
    }
}
