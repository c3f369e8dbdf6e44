using GraphOrder.PageTables;

namespace GraphOrder.Mappings.Tests;

/// <summary>
/// The images of the samples, written anew: a guest's own memory in 2 MiB and 4 KiB leaves, and in the hidden
/// one 2 MiB of the other guest's.
/// </summary>
internal static class HiddenMap
{
    public const ulong HiddenIova = 0x10_0000_0000;

    private const ulong Mebi = 1 << 20;

    public static byte[] Image(bool isHidden)
    {
        PageTableBuilder<VtdSecondStage> builder = new(3, new BuildOptions { BaseAddress = 0x7f00_0000 });
        Map(builder, 0x0, 0x2_0000_0000, 8 * Mebi);
        Map(builder, 0x8000_0000, 0x2_4000_1000, 64 * 4096);
        if (isHidden)
        {
            Map(builder, HiddenIova, 0x1_0020_0000, 2 * Mebi);
        }

        using MemoryStream written = new();
        builder.Arena.WritePageList(written, 0);
        Assert.That(builder.Top, Is.EqualTo(0x7f00_0000), "as the samples have it");
        return written.ToArray();
    }

    private static void Map(
        PageTableBuilder<VtdSecondStage> builder, ulong iova, ulong physical, ulong bytes) =>
        Assert.That(builder.TryMap(iova, physical, bytes, PageAccess.ReadWrite), Is.True);
}
