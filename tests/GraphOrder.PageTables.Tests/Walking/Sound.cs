namespace GraphOrder.PageTables.Tests;

/// <summary>
/// A sound table with a bit of everything: four single pages, a large leaf, a group where the format has
/// them, one page under a second table of level 1. A defect is one change to it.
/// </summary>
internal sealed class Sound<TFormat> where TFormat : struct, IPageTableFormat
{
    public const ulong Memory = 1UL << 33;

    private const PageAccess ReadWrite = PageAccess.ReadWrite;

    public Sound(int topLevel, WalkFacts? facts = null)
    {
        Facts = facts ?? WalkFacts.Unknown;
        Builder = new(topLevel, new() { Facts = Facts, BaseAddress = 0x7000_0000 });
        for (ulong i = 0; i < 4; i++)
        {
            Map(Pages + i * Granule, Memory + i * 3 * Granule, Granule);
        }

        Map(Large, Memory + 4 * Span, Span);
        ulong group = TFormat.Groups == GroupKind.Replicated ? 16 * Granule : Granule;
        Map(Group, Memory + 6 * Span, group);
        Map(Far, Memory + 7 * Span, Granule);
        Assert.That(Check().Faults, Is.Empty, "sound");
    }

    public WalkFacts Facts { get; set; }

    public PageTableBuilder<TFormat> Builder { get; }

    public static ulong Granule => 1UL << TFormat.GranuleLg2;

    /// <summary>Bytes of a leaf of level 1.</summary>
    public static ulong Span => 1UL << Levels.ItemLg2<TFormat>(1);

    public static ulong Pages => 4 * Span;

    public static ulong Large => 8 * Span;

    public static ulong Group => 12 * Span;

    public static ulong Far => 1UL << Levels.ItemLg2<TFormat>(2);

    /// <summary>The word of a level over an address, to be changed.</summary>
    public ref ulong Word(ulong iova, int level) => ref Builder.Arena.Word(Builder.WordAddress(iova, level));

    /// <summary>The table of a level over an address.</summary>
    public ulong Table(ulong iova, int level) => Builder.WordAddress(iova, level) & ~(Granule - 1);

    public Findings Check() => Findings.Of(Builder, Facts);

    private void Map(ulong iova, ulong physical, ulong bytes) =>
        Assert.That(Builder.TryMap(iova, physical, bytes, ReadWrite), Is.True);
}
