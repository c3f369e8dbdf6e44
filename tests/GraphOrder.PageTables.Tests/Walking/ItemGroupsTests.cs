namespace GraphOrder.PageTables.Tests;

/// <summary>Items that belong together, in the middle of a table and at its end.</summary>
[TestFixture]
public sealed class ItemGroupsTests
{
    private const ulong Memory = 1UL << 40;
    private const int First = 32;
    private const int Count = 8;
    private const ulong Contiguous = 1UL << 52;

    [Test]
    public void A_whole_group_is_read_as_one_leaf()
    {
        Amd table = new();
        table.Fill(First);

        Assert.That(table.Check(First), Is.EqualTo((-1, PageTableFaultKind.None, Memory, 15, 3)));
    }

    [Test]
    public void Of_a_broken_group_each_item_maps_its_own_place_and_one_fault_is_told(
        [Range(1, 7)] int other)
    {
        Amd table = new();
        table.Fill(First);
        table.Words[First + other] = 0;

        Assert.That(
            table.Check(First),
            Is.EqualTo((First + other, PageTableFaultKind.AmdReplicaMismatch, Memory, 12, 0)));
        for (int item = 1; item < Count; item++)
        {
            if (item != other)
            {
                Assert.That(
                    table.Check(First + item),
                    Is.EqualTo((-1, PageTableFaultKind.None, Memory + ((ulong)item << 12), 12, 0)), $"{item}");
            }
        }

        // The next group is another matter.
        table.Fill(First + Count, 3);
        Assert.That(table.Check(First + Count).Fault, Is.EqualTo(PageTableFaultKind.AmdReplicaMismatch));
    }

    // Where the first item is missing, the claim of the second is what is told.
    [Test]
    public void A_group_without_its_first_item_is_told_where_that_is_missing()
    {
        Amd table = new();
        table.Fill(First);
        table.Words[First] = 0;

        Assert.That(
            table.Check(First + 1),
            Is.EqualTo((First, PageTableFaultKind.AmdReplicaMismatch, Memory + 4096, 12, 0)));
        Assert.That(table.Check(First + 2).Fault, Is.EqualTo(PageTableFaultKind.None));
    }

    [Test]
    public void A_group_that_begins_elsewhere_is_misaligned_as_far_as_it_goes([Range(1, 7)] int shift)
    {
        Amd table = new();
        table.Fill(First + shift);

        Assert.That(
            table.Check(First + shift),
            Is.EqualTo((
                First + shift, PageTableFaultKind.GroupMisaligned, Memory + ((ulong)shift << 12), 12, 0)));
        for (int item = 1; item < Count; item++)
        {
            Assert.That(table.Check(First + shift + item).Fault, Is.EqualTo(PageTableFaultKind.None), $"{item}");
        }

        // Another word in the middle of them is not told by what was told of these.
        Amd mixed = new();
        mixed.Fill(First + shift);
        mixed.Check(First + shift);
        mixed.Words[First + shift + 1] ^= 1UL << 41;
        Assert.That(mixed.Check(First + shift + 1).Fault, Is.EqualTo(PageTableFaultKind.AmdReplicaMismatch));
    }

    [Test]
    public void A_group_that_reaches_over_the_end_of_its_table_is_broken()
    {
        Amd table = new(First + 4);
        table.Fill(First, 4);

        (int at, PageTableFaultKind fault, _, int sizeLg2, _) = table.Check(First);

        Assert.That((at, fault, sizeLg2), Is.EqualTo((First, PageTableFaultKind.AmdReplicaMismatch, 12)));
    }

    [Test]
    public void A_contiguous_group_may_have_holes_and_nothing_else([Range(0, 15)] int other)
    {
        Assert.That(OfArm(other, static _ => 0), Is.EqualTo((-1, PageTableFaultKind.None)));
        (int, PageTableFaultKind) broken = (other, PageTableFaultKind.ContiguousBitInconsistent);
        if (other != 3)
        {
            Assert.That(OfArm(other, static word => word ^ Contiguous), Is.EqualTo(broken), "no such bit");
            Assert.That(OfArm(other, static word => word ^ 0x80), Is.EqualTo(broken), "other access");
            Assert.That(OfArm(other, static word => word ^ 0x4), Is.EqualTo(broken), "other attributes");
            Assert.That(OfArm(other, static word => word ^ (1UL << 30)), Is.EqualTo(broken), "another place");
        }
    }

    // Asked of the fourth item of sixteen; a hole there is asked of the fifth.
    private static (int At, PageTableFaultKind Fault) OfArm(int other, Func<ulong, ulong> change)
    {
        ulong[] words = new ulong[512];
        for (int item = 0; item < 16; item++)
        {
            words[First + item] = Contiguous | ArmLpae<Stage1, Granule4K>.Leaf(
                Memory + ((ulong)item << 12), 0, 12, PageAccess.ReadWrite, default);
        }

        words[First + other] = change(words[First + other]);
        int asked = First + (words[First + 3] == 0 ? 4 : 3);
        EntryReading reading = ArmLpae<Stage1, Granule4K>.Read(words[asked], 0, default);
        ItemGroups<ArmLpae<Stage1, Granule4K>> groups = default;
        int at = groups.Check(words, asked, 0, ref reading, default, out PageTableFaultKind fault);
        Assert.That(
            groups.Check(words, asked + 1, 0, ref reading, default, out PageTableFaultKind again),
            Is.EqualTo(-1));
        Assert.That(again, Is.EqualTo(PageTableFaultKind.None), "told once");
        return (fault == PageTableFaultKind.None ? -1 : at - First, fault);
    }

    private sealed class Amd(int items = 512)
    {
        private ItemGroups<AmdV1> _groups;

        public ulong[] Words { get; } = new ulong[items];

        // Items that each say that they are one of eight that map 32 KiB.
        public void Fill(int first, int count = Count) =>
            Words.AsSpan(first, count).Fill(AmdV1.Leaf(Memory, 0, 15, PageAccess.Read, default));

        public (int At, PageTableFaultKind Fault, ulong Physical, int SizeLg2, int GroupLg2) Check(int index)
        {
            EntryReading reading = AmdV1.Read(Words[index], 0, default);
            int at = _groups.Check(Words, index, 0, ref reading, default, out PageTableFaultKind fault);
            return (at, fault, reading.Physical, reading.SizeLg2, reading.GroupLg2);
        }
    }
}
