namespace GraphOrder.PageTables.Tests;

/// <summary>
/// Every field of VT-d's root, context and PASID entries, among bits that mean something else.
/// </summary>
[TestFixture]
public sealed class VtdRootTests
{
    private const ulong Base = 0x1000_0000;
    private const ulong Scalable = 1 << 10;
    private const ulong Context = Base + 0x1000;
    private const ulong Directory = Base + 0x4000;
    private const ulong PasidTable = Base + 0x3000;
    private const ulong Table = 0xABC000;
    private const int Domain = 0xD123;

    // What says nothing, of each kind of entry.
    private const ulong SilentPointer = 0xFFE;
    private const ulong SilentContext = 0xFF2;
    private const ulong SilentScalable = 0x1FE;
    private const ulong SilentPasid = 0xE22;
    private const ulong SilentFirstStage = 0xFF3;

    [Test]
    public void A_legacy_context_entry_tells_levels_and_domain(
        [Values("00:00.0", "00:1f.7", "07:10.0", "ff:1f.7")] string device, [Range(0, 1)] int type,
        [Range(1, 3)] int width)
    {
        TableArena arena = Legacy(device, type, width);

        PageTableRoot root = Found(arena, Base, device, null);

        Assert.That(
            (root.Format.Description.Name, root.Top, root.TopLevel, root.DomainId),
            Is.EqualTo(("vtd-second-stage", Table, width + 1, Domain)));
        Assert.That(
            (root.Access, root.InputBits, root.IsNestParent),
            Is.EqualTo((PageAccess.All, (int?)null, false)));
        Expect(arena, Base, device, 0, RootFlaw.Unsupported, "a PASID in legacy mode");
        Expect(arena, Base | (2 << 10), device, null, RootFlaw.Unsupported, "a mode that there is not");
        Expect(arena, Base | (3 << 10), device, null, RootFlaw.Unsupported, "abort");
    }

    [TestCase(2, 2, RootFlaw.PassThrough)]
    [TestCase(3, 2, RootFlaw.Unsupported)]
    [TestCase(0, 0, RootFlaw.Unsupported)]
    [TestCase(1, 4, RootFlaw.Unsupported)]
    [TestCase(0, 7, RootFlaw.Unsupported)]
    public void What_legacy_mode_does_not_translate_says_so(int type, int width, RootFlaw flaw) =>
        Expect(Legacy("01:02.3", type, width), Base, "01:02.3", null, flaw, "");

    [Test]
    public void A_legacy_device_ends_where_an_entry_is_missing()
    {
        const string Device = "01:02.3";
        TableArena arena = Legacy(Device, 0, 2);
        ref ulong context = ref arena.Word(Context + (0x13 * 16));
        context &= ~1UL;
        Expect(arena, Base, Device, null, RootFlaw.NotPresent, "the context entry");
        ref ulong root = ref arena.Word(Base + 16);
        root = (Base + 0x100_0000) | 1;
        Expect(arena, Base, Device, null, RootFlaw.OutsideImage, "the context table");
        root = Context;
        Expect(arena, Base, Device, null, RootFlaw.NotPresent, "the root entry");
        Expect(arena, Base + 0x100_0000, Device, null, RootFlaw.OutsideImage, "the root table");
    }

    [Test]
    public void A_PASID_entry_tells_format_levels_and_domain(
        [Values("00:00.0", "00:0f.7", "07:10.0", "ff:1f.7")] string device, [Range(1, 3)] int type,
        [Values(0, 63, 64, 0x1FFF, 0x1234)] int pasid)
    {
        for (int width = type == 1 ? 0 : 1; width <= (type == 1 ? 1 : 3); width++)
        {
            TableArena arena = OfPasid(device, pasid, type, width);
            foreach (int? asked in (int?[])[null, pasid])
            {
                PageTableRoot root = Found(arena, Base | Scalable, device, asked);

                Assert.That(
                    (root.Format.Description.Name, root.Top, root.TopLevel, root.DomainId),
                    Is.EqualTo((type == 1 ? "x86-64" : "vtd-second-stage", Table, type == 1 ? width + 3 : width + 1, Domain)));
                Assert.That(
                    (root.Access, root.InputBits, root.IsNestParent),
                    Is.EqualTo((PageAccess.All, (int?)null, type == 3)));
            }
        }
    }

    [TestCase(1, 2)]
    [TestCase(1, 3)]
    [TestCase(2, 0)]
    [TestCase(2, 4)]
    [TestCase(3, 5)]
    [TestCase(0, 2)]
    [TestCase(5, 2)]
    [TestCase(7, 2)]
    public void What_a_PASID_entry_does_not_know_is_refused(int type, int width) =>
        Expect(OfPasid("00:04.0", 5, type, width), Base | Scalable, "00:04.0", 5, RootFlaw.Unsupported, "");

    [Test]
    public void What_passes_through_says_so([Range(0, 7)] int width) =>
        Expect(OfPasid("00:04.0", 5, 4, width), Base | Scalable, "00:04.0", 5, RootFlaw.PassThrough, "");

