namespace GraphOrder.PageTables.Tests;

/// <summary>How far a row of sound leaves goes without a look at each of them.</summary>
[TestFixture]
public sealed class ItemReaderTests
{
    private const ulong Page = 4096;
    private const ulong Row = 8 * Page;

    [Test]
    public void A_row_is_sound_up_to_the_last_input_address()
    {
        const ulong End = 1UL << 30;
        ItemReader<AmdV1> reader = Reader(new() { InputBits = 30 });

        Assert.That(reader.IsRowSound(0, End - Row, Row), Is.True);
        Assert.That(reader.IsRowSound(0, End - Row + Page, Row), Is.False);
        Assert.That(reader.IsRowSound(0, End, Page), Is.False);
    }

    [Test]
    public void A_row_is_sound_up_to_the_width_of_the_platform()
    {
        const ulong End = 1UL << 36;
        ItemReader<AmdV1> reader = Reader(new() { PhysicalBits = 36 });

        Assert.That(reader.IsRowSound(End - Row, 0, Row), Is.True);
        Assert.That(reader.IsRowSound(End - Row + Page, 0, Row), Is.False);
        Assert.That(reader.IsRowSound(End, 0, Page), Is.False);
    }

    // Bits 47:12 are the shortest address that a format has; what carries out of them changes other bits.
    [TestCase(48, null)]
    [TestCase(40, 40)]
    [TestCase(34, 34)]
    public void A_row_is_sound_up_to_a_bit_that_is_no_address(int bit, int? encryptionBit)
    {
        ItemReader<AmdV1> reader = Reader(new() { EncryptionBit = encryptionBit });
        ulong end = 1UL << bit;

        Assert.That(reader.IsRowSound(end - Row, 0, Row), Is.True);
        Assert.That(reader.IsRowSound(end - Row + Page, 0, Row), Is.False);
        Assert.That(reader.IsRowSound(end, 0, Row), Is.True, "the bit is the same in all of them");
    }

    [Test]
    public void Where_memory_of_devices_is_known_each_leaf_is_looked_at() => Assert.That(
        Reader(new() { Mmio = new(PhysicalRange.Of(1UL << 40, Page)) }).IsRowSound(0, 0, Row), Is.False);

    private static ItemReader<AmdV1> Reader(WalkFacts facts) => new(new WalkRules<AmdV1>(5, facts));
}
