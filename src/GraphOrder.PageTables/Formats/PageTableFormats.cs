using System.Diagnostics.CodeAnalysis;

namespace GraphOrder.PageTables;

/// <summary>
/// Every format there is: a new one is its file and one line here. Immutable and thread-safe.
/// </summary>
public static class PageTableFormats
{
    private static readonly PageTableFormat[] Formats =
    [
        new PageTableFormatOf<VtdSecondStage>(),
        new PageTableFormatOf<X86FirstStage>(),
        new PageTableFormatOf<AmdV1>(),
        new PageTableFormatOf<ArmLpae<Stage1, Granule4K>>(),
        new PageTableFormatOf<ArmLpae<Stage1, Granule16K>>(),
        new PageTableFormatOf<ArmLpae<Stage1, Granule64K>>(),
        new PageTableFormatOf<ArmLpae<Stage2, Granule4K>>(),
        new PageTableFormatOf<ArmLpae<Stage2, Granule16K>>(),
        new PageTableFormatOf<ArmLpae<Stage2, Granule64K>>(),
        new PageTableFormatOf<RiscV<Sv39>>(),
        new PageTableFormatOf<RiscV<Sv48>>(),
        new PageTableFormatOf<RiscV<Sv57>>(),
    ];

    /// <summary>All of them; those of one name stand together, the smallest granule first.</summary>
    public static ReadOnlySpan<PageTableFormat> All => Formats;

    /// <summary>Finds a format by its names on the command line.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="granule">
    /// Its granule, <c>4K</c>, <c>16K</c> or <c>64K</c>; null is the first of the name.
    /// </param>
    /// <param name="format">The format.</param>
    public static bool TryFind(string name, string? granule, [NotNullWhen(true)] out PageTableFormat? format)
    {
        format = Array.Find(Formats, found => found.Description.Name == name
            && (granule is null || found.Description.Granule == granule));
        return format is not null;
    }
}
