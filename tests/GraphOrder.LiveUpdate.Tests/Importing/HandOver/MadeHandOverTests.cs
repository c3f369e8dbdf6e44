using System.Buffers.Binary;
using GraphOrder.PageTables;

namespace GraphOrder.LiveUpdate.Tests;

/// <summary>Hand-overs larger than the fixture: chains of blocks, large folios, tables of several
/// pages.</summary>
[TestFixture]
public sealed class MadeHandOverTests
{
    [Test]
    public void Chains_of_blocks_are_read_in_order()
    {
        MadeHandOver made = new();
        for (int session = 0; session < 120; session++)
        {
            made.AddSession($"s{session}");
            int files = session switch { 0 => 130, 1 => 63, 2 => 64, 3 => 0, _ => 1 };
            for (int file = 0; file < files; file++)
            {
                made.AddFile((ulong)(1000 - file), 4096, [0]);
            }
        }

        SessionSet set = Matches(made.Finish(), HandOverImage.Import(made.PageList()));

        Assert.That(
            set.Sessions.Select(session => session.Name.Text), Is.EqualTo(Enumerable.Range(0, 120).Select(i => $"s{i}")));
        Assert.That(set.Sessions[0].Preserved, Has.Length.EqualTo(130));
        Assert.That(set.NameOf(set.Sessions[0].Preserved[129]), Is.EqualTo("s0/0x367"));
    }

    [Test]
    public void Folios_of_every_size_have_the_size_that_is_on_record()
    {
        MadeHandOver made = new();
        made.AddSession("large");
        made.AddFile(1, (1UL << 21) + 5000, [9, 0, 0]);
        made.AddFile(2, 5000, [9]);
        made.AddFile(3, 3UL << 30, [18, 18, 18]);
        made.AddFile(4, 15UL << 12, [3, 2, 1, 0]);
        made.AddFile(5, 0, []);

        Matches(made.Finish(), HandOverImage.Import(made.PageList()));
    }

    [TestCase(0)]
    [TestCase(9)]
    public void A_table_of_several_pages_of_lists_is_read(int tableOrder)
    {
        const int folios = 511 * 256 + 1000;
        MadeHandOver made = new();
        made.AddSession("ram");
        made.AddFile(1, folios * 4096UL, Enumerable.Repeat(0, folios), tableOrder);

        SessionSet set = Matches(made.Finish(), HandOverImage.Import(made.PageList()));

        Assert.That(set.Objects[0].Facts.Extents, Has.Length.EqualTo(folios));
    }

    [Test]
    public void Setup_data_leads_to_the_tree_in_a_raw_image()
    {
        MadeHandOver made = new();
        made.AddSession("s");
        made.AddFile(9, 8192, [1]);
        ulong setup = made.Finish().AddSetupData();
        byte[] raw = made.Raw(out ulong first);

        ImportResult result = Import(raw, first, new HandOverRoot(null, setup));

        SessionSet set = Matches(made, result);
        Assert.That(set.Platform!.Scratch!.Value.Single(),
            Is.EqualTo(new PhysicalRange(0x4000_0000, 0x100_0000)));
        Matches(made, Import(raw, first, new HandOverRoot(made.Tree, null)));
        Assert.That(Import(raw, first, default).Diagnostics.Single().Code,
            Is.EqualTo(DiagnosticCode.HandOverNotNamed));
    }

    [Test]
    public void Setup_data_that_returns_ends()
    {
        MadeHandOver made = new();
        made.AddSession("s");
        ulong setup = made.Finish().AddSetupData();
        byte[] raw = made.Raw(out ulong first);
        BinaryPrimitives.WriteUInt64LittleEndian(raw.AsSpan((int)(setup - first)), setup);

        Diagnostic error = Import(raw, first, new HandOverRoot(null, setup)).Diagnostics.Single();

        Assert.That(error.Code, Is.EqualTo(DiagnosticCode.HandOverContradicts));
    }

    [Test]
    public void A_core_is_read_like_a_page_list()
    {
        MadeHandOver made = new();
        made.AddSession("s");
        made.AddFile(9, 8192, [1]);
        byte[] raw = made.Finish().Raw(out ulong first);
        byte[] core = new byte[64 + 56];
        "\u007fELF"u8.CopyTo(core);
        core[4] = 2;
        core[5] = 1;
        core[6] = 1;
        core[16] = 4;
        core[18] = 62;
        core[32] = 64;
        core[54] = 56;
        core[56] = 1;
        core[64] = 1;
        core[72] = (byte)core.Length;
        BinaryPrimitives.WriteUInt64LittleEndian(core.AsSpan(88), first);
        BinaryPrimitives.WriteUInt64LittleEndian(core.AsSpan(96), (ulong)raw.Length);

        Matches(made, Import([.. core, .. raw], null, new HandOverRoot(made.Tree, null)));
    }

    private static SessionSet Matches(MadeHandOver made, ImportResult result)
    {
        SessionSet set = HandOverImportTests.Sound(result, out _);
        Assert.That(set.Objects, Has.Length.EqualTo(made.Expected.Count));
        for (int i = 0; i < made.Expected.Count; i++)
        {
            ObjectFacts facts = set.Objects[i].Facts;
            Assert.That(set.NameOf(new ObjectId(i)), Is.EqualTo(made.Expected[i].Id));
            Assert.That(facts.Bytes, Is.EqualTo((long)made.Expected[i].Bytes));
            Assert.That(
                facts.Extents.Select(extent => (extent.Offset, extent.Physical, (ulong)extent.Bytes)),
                Is.EqualTo(made.Expected[i].Extents));
        }

        return set;
    }

    private static ImportResult Import(byte[] bytes, ulong? first, HandOverRoot root)
    {
        string path = Path.Combine(Path.GetTempPath(), $"graph-order-{Guid.NewGuid():n}");
        try
        {
            File.WriteAllBytes(path, bytes);
            Assert.That(
                PhysicalImage.TryOpen(
                    path, new ImageOptions { BaseAddress = first }, out PhysicalImage? image,
                        out ImageFlaw flaw),
                Is.True,
                flaw.ToString());
            using (image)
            {
                return HandOverImport.Read(image!, root);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }
}
