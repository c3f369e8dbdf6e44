using GraphOrder.PageTables.Tests;

namespace GraphOrder.Fuzz;

/// <summary>Small images of each layout.</summary>
internal static class ImageSeeds
{
    /// <summary>Lists of pages, and the beginnings of those that a kernel gave.</summary>
    public static IEnumerable<byte[]> PageLists() =>
    [
        ImageBytes.PageList("KHOPAGES", 0x3000, 0x5000, 0x3000),
        ImageBytes.PageList("PAGEIMG1", 0x84E000, 0x84E000),
        ImageBytes.PageList("PAGEIMG1", 0),
        RepositoryFiles.Bytes("fixtures", "vtd-48bit", "pages.bin")[..(24 + (5 * 4104))],
        RepositoryFiles.Bytes("fixtures", "amd-v1", "pages.bin")[..(24 + (5 * 4104))],
        RepositoryFiles.Bytes("samples", "sound-map.img")[..(24 + (3 * 4104))],
    ];

    /// <summary>Cores with some segments.</summary>
    public static IEnumerable<byte[]> Cores() =>
    [
        ImageBytes.Core(0x1000, (4, 0, 64, 0), (1, 0x8000, 0x2000, 0x1000), (1, 0x8000, 0x1000, 0x3000)),
        ImageBytes.Core(0x1000, (1, 0, 0x1000, 0x1000))[..0x2000],
        CountedElsewhere(),
    ];

    // PN_XNUM: the count stands in section header 0.
    private static byte[] CountedElsewhere()
    {
        byte[] core = ImageBytes.Core(0x400, (1, 0x1000, 0x800, 0x400))[..0xC00];
        core[56] = 0xFF;
        core[57] = 0xFF;
        core[40] = 0x00;
        core[41] = 0x02;
        core[0x200 + 44] = 1;
        return core;
    }
}
