namespace GraphOrder.Cli.Tests.Walks;

/// <summary>What people read, as a whole; <c>GRAPHORDER_GOLDEN=write</c> rewrites it.</summary>
[TestFixture]
public sealed class WalkGoldenTests
{
    [TestCase("walk-help", "walk --help")]
    [TestCase("generate-table-help", "generate table --help")]
    [TestCase("walk-sound", "walk tests/fixtures/vtd-48bit/pages.bin --device 0000:00:04.0 --runs")]
    [TestCase("walk-faults", "walk tests/fixtures/vtd-48bit/pages.bin --device 0000:00:04.0 --physical-bits 24 --nest-parent yes")]
    [TestCase("walk-other-format", "walk tests/fixtures/vtd-48bit/pages.bin --table amd-v1 --top-level 3 --root 0xbec000")]
    [TestCase("walk-set-hidden", "walk tests/samples/hidden-map.img --set tests/samples/hidden-map.json --domain vm-02/domain")]
    [TestCase("walk-set-sound", "walk tests/samples/sound-map.img --set tests/samples/sound-map.json --domain vm-02/domain")]
    [TestCase("walk-set-strange", "walk tests/fixtures/vtd-48bit/pages.bin --set tests/samples/sound-map.json --domain vm-02/domain "
        + "--root 0xbec000 --physical-bits 24")]
    public void A_page_reads_as_it_should(string name, string line)
    {
        string golden = Path.Combine(Tool.Root, "tests/GraphOrder.Cli.Tests/Golden", name + ".txt");
        ToolResult result = Tool.Run(line.Split(' '));

        if (Environment.GetEnvironmentVariable("GRAPHORDER_GOLDEN") == "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(golden)!);
            File.WriteAllText(golden, result.Output);
        }

        Assert.That(result.Output, Is.EqualTo(File.ReadAllText(golden)));
        bool isReport = !line.EndsWith("--help", StringComparison.Ordinal);
        Assert.That(
            result.Output.Split('\n').Where(text => isReport && text.Length > 80), Is.Empty);
        Assert.That(result.Output.All(char.IsAscii), Is.True);
    }
}
