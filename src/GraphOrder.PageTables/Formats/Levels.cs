using System.Runtime.CompilerServices;

namespace GraphOrder.PageTables;

/// <summary>The geometry that follows from a format's granule.</summary>
internal static class Levels
{
    /// <summary>Levels are smaller than this.</summary>
    public const int CountMax = 6;

    /// <summary>Log2 of the bytes that one item of a level covers.</summary>
    public static int ItemLg2<TFormat>(int level) where TFormat : struct, IPageTableFormat =>
        TFormat.GranuleLg2 + level * IndexBits<TFormat>();

    /// <summary>Log2 of the items of a table.</summary>
    public static int IndexBits<TFormat>() where TFormat : struct, IPageTableFormat => TFormat.GranuleLg2 - 3;

    /// <summary>The lowest bits of a number, all 64 of them included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong LowMask(int bits) => bits >= 64 ? ulong.MaxValue : (1UL << bits) - 1;
}
