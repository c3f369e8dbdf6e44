using GraphOrder.PageTables;
using static GraphOrder.DiagnosticCode;

namespace GraphOrder.Mappings.Tests;

/// <summary>
/// Each defect against areas, owners and tables of others by one change to a sound host, in every format of
/// 4 KiB granules, with extents and with folio records: the exact findings.
/// </summary>
[TestFixture]
public sealed class AreaDefectTests
{
    private const ulong Page = 4096;
    private const ulong Half = 4 << 20;
    private const ulong Large = 2 << 20;

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("graphorder-areas-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_sound_host_has_no_finding_and_every_byte_has_its_owner() => Over(
        static host =>
        {
            host.MapAll();
            WalkedDomain walked = host.Walk().Single();
            Assert.That(walked.WhyNot, Is.Null);
            Assert.That(walked.Findings, Is.Empty);
            Assert.That(walked.Owners, Is.EqualTo(new MappedOwner[]
            {
                new(IAreaHost.RamId, 0, IAreaHost.Low, 8 << 20, Access.ReadWrite),
                new(IAreaHost.RomId, IAreaHost.RomIova, IAreaHost.Rom, 64 << 10, Access.Read),
            }));
        });

    [Test]
    public void I01_hole_in_area() => Expect(
        static host => host.Unmap(Half + (7 * Page), 3 * Page),
        (HoleInArea, 3 * Page, Half + (7 * Page)));

    [Test]
    public void I01_an_area_without_anything() => Expect(
        static host => host.Unmap(IAreaHost.RomIova, 64 << 10),
        (HoleInArea, 64 << 10, IAreaHost.RomIova));

    [Test]
    public void I02_stray_mapping() => Expect(
        static host => host.Map(0x2000_0000, IAreaHost.Low + Page, Page, PageAccess.ReadWrite),
        (StrayMapping, Page, 0x2000_0000));

    [Test]
    public void I02_whole_tables_below_the_first_area() => Expect(
        static host => host.Areas[0] = host.Areas[0] with { Iova = 0x2000_0000 },
        (HoleInArea, 8 << 20, 0x2000_0000),
        (StrayMapping, 8 << 20, 0));

    [Test]
    public void I10_an_area_behind_the_end_of_any_file() => Expect(
        static host => host.Areas.Add(
            new(0x8000_0000, 8192, IAreaHost.RamId, ulong.MaxValue - 4095, Access.Read)),
        (AreaOverlap, 8192, 0x8000_0000));

    [Test]
    public void I03_offset_discontinuity() => Expect(
        static host =>
        {
            host.Remap(Half + (8 * Page), host.PhysicalOf(9), PageAccess.ReadWrite);
            host.Remap(Half + (9 * Page), host.PhysicalOf(8), PageAccess.ReadWrite);
        },
        (OffsetDiscontinuity, 2 * Page, Half + (8 * Page)));

    [Test]
    public void I04_wrong_file() => Expect(
        static host => host.Remap(Half + (8 * Page), IAreaHost.Rom, PageAccess.ReadWrite),
        (WrongFile, Page, Half + (8 * Page)));

    [Test]
    public void I04_and_O03_the_memory_of_another_session() => Expect(
        static host => host.Remap(Half + (8 * Page), IAreaHost.Other + Page, PageAccess.ReadWrite),
        (OutputInOtherSession, Page, Half + (8 * Page)),
        (WrongFile, Page, Half + (8 * Page)));

    [Test]
    public void I05_permission_wider() => Expect(
        static host => host.Remap(IAreaHost.RomIova + Page, IAreaHost.Rom + Page, PageAccess.ReadWrite),
        (PermissionWider, Page, IAreaHost.RomIova + Page));

    [Test]
    public void I05_not_where_a_format_cannot_write_without_reading() => Expect(
        static host =>
        {
            host.Areas[1] = host.Areas[1] with { Access = Access.Write };
            host.Unmap(IAreaHost.RomIova, 64 << 10);
            host.Map(IAreaHost.RomIova, IAreaHost.Rom, 64 << 10, PageAccess.Write);
        });

    [Test]
    public void I06_permission_narrower() => Expect(
        static host => host.Remap(Half, host.PhysicalOf(0), PageAccess.Read),
        (PermissionNarrower, Page, Half));

