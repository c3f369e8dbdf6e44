using System.Globalization;
using System.Text.RegularExpressions;

namespace GraphOrder.PageTables.Tests;

/// <summary>Roots as a kernel left them.</summary>
[TestFixture]
public sealed class KernelRootTests
{
    [Test]
    public void The_kernels_root_and_context_entries_lead_to_its_table()
    {
        using PhysicalImage image = Kernel("vtd-48bit");

        bool isFound = VtdRoots.TryFind(
            image.Memory, image.Word!.Value, Devices.At("00:04.0"), null, out PageTableRoot? root, out RootFlaw flaw);

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
                    image.Memory, 0xA48000, Devices.At(row.Groups[1].Value), null, out PageTableRoot? root,
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

    private static RootFlaw Flaw<TMemory>(TMemory memory, ulong rtaddr, string device, int? pasid)
        where TMemory : IPhysicalMemory
    {
        Assert.That(
            VtdRoots.TryFind(memory, rtaddr, Devices.At(device), pasid, out _, out RootFlaw flaw), Is.False);
        return flaw;
    }

    private static PhysicalImage Kernel(string fixture)
    {
        Assert.That(
            PhysicalImage.TryOpen(TestFiles.Fixture(fixture, "pages.bin"), new(), out PhysicalImage? image, out _), Is.True);
        return image!;
    }
}
