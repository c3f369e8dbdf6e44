namespace GraphOrder.PageTables.Tests;

/// <summary>Every field of AMD's device-table entry, among bits that mean something else.</summary>
[TestFixture]
public sealed class AmdRootTests
{
    private const ulong Valid = 1;
    private const ulong TranslationValid = 2;
    private const ulong GuestValid = 1UL << 55;
    private const ulong Encrypted = 1UL << 51;
    private const ulong Root = 0xABC000;
    private const int Domain = 0x1234;

    // Bits in each of the three parts that the address of a guest's table is told in; with the pages that
    // follow, each bit of the lowest part is met.
    private const ulong Base = 0x0002_5A5A_F5A5_0000;

    // Bits of the first word that say nothing of the table.
    private const ulong Silent = 0x1FC;

    [Test]
    public void An_entry_has_four_words([Values(0, 3, 5)] int words) => Assert.That(
        () => AmdDeviceTable.TryRead(new TableArena(0).Memory, new ulong[words], 0, out _, out _),
        Throws.ArgumentException.With.Message.Contains("four words").And.Property("ParamName").EqualTo("entry"));

    [TestCase(0UL, RootFlaw.PassThrough)]
    [TestCase(TranslationValid, RootFlaw.PassThrough)]
    [TestCase(TranslationValid | GuestValid | Silent, RootFlaw.PassThrough)]
    [TestCase(Valid, RootFlaw.NotPresent)]
    [TestCase(Valid | GuestValid | (3UL << 9), RootFlaw.NotPresent)]
    [TestCase(Valid | TranslationValid, RootFlaw.PassThrough)]
    [TestCase(Valid | TranslationValid | (7UL << 9), RootFlaw.Unsupported)]
    [TestCase(Valid | TranslationValid | GuestValid | (7UL << 9), RootFlaw.Unsupported)]
    public void What_is_not_translated_says_so(ulong word, RootFlaw expected)
    {
        bool isFound = AmdDeviceTable.TryRead(
            Guest(0, out _).Memory, [word, 0, 0, 0], 0, out PageTableRoot? root, out RootFlaw flaw);

        Assert.That((isFound, root, flaw), Is.EqualTo((false, (PageTableRoot?)null, expected)));
    }

    [Test]
    public void The_hosts_table_has_the_levels_that_its_mode_tells(
        [Range(1, 6)] int mode, [Range(0, 3)] int access)
    {
        ulong word = Valid | TranslationValid | Silent | ((ulong)mode << 9) | Root | Encrypted
            | ((ulong)access << 61) | (1UL << 63);

        bool isFound = AmdDeviceTable.TryRead(
            new TableArena(0).Memory, [word, 0xFFFF_FFFF_FFFF_0000 | Domain, ulong.MaxValue, ulong.MaxValue],
            Encrypted, out PageTableRoot? root, out RootFlaw flaw);

        Assert.That((isFound, flaw), Is.EqualTo((true, RootFlaw.None)));
        Assert.That(
            (root!.Format.Description.Name, root.Top, root.TopLevel, root.DomainId),
            Is.EqualTo(("amd-v1", Root, mode - 1, Domain)));
        Assert.That(root.Access, Is.EqualTo((PageAccess)access | PageAccess.Execute));
        Assert.That((root.InputBits, root.IsNestParent), Is.EqualTo(((int?)null, false)));
    }

    [Test]
    public void The_guests_table_is_found_through_every_directory_and_page(
        [Range(0, 2)] int directories, [Range(0, 1)] int mode, [Range(0, 7)] int page)
    {
        TableArena arena = Guest(directories, out ulong table, page);
        ulong[] entry = GuestEntry(table, directories, mode);

        bool isFound = AmdDeviceTable.TryRead(
            arena.Memory, entry, Encrypted, out PageTableRoot? root, out RootFlaw flaw);

        Assert.That((isFound, flaw), Is.EqualTo((true, RootFlaw.None)));
        Assert.That(
            (root!.Format.Description.Name, root.Top, root.TopLevel, root.DomainId),
            Is.EqualTo(("x86-64", Root, mode + 3, Domain)));
        Assert.That(root.Access, Is.EqualTo(PageAccess.Write | PageAccess.Execute));
        Assert.That((root.InputBits, root.IsNestParent), Is.EqualTo(((int?)(mode == 0 ? 47 : 56), false)));
    }

