using GraphOrder.PageTables;

namespace GraphOrder.Benchmarks.PageTables;

/// <summary>What the walk in C++ is told of a format of 4 KiB granules.</summary>
internal readonly record struct LimitsFormat(ulong Address, ulong Ignored, ulong Sound, int Shift)
{
    public static LimitsFormat Of<TFormat>() where TFormat : struct, IPageTableFormat => new(
        0x0000_FFFF_FFFF_F000UL >> TFormat.AddressShift,
        TFormat.HardwareBits(0),
        TFormat.Leaf(0, 0, TFormat.GranuleLg2, PageAccess.ReadWrite, default),
        TFormat.AddressShift);
}
