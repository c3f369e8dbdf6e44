using System.Globalization;

namespace GraphOrder.PageTables.Tests;

/// <summary>
/// Tables that a running Linux 7.3.4 wrote, against what it printed and what was really mapped.
/// </summary>
[TestFixture]
public sealed class KernelTableTests
{
    [Test]
    public void Vtd_leaves_are_those_of_the_kernels_own_print_out()
    {
        Findings found = Walk<VtdSecondStage>("vtd-48bit", 0xBEC000, out PhysicalImage image);
        using PhysicalImage held = image;
        List<(ulong Iova, ulong Word, int Level)> printed = Printed();

        Assert.That(printed, Has.Count.EqualTo(2068));
        Assert.That(
            found.Leaves.Select(leaf => (leaf.Iova, leaf.Physical, leaf.Access, leaf.Level)),
            Is.EqualTo(printed.Select(leaf => (
                leaf.Iova, leaf.Word & 0x000F_FFFF_FFFF_F000, (PageAccess)(leaf.Word & 3), leaf.Level))));
        Assert.That(found.Summary.LeafCount(12), Is.EqualTo(2062));
        Assert.That(found.Summary.LeafCount(21), Is.EqualTo(6));
        Assert.That(found.Summary.Tables, Is.EqualTo(27));
        Assert.That(found.Summary.EmptyTables, Is.EqualTo(1));
        Assert.That(found.Summary.MappedBytes, Is.EqualTo((UInt128)21_028_864));
        Assert.That(found.Defects, Is.Empty);
        Assert.That(found.Kinds, Is.EqualTo(new[] { PageTableFaultKind.EmptyTable }));
    }

    [Test]
    public void Vtd_pages_are_those_that_were_mapped()
    {
        Findings found = Walk<VtdSecondStage>("vtd-48bit", 0xBEC000, out PhysicalImage image);
        image.Dispose();

        Assert.That(Pages(found), Is.EqualTo(Truth("vtd-48bit")));
    }

    [Test]
    public void Amd_pages_are_those_that_were_mapped_in_every_contiguous_size()
    {
        Findings found = Walk<AmdV1>("amd-v1", 0xA18000, out PhysicalImage image);
        image.Dispose();

        Assert.That(Pages(found), Is.EqualTo(Truth("amd-v1")));
        Assert.That(found.Summary.LeafCount(12), Is.EqualTo(1042));
        Assert.That(found.Summary.LeafCount(21), Is.EqualTo(6));
        for (int size = 13; size <= 20; size++)
        {
            // The walk that made the fixture counted entries: 4 of 8 KiB are 2 leaves.
            long[] entries = [4, 8, 16, 32, 64, 128, 256, 512];
            Assert.That(found.Summary.LeafCount(size), Is.EqualTo(entries[size - 13] >> (size - 12)), $"2^{size}");
        }

        Assert.That(found.Summary.Tables, Is.EqualTo(27));
        Assert.That(found.Kinds, Is.EqualTo(new[] { PageTableFaultKind.EmptyTable }));
    }

    [Test]
    public void Runs_are_maximal_and_cover_the_leaves()
    {
        foreach (Findings found in (Findings[])[
            Walk<VtdSecondStage>("vtd-48bit", 0xBEC000, out _), Walk<AmdV1>("amd-v1", 0xA18000, out _)])
        {
            Assert.That(found.Runs.Aggregate(0UL, (sum, run) => sum + run.Bytes), Is.EqualTo(21_028_864));
            for (int i = 1; i < found.Runs.Count; i++)
            {
                LeafRun left = found.Runs[i - 1];
                LeafRun right = found.Runs[i];
                bool goesOn = left.Iova + left.Bytes == right.Iova
                    && left.Physical + left.Bytes == right.Physical && left.Access == right.Access;
                Assert.That(goesOn, Is.False, $"{left} and {right}");
                Assert.That(left.Iova + (left.Bytes - 1), Is.LessThan(right.Iova));
            }
        }
    }

    private static Findings Walk<TFormat>(string fixture, ulong top, out PhysicalImage image)
        where TFormat : struct, IPageTableFormat
    {
        Assert.That(
            PhysicalImage.TryOpen(TestFiles.Fixture(fixture, "pages.bin"), new() { Map = true }, out PhysicalImage? opened, out _),
            Is.True);
        image = opened!;
        Findings found = Findings.Of<TFormat, FileMemory>(top, 3, image.Memory);
        Assert.That(
            Findings.Of<TFormat, MappedMemory>(top, 3, image.Mapped).Leaves, Is.EqualTo(found.Leaves));
        return found;
    }

    private static Dictionary<ulong, (ulong, PageAccess)> Pages(Findings found)
    {
        Dictionary<ulong, (ulong, PageAccess)> pages = [];
        foreach (LeafRow leaf in found.Leaves)
        {
            for (ulong offset = 0; offset < leaf.Bytes; offset += 4096)
            {
                pages.Add(leaf.Iova + offset, (leaf.Physical + offset, leaf.Access));
            }
        }

        return pages;
    }

    private static Dictionary<ulong, (ulong, PageAccess)> Truth(string fixture)
    {
        Dictionary<ulong, (ulong, PageAccess)> pages = [];
        foreach (string line in File.ReadLines(TestFiles.Fixture(fixture, "mapping-plan-and-truth.txt")))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (line.StartsWith("PLAN unmap", StringComparison.Ordinal) && words[^1] == "r=0")
            {
                for (ulong offset = 0; offset < Number(words[3]); offset += 4096)
                {
                    Assert.That(pages.Remove(Number(words[2]) + offset), Is.True);
                }
            }

            if (words[0] != "TRUTH")
            {
                continue;
            }

            PageAccess access = words[4][0] == 'R' ? PageAccess.Read : PageAccess.None;
            access |= words[4][1] == 'W' ? PageAccess.Write : PageAccess.None;
            for (ulong offset = 0; offset < Number(words[3]); offset += 4096)
            {
                pages.Add(Number(words[1]) + offset, (Number(words[2]) + offset, access));
            }
        }

        Assert.That(pages, Has.Count.EqualTo(5134));
        return pages;
    }

    // Rows are: page number, a bar, PML5E, PML4E, PDPE, then PDE and PTE where there are any; the last is
    // the leaf.
    private static List<(ulong Iova, ulong Word, int Level)> Printed()
    {
        List<(ulong Iova, ulong Word, int Level)> leaves = [];
        foreach (string line in File.ReadLines(TestFiles.Fixture("vtd-48bit", "domain_translation_struct.txt")))
        {
            string[] words = line.Split([' ', '\t', '|'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 4 && words[0].StartsWith("0x", StringComparison.Ordinal))
            {
                leaves.Add((Number(words[0]) << 12, Number(words[^1]), 6 - words.Length));
            }
        }

        return leaves;
    }

    private static ulong Number(string text)
    {
        string digits = text[(text.IndexOf('x', StringComparison.Ordinal) + 1)..];
        return ulong.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