    [Test]
    public void I07_alias_within_domain() => Expect(
        static host =>
        {
            host.Areas.Add(new(0x8000_0000, 1 << 20, IAreaHost.RamId, 1 << 20, Access.ReadWrite));
            host.Map(0x8000_0000, IAreaHost.Low + (1 << 20), 1 << 20, PageAccess.ReadWrite);
        },
        (AliasWithinDomain, 1 << 20, 0x8000_0000));

    [Test]
    public void I08_alias_across_domains() => Over(static host =>
    {
        host.HasSecondDomain = true;
        host.MapAll();
        WalkedDomain[] walked = host.Walk();
        Assert.That(walked[0].Findings, Is.Empty);
        Assert.That(
            Told(walked[1]), Is.EqualTo(new[] { (AliasAcrossDomains, (8UL << 20) + (64 << 10), 0UL) }));
    });

    [Test]
    public void I09_leaf_exceeds_area() => Expect(
        static host => host.Areas[0] = host.Areas[0] with { Bytes = 3 << 20 },
        (StrayMapping, 5 << 20, 3 << 20),
        (LeafExceedsArea, Large, Large));

    [Test]
    public void I10_area_overlap() => Expect(
        static host => host.Areas.Add(new((8 << 20) - Page, 1 << 20, IAreaHost.RamId, 0, Access.ReadWrite)),
        (AreaOverlap, 1 << 20, (8 << 20) - Page));

    [Test]
    public void I10_an_area_that_is_not_made_of_pages() => Expect(
        static host => host.Areas[1] = host.Areas[1] with { Bytes = (64 << 10) - 1 },
        (StrayMapping, 1, IAreaHost.RomIova + (64 << 10) - 1),
        (LeafExceedsArea, Page, IAreaHost.RomIova + (64 << 10) - Page),
        (AreaOverlap, (64 << 10) - 1, IAreaHost.RomIova));

    [Test]
    public void I11_unexpected_leaf_size() => Over(
        static host =>
        {
            host.MapAll();
            Assert.That(
                Told(host.Walk().Single()),
                Has.Member((UnexpectedLeafSize, Half, 0UL))
                    .And.All.Matches<(DiagnosticCode Code, ulong, ulong)>(
                        static found => found.Code is UnexpectedLeafSize or CouldBeSuperpage));
        },
        leafSizes: Page);

    [Test]
    public void O01_output_not_preserved() => Expect(
        static host => host.Remap(Half, 0x9_0000_0000, PageAccess.ReadWrite),
        (OutputNotPreserved, Page, Half));

    [Test]
    public void O02_output_spans_ranges() => Over(
        static host =>
        {
            // The file goes on elsewhere in the middle of the second large leaf.
            host.MapAll();
            host.Ram[0] = new(0, IAreaHost.Low, 3 << 20);
            host.Ram.Insert(1, new(3 << 20, 0x7_0000_0000, 1 << 20));
            Assert.That(Told(host.Walk().Single()), Is.EqualTo(new[]
            {
                (OutputNotPreserved, 1UL << 20, 3UL << 20), (OutputSpansRanges, Large, Large),
            }));
        });

    [Test]
    public void O04_output_is_mmio() => Over(static host =>
    {
        host.Platform = new() { Mmio = [new PhysicalRange(0x9_0000_0000, 1 << 20)] };
        host.MapAll();
        host.Remap(Half, 0x9_0000_0000, PageAccess.ReadWrite);
        Diagnostic told = host.Walk().Single().Findings.Single();
        Assert.That((told.Code, told.Severity), Is.EqualTo((OutputIsMmioOrMsi, DiagnosticSeverity.Error)));
    });

    [Test]
    public void O04_is_a_warning_where_the_area_is_a_dma_buf() => Over(static host =>
    {
        host.Platform = new() { Mmio = [new PhysicalRange(IAreaHost.Rom, 1 << 20)] };
        host.RomKind = ObjectKind.DmaBuf;
        host.MapAll();
        Diagnostic told = host.Walk().Single().Findings.Single();
        Assert.That((told.Code, told.Severity), Is.EqualTo((OutputIsMmioOrMsi, DiagnosticSeverity.Warning)));
    });

