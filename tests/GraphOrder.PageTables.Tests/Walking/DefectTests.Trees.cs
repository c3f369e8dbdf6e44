namespace GraphOrder.PageTables.Tests;

/// <content>One change to how the tables hang together, in every format.</content>
public sealed partial class DefectTests
{
    [Test]
    public void T01_table_cycle() => EveryRoot.Run(new TreeChange(table => table.Cycles()));

    [Test]
    public void T02_table_shared() => EveryRoot.Run(new TreeChange(table => table.Shares()));

    [Test]
    public void T03_table_reachable_by_dma() => EveryRoot.Run(new TreeChange(table => table.Reaches()));

    [Test]
    public void T04_table_outside_image() => EveryRoot.Run(new TreeChange(table => table.PointsOutside()));

    [Test]
    public void T05_table_not_preserved() => EveryRoot.Run(new TreeChange(table => table.IsNotPreserved()));

    [Test]
    public void T07_table_or_leaf_in_scratch() => EveryRoot.Run(new TreeChange(table => table.IsInScratch()));

    [Test]
    public void T08_empty_table() => EveryRoot.Run(new TreeChange(table => table.IsEmpty()));

    [Test]
    public void T09_top_level_mismatch() => EveryRoot.Run(new TreeChange(table => table.HasOtherLevel()));

    [Test]
    public void T10_root_misaligned() => EveryRoot.Run(new TreeChange(table => table.HasBadRoot()));

    [Test]
    public void T11_same_table_at_two_levels() =>
        EveryRoot.Run(new TreeChange(table => table.HasTwoLevels()));

    [Test]
    public void T12_could_be_superpage() => EveryRoot.Run(new TreeChange(table => table.CouldBeOneLeaf()));

    private sealed class TreeChange(Action<ITreeChange> change) : ISoundTest
    {
        public void Run<TFormat>(int topLevel) where TFormat : struct, IPageTableFormat =>
            change(new TreeChangeOf<TFormat>(topLevel));
    }
}
