using System.Collections.Immutable;
using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>What a set says of the machine's memory, as range sets; null where it says nothing.</summary>
internal sealed class PlatformRanges
{
    public PlatformRanges(PlatformFacts? platform)
    {
        Preserved = Of(platform?.Preserved);
        Scratch = Of(platform?.Scratch);
        Mmio = Of(platform?.Mmio);
    }

    public PhysicalRangeSet? Preserved { get; }

    public PhysicalRangeSet? Scratch { get; }

    public PhysicalRangeSet? Mmio { get; }

    private static PhysicalRangeSet? Of(ImmutableArray<PhysicalRange>? told)
    {
        if (told is not { IsDefault: false } ranges)
        {
            return null;
        }

        List<PageTables.PhysicalRange> closed = [];
        foreach (PhysicalRange range in ranges)
        {
            if (range.Bytes > 0)
            {
                ulong rest = Math.Min((ulong)range.Bytes - 1, ulong.MaxValue - range.Physical);
                closed.Add(new(range.Physical, range.Physical + rest));
            }
        }

        return new PhysicalRangeSet([.. closed]);
    }
}