    [Test]
    public void O05_output_beyond_file_size() => Over(static host =>
    {
        host.MapAll();
        host.RamBytes -= 2 * (int)Page;
        host.Ram.RemoveRange(host.Ram.Count - 2, 2);
        Assert.That(Told(host.Walk().Single()), Is.EqualTo(new[]
        {
            (OutputNotPreserved, 2 * Page, (8 << 20) - (2 * Page)),
            (OutputBeyondFileSize, 2 * Page, (8 << 20) - (2 * Page)),
        }));
    });

    [Test]
    public void O06_output_is_another_domains_table() => Expect(
        static host => host.Remap(Half, 0x50_0000_0000 + (1 << 20), PageAccess.ReadWrite),
        (OutputNotPreserved, Page, Half));

    [Test]
    public void O06_and_T03_the_domains_own_table() => Expect(
        static host => host.Remap(Half, 0x50_0000_0000, PageAccess.ReadWrite),
        (TableReachableByDma, 0, Half),
        (OutputNotPreserved, Page, Half),
        (OutputIsAnotherDomainsTable, Page, Half));

    [Test]
    public void O07_a_part_of_the_memfd_without_a_folio() => Over(
        static host =>
        {
            host.MapAll();
            host.Ram.RemoveAt(100);
            Assert.That(Told(host.Walk().Single()), Is.EqualTo(new[]
            {
                (OutputNotPreserved, Page, Half + (99 * Page)), (FolioNotUptodate, Page, Half + (99 * Page)),
            }));
        },
        folios: false);

    [Test]
    public void T06_table_inside_memfd() => Over(
        static host =>
        {
            host.OtherRam.Add(new(4 << 20, 0x50_0000_0000, 4 << 20));
            host.MapAll();
            Diagnostic told = host.Walk().Single().Findings.Single();
            Assert.That(told.Code, Is.EqualTo(TableInsideMemfd));
            Assert.That(told.Subjects, Is.EqualTo(new[] { "vm-01/domain", "vm-02/ram" }));
        });

    [Test]
    public void G05_domain_without_mapping() => Over(static host =>
    {
        host.Areas.Clear();
        Assert.That(
            Told(host.Walk().Single()).Select(static found => found.Code), Has.Member(DomainWithoutMapping));
    });

    private static (DiagnosticCode Code, ulong Bytes, ulong Iova)[] Told(WalkedDomain walked) =>
    [
        .. walked.Findings.Where(static found => found.Code != EmptyTable).Select(static found => (
            found.Code, ulong.TryParse(found.Fact("bytes"), out ulong bytes) ? bytes : 0,
            Convert.ToUInt64(found.Fact("iova"), 16))),
    ];

    private void Expect(Action<IAreaHost> change, params (DiagnosticCode, ulong, ulong)[] expected) => Over(
        host =>
    {
        host.MapAll();
        change(host);
        WalkedDomain walked = host.Walk().Single();
        Assert.That(walked.WhyNot, Is.Null);
        Assert.That(Told(walked), Is.EqualTo(expected));
    });

    private void Over(Action<IAreaHost> test, ulong leafSizes = Page | Large, bool folios = true)
    {
        foreach (PageTableFormat format in PageTableFormats.All)
        {
            if (format.Description.Granule is "" or "4K")
            {
                format.Accept(new Visitor(_folder, leafSizes, false, test));
                if (folios)
                {
                    format.Accept(new Visitor(_folder, leafSizes, true, test));
                }
            }
        }
    }

    private sealed class Visitor(string folder, ulong leafSizes, bool usesFolios, Action<IAreaHost> test)
        : IFormatVisitor<bool>
    {
        public bool Visit<TFormat>() where TFormat : struct, IPageTableFormat
        {
            AreaHost<TFormat> host = new(
                folder, Math.Clamp(3, TFormat.TopLevelMin, TFormat.TopLevelMax), leafSizes: leafSizes)
            {
                UsesFolios = usesFolios,
            };
            try
            {
                test(host);
            }
            catch (Exception exception) when (exception is not SuccessException)
            {
                throw new AssertionException(
                    $"{TFormat.Description.Name}, folios {usesFolios}: {exception.Message}", exception);
            }

            return true;
        }
    }
}
