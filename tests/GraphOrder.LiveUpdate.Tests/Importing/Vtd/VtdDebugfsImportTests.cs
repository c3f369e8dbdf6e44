using System.Globalization;
using System.Text.Json;

namespace GraphOrder.LiveUpdate.Tests;

[TestFixture]
public sealed class VtdDebugfsImportTests
{
    private static string Text(string name) =>
        File.ReadAllText(Repository.In("tests", "fixtures", "vtd-48bit", name));

    private static ImportResult All(params string[] names) => VtdDebugfsImport.Read(
        [.. names.Select(name => Imported.Source(Text(name), name))]);

    // Found by fuzzing: each file, empty or not, took buffers of 68 KiB.
    [Test]
    public void Files_are_read_through_one_buffer()
    {
        ImportSource[] files = [.. Enumerable.Range(0, 1000).Select(i => Imported.Source("", $"{i}"))];
        long before = GC.GetAllocatedBytesForCurrentThread();

        VtdDebugfsImport.Read(files);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
    }

    [Test]
    public void The_runs_are_what_was_mapped_and_where_it_truly_lies()
    {
        HandOverImportTests.Sound(All("domain_translation_struct.txt"), out string document);
        JsonElement domain = JsonDocument.Parse(document).RootElement.GetProperty("objects")[0];
        SortedDictionary<ulong, (ulong Physical, string Access)> found = [];
        foreach (JsonElement run in domain.GetProperty("x-runs").EnumerateArray())
        {
            string[] parts = run.GetString()!.Split('+', '-', '>', ' ');
            ulong iova = Hex(parts[0]);
            for (ulong at = 0; at < Hex(parts[1]); at += 4096)
            {
                found.Add(iova + at, (Hex(parts[3]) + at, parts[4]));
            }
        }

        SortedDictionary<ulong, (ulong Physical, string Access)> truth = [];
        foreach (string line in Text("mapping-plan-and-truth.txt").Split('\n').Where(line => line.StartsWith("TRUTH")))
        {
            ulong[] numbers = [.. line.Split(' ').Skip(1).Take(3).Select(word => Hex(word.Split('=')[1]))];
            string access = line.Split(' ')[4].Trim().Replace("-", "").ToLowerInvariant();
            for (ulong at = 0; at < numbers[2]; at += 4096)
            {
                truth.Add(numbers[0] + at, (numbers[1] + at, access));
            }
        }

        // One mapping was taken back before the tables were printed.
        foreach (string line in Text("mapping-plan-and-truth.txt").Split('\n')
            .Where(line => line.StartsWith("PLAN unmap") && line.TrimEnd().EndsWith("r=0")))
        {
            ulong[] numbers = [.. line.Split(' ').Where(word => word.Contains("=0x")).Select(word => Hex(word.Split('=')[1]))];
            for (ulong at = 0; at < numbers[1]; at += 4096)
            {
                truth.Remove(numbers[0] + at);
            }
        }

        Assert.That(truth, Has.Count.EqualTo(5134));
        Assert.That(found, Is.EqualTo(truth));
    }

    [Test]
    public void The_three_files_make_one_set()
    {
        ImportResult result =
            All("iommu_regset.txt", "dmar_translation_struct.txt", "domain_translation_struct.txt");
        SessionSet set = HandOverImportTests.Sound(result, out string document);

        PreservedObject domain = set.Objects.Single(found => found.Facts.PageTable?.Root == 0xBEC000);
        Assert.That(domain.Facts.PageTable, Is.EqualTo(new PageTableFacts("vtd-second-stage", 3, 0xBEC000)));
        Assert.That(set.Objects.Count(found => found.Kind == ObjectKind.IommuDomain), Is.EqualTo(3));
        Assert.That(document, Does.Contain("\"x-devices\":[\"0000:00:04.0\",\"00:04.0\"],\"x-domainNumber\":3"));
        Assert.That(document, Does.Contain("\"x-rootTable\":\"0xa48000\""));
    }

    [Test]
    public void Contexts_are_imported_as_they_always_were() =>
        Imported.MatchesGolden(All("dmar_translation_struct.txt", "iommu_regset.txt"), "vtd-debugfs.json");

    [Test]
    public void A_scalable_mode_entry_tells_first_and_second_stage()
    {
        const string zero = "0x0000000000000000";
        string text = "IOMMU dmar1: Root Table Address: 0x100000\n";
        foreach ((string device, string middle, string low) in new[]
        {
            ("02:00.0@0", "0x0000000000000005", "0x0000000000200089"),
            ("02:00.0@1", "0x0000000000300006", "0x0000000000000041"),
            ("02:00.1@0", "0x0000000000000007", "0x0000000000000109"),
        })
        {
            string[] parts = device.Split('@');
            text += $"{parts[0]}\t{zero}:0x101001\t{zero}:0x102001\t{parts[1]}     \t{zero}:{middle}:{low}\n";
        }

        ImportResult result = VtdDebugfsImport.Read([Imported.Source(text)]);
        SessionSet set = HandOverImportTests.Sound(result, out string document);

        Assert.That(set.Objects[0].Facts.PageTable, Is.EqualTo(new PageTableFacts("vtd-second-stage", 3, 0x200000)));
        Assert.That(set.Objects[1].Facts.PageTable, Is.EqualTo(new PageTableFacts("x86-64", 3, 0x300000)));
        Assert.That(document, Does.Contain("what 02:00.1 pasid 0 of dmar1 reaches"));
    }

    [TestCase("Device 0000:00:04.0", "1:1: GO7020: Here is 'Device 0000:00:04.0', and a device and the address of its table is due.")]
    [TestCase("\nhello", "2:1: GO7020: Here is 'hello', and 'Device ...' or 'IOMMU ...' is due.")]
    [TestCase(
        "Device d @0x1000\n0x0000000000001 |\t0x0\t0x1003\t0x2003\t0x3083",
        "2:1: GO7020: Here is a page at frame 0x1 that cannot be (no page of this size begins there), and a sound one is due.")]
    [TestCase(
        "Device d @0x1000\n0x2 |\t0x0\t0x1003\t0x2003\t0x3003\t0x5003\n0x1 |\t0x0\t0x1003\t0x2003\t0x3003\t0x4003",
        "3:1: GO7020: Here is a page at frame 0x1 that cannot be (it does not lie behind the line before), and a sound one is due.")]
    public void What_is_wrong_has_its_line(string text, string error) => Assert.That(
        Imported.Error(VtdDebugfsImport.Read([Imported.Source(text)])), Is.EqualTo(error));

    [Test]
    public void A_line_without_an_end_is_refused() => Assert.That(
        Imported.Error(VtdDebugfsImport.Read([Imported.Source(new string('x', 1 << 20))])),
        Is.EqualTo("1:1: GO7020: Here is a line of more than 4096 bytes, and a shorter one is due."));

    [Test]
    public void Changed_files_are_refused_or_read()
    {
        string text = string.Join('\n', Text("domain_translation_struct.txt").Split('\n').Take(12))
            + "\n" + Text("dmar_translation_struct.txt") + Text("iommu_regset.txt");
        Imported.Mutate(text, 3000, source => VtdDebugfsImport.Read([source]));
    }

    private static ulong Hex(string text) =>
        ulong.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