    [TestCase(3, 0)]
    [TestCase(0, 2)]
    [TestCase(1, 3)]
    public void A_guests_table_that_is_unknown_is_refused(int directories, int mode)
    {
        TableArena arena = Guest(directories, out ulong table);

        ExpectFlaw(arena, GuestEntry(table, directories, mode), RootFlaw.Unsupported);
    }

    [TestCase(0, 0)]
    [TestCase(1, 0)]
    [TestCase(1, 1)]
    [TestCase(2, 0)]
    [TestCase(2, 1)]
    [TestCase(2, 2)]
    public void A_guests_table_ends_where_an_entry_is_missing(int directories, int depth)
    {
        TableArena arena = Guest(directories, out ulong table);
        ref ulong word = ref arena.Word(table + ((ulong)depth << 12));
        word &= ~1UL;
        ExpectFlaw(arena, GuestEntry(table, directories, 0), RootFlaw.NotPresent);

        // Where the next one is outside the image; the root itself is not read here.
        word = Root | 1;
        RootFlaw next = depth < directories ? RootFlaw.OutsideImage : RootFlaw.None;
        ExpectFlaw(arena, GuestEntry(table, directories, 0), next);
        ExpectFlaw(arena, GuestEntry(table + (1UL << 40), directories, 0), RootFlaw.OutsideImage);
    }

    [Test]
    public void A_device_table_is_indexed_by_bus_device_and_function()
    {
        const int Device = 0x120;
        TableArena arena = Guest(0, out ulong table);
        arena.Word(table + Device * 32) =
            Valid | TranslationValid | (2UL << 9) | Root | (1UL << 61) | Encrypted;
        arena.Word(table + Device * 32 + 8) = Domain;

        bool isFound = AmdDeviceTable.TryFind(
            arena.Memory, table, Devices.At("01:04.0"), Encrypted, out PageTableRoot? root, out _);

        Assert.That(isFound, Is.True);
        Assert.That((root!.Top, root.TopLevel, root.DomainId), Is.EqualTo((Root, 1, Domain)));
        Assert.That(root.Access & PageAccess.ReadWrite, Is.EqualTo(PageAccess.Read));
        isFound = AmdDeviceTable.TryFind(
            arena.Memory, table, Devices.At("ff:00.0"), 0, out _, out RootFlaw flaw);
        Assert.That((isFound, flaw), Is.EqualTo((false, RootFlaw.OutsideImage)), "this table is cut short");
    }

    // Found by fuzzing: the sum of address and offset overflowed.
    [Test]
    public void A_table_at_the_end_of_all_addresses_is_outside_the_image()
    {
        bool isFound = AmdDeviceTable.TryFind(
            new TableArena(Base).Memory, ~0xFFFUL, Devices.At("ff:1f.7"), 0, out _, out RootFlaw flaw);

        Assert.That((isFound, flaw), Is.EqualTo((false, RootFlaw.OutsideImage)));
    }

    private static void ExpectFlaw(TableArena arena, ulong[] entry, RootFlaw expected)
    {
        bool isFound = AmdDeviceTable.TryRead(
            arena.Memory, entry, Encrypted, out PageTableRoot? root, out RootFlaw flaw);

        Assert.That((isFound, root is null, flaw), Is.EqualTo(
            (expected == RootFlaw.None, expected != RootFlaw.None, expected)));
    }

    // A table for each directory, then the one with the root; entries are encrypted, and some bits silent.
    private static TableArena Guest(int directories, out ulong table, int page = 0)
    {
        TableArena arena = new(Base);
        arena.Take(16);
        table = Base + ((ulong)page << 12);
        for (int depth = 0; depth <= directories; depth++)
        {
            ulong at = table + ((ulong)depth << 12);
            arena.Word(at) = (depth == directories ? Root : at + 4096) | Encrypted | 0xFFF0_0000_0000_0FFF;
        }

        return arena;
    }

    private static ulong[] GuestEntry(ulong table, int directories, int mode) =>
    [
        Valid | TranslationValid | Silent | GuestValid | Root | ((ulong)directories << 56)
            | (((table >> 12) & 7) << 58) | (2UL << 61) | (1UL << 63),
        Domain | (((table >> 15) & 0xFFFF) << 16) | (0x7FFUL << 32) | ((table >> 31) << 43),
        ~(3UL << 54) | ((ulong)mode << 54),
        ulong.MaxValue,
    ];
}
