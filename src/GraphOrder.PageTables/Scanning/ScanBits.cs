using System.Numerics;

namespace GraphOrder.PageTables;

/// <summary>Reads the bits that a scan has set.</summary>
internal static class ScanBits
{
    /// <summary>
    /// The first set bit after an index, or the count where there is none: O(words skipped).
    /// </summary>
    /// <param name="breaks">The bits.</param>
    /// <param name="index">The index.</param>
    /// <param name="count">How many bits there are.</param>
    public static int Next(ReadOnlySpan<ulong> breaks, int index, int count)
    {
        int next = index + 1;
        if (next >= count)
        {
            return count;
        }

        int word = next >> 6;
        ulong rest = breaks[word] & (ulong.MaxValue << (next & 63));
        while (rest == 0 && ++word < breaks.Length)
        {
            rest = breaks[word];
        }

        return rest == 0 ? count : Math.Min(count, (word << 6) + BitOperations.TrailingZeroCount(rest));
    }
}
