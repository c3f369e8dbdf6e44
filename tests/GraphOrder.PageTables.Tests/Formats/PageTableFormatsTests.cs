namespace GraphOrder.PageTables.Tests;

[TestFixture]
public sealed class PageTableFormatsTests
{
    [TestCase("vtd-second-stage", null, "", null)]
    [TestCase("x86-64", null, "", null)]
    [TestCase("amd-v1", null, "", null)]
    [TestCase("arm-lpae-s1", null, "4K", null)]
    [TestCase("arm-lpae-s2", "64K", "64K", null)]
    [TestCase("arm-lpae-s2", "16K", "16K", null)]
    [TestCase("riscv-sv39", null, "", 2)]
    [TestCase("riscv-sv48", null, "", 3)]
    [TestCase("riscv-sv57", null, "", 4)]
    public void A_format_is_found_by_its_name(string name, string? granule, string found, int? topLevel)
    {
        Assert.That(PageTableFormats.TryFind(name, granule, out PageTableFormat? format), Is.True);
        Assert.That((format!.Description.Name, format.Description.Granule), Is.EqualTo((name, found)));
        Assert.That(format.OnlyTopLevel, Is.EqualTo(topLevel));
        Assert.That(format.Allows(3), Is.EqualTo(topLevel is null or 3 && found != "64K"));
        Assert.That(PageTableFormats.TryFind(name, "8K", out _), Is.False);
        Assert.That(PageTableFormats.TryFind(name + "x", null, out _), Is.False);
    }

    [Test]
    public void A_format_is_supported_when_a_kernels_table_is_among_the_fixtures()
    {
        foreach (PageTableFormat format in PageTableFormats.All)
        {
            FormatDescription description = format.Description;
            Assert.That(description.IsExperimental, Is.EqualTo(description.Name is not ("vtd-second-stage" or "amd-v1")));
            Assert.That(description.Help.EndsWith("(experimental)", StringComparison.Ordinal), Is.EqualTo(description.IsExperimental));
            Assert.That(description.Specification, Does.Contain(", "), "a document and its section");
        }
    }

    [Test]
    public void Arm_addresses_of_52_bits_stand_where_64K_granules_put_them()
    {
        EntryFacts wide = new() { Has52BitAddresses = true };
        const ulong Address = 0x000A_BCDE_F123_0000;

        ulong word = ArmLpae<Stage1, Granule64K>.Leaf(Address, 0, 16, PageAccess.ReadWrite, wide);

        Assert.That(word & 0xF000, Is.EqualTo(0xA000));
        Assert.That(ArmLpae<Stage1, Granule64K>.Read(word, 0, wide).Physical, Is.EqualTo(Address));
        EntryReading narrow = ArmLpae<Stage1, Granule64K>.Read(word, 0, default);
        Assert.That(narrow.Warnings, Is.EqualTo(EntryFaults.ReservedBitSet));
        Assert.That(
            ArmLpae<Stage1, Granule64K>.Read(
                ArmLpae<Stage1, Granule64K>.Leaf(1UL << 50, 2, 42, PageAccess.Read, wide) & ~2UL, 2, wide)
                .SizeLg2,
            Is.EqualTo(42), "blocks of 4 TiB come with them");
    }
}