    // A directory of 2 to the power of (size + 7) entries for 64 PASIDs each.
    [Test]
    public void A_PASID_is_in_range_up_to_the_last_of_its_directory([Range(0, 6)] int size)
    {
        int last = (64 << (size + 7)) - 1;
        TableArena arena = OfPasid("00:04.0", last, 2, 2, size);
        Assert.That(Found(arena, Base | Scalable, "00:04.0", last).Top, Is.EqualTo(Table));
        Expect(arena, Base | Scalable, "00:04.0", last - 1, RootFlaw.NotPresent, "its neighbour");
        Expect(arena, Base | Scalable, "00:04.0", last - 64, RootFlaw.NotPresent, "another table");
        Expect(arena, Base | Scalable, "00:04.0", last + 1, RootFlaw.PasidOutOfRange, "one further");
    }

    [Test]
    public void A_PASID_ends_where_an_entry_is_missing()
    {
        const string Device = "00:04.0";
        (ulong Where, ulong Silent)[] chain =
        [
            (Base, SilentPointer), (Context + (0x20 * 32), SilentScalable), (Directory, SilentPointer),
            (PasidTable + (5 * 64), SilentPasid),
        ];
        for (int step = 0; step < chain.Length; step++)
        {
            TableArena arena = OfPasid(Device, 5, 2, 2);
            ref ulong word = ref arena.Word(chain[step].Where);
            word &= ~1UL;
            Expect(arena, Base | Scalable, Device, 5, RootFlaw.NotPresent, $"entry {step}");
            word = (Base + 0x4000_0000) | chain[step].Silent | 1;
            bool isLast = step == chain.Length - 1;
            Expect(
                arena, Base | Scalable, Device, 5, isLast ? RootFlaw.Unsupported : RootFlaw.OutsideImage,
                $"what entry {step} names");
        }

        Expect(
            OfPasid(Device, 5, 2, 2), (Base + 0x4000_0000) | Scalable, Device, 5, RootFlaw.OutsideImage, "the root table");
    }

    // Found by fuzzing: the sum of address and offset overflowed.
    [Test]
    public void A_table_at_the_end_of_all_addresses_is_outside_the_image()
    {
        TableArena arena = new(Base);
        arena.Take(2);
        arena.Word(Base) = (Base + 4096) | 1;
        arena.Word(Base + 4096) = ~0xFFFUL | (7 << 9) | 1;

        Expect(arena, Base | Scalable, "00:00.0", 0xFFFFF, RootFlaw.OutsideImage, "the PASID directory");
        Expect(arena, ~0xFFFUL | Scalable, "ff:1f.7", null, RootFlaw.OutsideImage, "the root table");
    }

    private static TableArena Legacy(string device, int type, int width)
    {
        TableArena arena = Rooted(device, out DeviceAddress address);
        arena.Word(Base + ((ulong)address.Bus * 16)) = Context | SilentPointer | 1;
        ulong at = Context + ((ulong)address.Function * 16);
        arena.Word(at) = Table | SilentContext | ((ulong)type << 2) | 1;
        arena.Word(at + 8) = 0xFFFF_FFFF_FF00_00F8 | ((ulong)Domain << 8) | (uint)width;
        return arena;
    }

    private static TableArena OfPasid(string device, int pasid, int type, int width, int size = 0)
    {
        TableArena arena = Rooted(device, out DeviceAddress address);
        ulong half = address.Function >= 128 ? 8UL : 0;
        arena.Word(Base + ((ulong)address.Bus * 16) + half) = Context | SilentPointer | 1;
        ulong context = Context + ((ulong)(address.Function & 127) * 32);
        arena.Word(context) = Directory | SilentScalable | ((ulong)size << 9) | 1;
        arena.Word(context + 8) = ~0xF_FFFFUL | (uint)pasid;
        arena.Word(Directory + ((ulong)(pasid >> 6) * 8)) = PasidTable | SilentPointer | 1;
        ulong entry = PasidTable + ((ulong)(pasid & 63) * 64);
        arena.Word(entry) =
            SilentPasid | ((ulong)width << 2) | ((ulong)type << 6) | (type == 1 ? 0 : Table) | 1;
        arena.Word(entry + 8) = 0xFFFF_FFFF_FFFF_0000 | Domain;
        arena.Word(entry + 16) = type == 1 ? Table | SilentFirstStage | ((ulong)width << 2) : ulong.MaxValue;
        return arena;
    }

    // The root, context and PASID tables, and the longest directory behind them.
    private static TableArena Rooted(string device, out DeviceAddress address)
    {
        address = Devices.At(device);
        TableArena arena = new(Base);
        arena.Take(4);
        arena.Take(1);
        arena.Take(16);
        return arena;
    }

    private static PageTableRoot Found(TableArena arena, ulong rtaddr, string device, int? pasid)
    {
        bool isFound = VtdRoots.TryFind(
            arena.Memory, rtaddr, Devices.At(device), pasid, out PageTableRoot? root, out RootFlaw flaw);
        Assert.That((isFound, flaw), Is.EqualTo((true, RootFlaw.None)));
        return root!;
    }

    private static void Expect(
        TableArena arena, ulong rtaddr, string device, int? pasid, RootFlaw expected, string what)
    {
        bool isFound = VtdRoots.TryFind(
            arena.Memory, rtaddr, Devices.At(device), pasid, out PageTableRoot? root, out RootFlaw flaw);
        Assert.That((isFound, root, flaw), Is.EqualTo((false, (PageTableRoot?)null, expected)), what);
    }
}
