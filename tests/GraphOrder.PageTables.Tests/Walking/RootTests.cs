using System.Globalization;
using System.Text.RegularExpressions;

namespace GraphOrder.PageTables.Tests;

[TestFixture]
public sealed class RootTests
{
    private const ulong Base = 0x1000_0000;

    [Test]
    public void The_kernels_root_and_context_entries_lead_to_its_table()
    {
        using PhysicalImage image = Kernel("vtd-48bit");

        bool isFound = VtdRoots.TryFind(
            image.Memory, image.Word!.Value, Device("00:04.0"), null, out PageTableRoot? root, out RootFlaw flaw);

        Assert.That(isFound, Is.True, flaw.ToString());
        Assert.That(root!.Format.Description.Name, Is.EqualTo("vtd-second-stage"));
        Assert.That((root.Top, root.TopLevel, root.DomainId), Is.EqualTo((0xBEC000UL, 3, 3)));
        WalkFacts facts = root.AddTo(WalkFacts.Unknown);
        Findings found = Findings.Of<VtdSecondStage, FileMemory>(
            root.Top, root.TopLevel, image.Memory, facts);
        Assert.That(found.Leaves, Has.Count.EqualTo(2068));
    }

    [Test]
    public void Every_row_of_the_kernels_print_out_is_found()
    {
        using PhysicalImage image = Kernel("vtd-48bit");
        int rows = 0;
        foreach (string line in File.ReadLines(TestFiles.Fixture("vtd-48bit", "dmar_translation_struct.txt")))
        {
            Match row = Regex.Match(line, @"^(\S+)\t0x\w+:0x\w+\t0x(\w+):0x(\w+)\t");
            if (!row.Success)
            {
                continue;
            }

            rows++;
            ulong high = ulong.Parse(
                row.Groups[2].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            ulong low = ulong.Parse(
                row.Groups[3].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            Assert.That(
                VtdRoots.TryFind(
                    image.Memory, 0xA48000, Device(row.Groups[1].Value), null, out PageTableRoot? root,
                    out _),
                Is.True);
            Assert.That(root!.Top, Is.EqualTo(low & ~0xFFFUL));
            Assert.That(root.DomainId, Is.EqualTo((int)(high >> 8)));
        }

        Assert.That(rows, Is.EqualTo(5));
        Assert.That(Flaw(image.Memory, 0xA48000, "00:03.0", null), Is.EqualTo(RootFlaw.NotPresent));
        Assert.That(Flaw(image.Memory, 0xA48000, "01:00.0", null), Is.EqualTo(RootFlaw.NotPresent));
        Assert.That(Flaw(image.Memory, 0xA48000, "00:04.0", 1), Is.EqualTo(RootFlaw.Unsupported), "legacy mode");
        Assert.That(Flaw(image.Memory, 0x5000_0000, "00:04.0", null), Is.EqualTo(RootFlaw.OutsideImage));
    }

    [TestCase("00:04.0", 2, 3, "vtd-second-stage", 3)]
    [TestCase("00:1f.7", 2, 1, "vtd-second-stage", 1)]
    [TestCase("00:04.0", 3, 2, "vtd-second-stage", 2)]
    [TestCase("00:04.0", 1, 0, "x86-64", 0)]
    [TestCase("00:04.0", 1, 1, "x86-64", 1)]
    public void Scalable_mode_goes_by_directory_and_PASID(
        string device, int type, int width, string format, int code)
    {
        TableArena arena = Scalable(device, 0x12345, type, width);

        foreach (int? pasid in (int?[])[null, 0x12345])
        {
            bool isFound = VtdRoots.TryFind(
                arena.Memory, Base | (1 << 10), Device(
                    device), pasid, out PageTableRoot? root, out RootFlaw flaw);
            Assert.That(isFound, Is.True, flaw.ToString());
            Assert.That(root!.Format.Description.Name, Is.EqualTo(format));
            Assert.That((root.Top, root.TopLevel), Is.EqualTo((0xABC000UL, type == 1 ? code + 3 : code + 1)));
            Assert.That(root.DomainId, Is.EqualTo(0x777));
            Assert.That(root.IsNestParent, Is.EqualTo(type == 3));
        }

        Assert.That(Flaw(arena.Memory, Base | (1 << 10), device, 0x12346), Is.EqualTo(RootFlaw.NotPresent));
        Assert.That(
            Flaw(arena.Memory, Base | (1 << 10), device, 1 << 19), Is.EqualTo(RootFlaw.PasidOutOfRange));
        Assert.That(Flaw(arena.Memory, Base | (1 << 10), "00:05.0", null), Is.EqualTo(RootFlaw.NotPresent));
        Assert.That(Flaw(arena.Memory, Base | (2 << 10), device, null), Is.EqualTo(RootFlaw.Unsupported));
    }

    [TestCase(4, 2, RootFlaw.PassThrough)]
    [TestCase(0, 2, RootFlaw.Unsupported)]
    [TestCase(2, 0, RootFlaw.Unsupported)]
    [TestCase(2, 4, RootFlaw.Unsupported)]
    [TestCase(1, 2, RootFlaw.Unsupported)]
    public void What_scalable_mode_does_not_translate_says_so(
        int type, int width, RootFlaw flaw) => Assert.That(
        Flaw(Scalable("00:04.0", 0, type, width).Memory, Base | (1 << 10), "00:04.0", null), Is.EqualTo(flaw));

    [Test]
    public void The_kernels_device_table_entry_leads_to_its_table()
    {
        using PhysicalImage image = Kernel("amd-v1");

        bool isFound = AmdDeviceTable.TryRead(
            image.Memory, [image.Word!.Value, 5, 0, 0], 0, out PageTableRoot? root, out _);

        Assert.That(isFound, Is.True);
        Assert.That(
            (root!.Format.Description.Name, root.Top, root.TopLevel, root.DomainId),
            Is.EqualTo(("amd-v1", 0xA18000UL, 3, 5)));
        Assert.That(root.Access & PageAccess.ReadWrite, Is.EqualTo(PageAccess.ReadWrite));
        Assert.That(
            Findings.Of<AmdV1, FileMemory>(root.Top, 3, image.Memory, root.AddTo(WalkFacts.Unknown)).Faults,
            Has.Count.EqualTo(1), "the empty table");
    }

    [TestCase(0x0UL, RootFlaw.PassThrough)]
    [TestCase(0x1UL, RootFlaw.NotPresent)]
    [TestCase(0x3UL, RootFlaw.PassThrough)]
    [TestCase(0xE03UL, RootFlaw.Unsupported)]
    public void What_AMD_does_not_translate_says_so(ulong word, RootFlaw expected)
    {
        bool isFound = AmdDeviceTable.TryRead(
            new TableArena(Base).Memory, [word, 0, 0, 0], 0, out _, out RootFlaw flaw);
        Assert.That((isFound, flaw), Is.EqualTo((false, expected)));
    }

    [Test]
    public void A_device_table_is_indexed_by_bus_device_and_function()
    {
        TableArena arena = new(Base);
        arena.Take(256);
        const ulong Encrypted = 1UL << 47;
        arena.Word(Base + 0x120 * 32) = 0x2000_0000_00AB_C403 | Encrypted;
        arena.Word(Base + 0x120 * 32 + 8) = 9;

        bool isFound = AmdDeviceTable.TryFind(
            arena.Memory, Base, Device("01:04.0"), Encrypted, out PageTableRoot? root, out _);

        Assert.That(isFound, Is.True);
        Assert.That((root!.Top, root.TopLevel, root.DomainId), Is.EqualTo((0xABC000UL, 1, 9)));
        Assert.That(root.Access & PageAccess.ReadWrite, Is.EqualTo(PageAccess.Read));
        Assert.That(AmdDeviceTable.TryFind(arena.Memory, Base, Device("ff:00.0"), 0, out _, out RootFlaw flaw), Is.False);
        Assert.That(flaw, Is.EqualTo(RootFlaw.OutsideImage), "this table is cut short");
    }

    // Found by fuzzing: the sum of address and offset overflowed.
    [Test]
    public void A_table_at_the_end_of_all_addresses_is_outside_the_image()
    {
        TableArena arena = new(Base);
        Assert.That(
            AmdDeviceTable.TryFind(arena.Memory, ~0xFFFUL, Device("ff:1f.7"), 0, out _, out RootFlaw flaw), Is.False);
        Assert.That(flaw, Is.EqualTo(RootFlaw.OutsideImage));

        arena.Take(2);
        arena.Word(Base) = (Base + 4096) | 1;
        arena.Word(Base + 4096) = ~0xFFFUL | (7 << 9) | 1;
        Assert.That(Flaw(arena.Memory, Base | (1 << 10), "00:00.0", 0xFFFFF), Is.EqualTo(RootFlaw.OutsideImage));
        Assert.That(Flaw(arena.Memory, ~0xFFFUL | (1 << 10), "ff:1f.7", null), Is.EqualTo(RootFlaw.OutsideImage));
    }

    [TestCase(0, 0, 47)]
    [TestCase(2, 1, 56)]
    public void A_guest_CR3_table_leads_to_an_AMD_v2_table(int directories, int mode, int bits)
    {
        TableArena arena = new(Base);
        ulong table = arena.Take(4);
        for (int level = directories; level > 0; level--)
        {
            arena.Word(
                table + (ulong)(
                    directories - level) * 4096) = (table + (ulong)(directories - level + 1) * 4096) | 1;
        }

        arena.Word(table + (ulong)directories * 4096) = 0xABC001;
        ulong first = 3 | (1UL << 55) | ((ulong)directories << 56) | (((table >> 12) & 7) << 58);
        ulong second = 7 | (((table >> 15) & 0xFFFF) << 16) | ((table >> 31) << 43);

        bool isFound = AmdDeviceTable.TryRead(
            arena.Memory, [first, second, (ulong)mode << 54, 0], 0, out PageTableRoot? root,
            out RootFlaw flaw);

        Assert.That(isFound, Is.True, flaw.ToString());
        Assert.That(
            (root!.Format.Description.Name, root.Top, root.TopLevel, root.InputBits),
            Is.EqualTo(("x86-64", 0xABC000UL, mode + 3, (int?)bits)));
    }

    private static TableArena Scalable(string device, ulong pasid, int type, int width)
    {
        TableArena arena = new(Base);
        arena.Take(4);
        DeviceAddress address = Device(device);
        bool isUpper = address.Function >= 128;
        ulong context = Base + 0x1000 + (ulong)(address.Function & 127) * 32;
        ulong entry = Base + 0x3000 + (pasid & 63) * 64;
        arena.Take(4);
        arena.Word(Base + (isUpper ? 8UL : 0)) = (Base + 0x1000) | 1;
        arena.Word(context) = (Base + 0x4000) | (4 << 9) | 1;
        arena.Word(context + 8) = pasid;
        arena.Word(Base + 0x4000 + (pasid >> 6) * 8) = (Base + 0x3000) | 1;
        arena.Word(entry) = 1 | ((ulong)width << 2) | ((ulong)type << 6) | (type == 1 ? 0 : 0xABC000UL);
        arena.Word(entry + 8) = 0x777;
        arena.Word(entry + 16) = type == 1 ? 0xABC000UL | ((ulong)width << 2) : 0;
        return arena;
    }

    private static RootFlaw Flaw<TMemory>(TMemory memory, ulong rtaddr, string device, int? pasid)
        where TMemory : IPhysicalMemory
    {
        Assert.That(
            VtdRoots.TryFind(memory, rtaddr, Device(device), pasid, out _, out RootFlaw flaw), Is.False);
        return flaw;
    }

    private static DeviceAddress Device(string text)
    {
        Assert.That(DeviceAddress.TryParse(text, out DeviceAddress device), Is.True);
        return device;
    }

    private static PhysicalImage Kernel(string fixture)
    {
        Assert.That(
            PhysicalImage.TryOpen(TestFiles.Fixture(fixture, "pages.bin"), new(), out PhysicalImage? image, out _), Is.True);
        return image!;
    }
}
