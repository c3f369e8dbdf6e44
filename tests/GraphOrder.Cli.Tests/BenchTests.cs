using System.Text.Json;

namespace GraphOrder.Cli.Tests;

/// <summary>What <c>bench</c> says of this machine.</summary>
[TestFixture]
public sealed class BenchTests
{
    [Test]
    public void A_walk_is_timed_beside_a_read_and_the_naive_walk()
    {
        ToolResult result = Tool.Run("bench", "walk", "--size", "64M", "--rounds", "2", "--fragmentation", "runs-8");

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.StartWith("WALK  64 MiB in leaves of 4K, 2048 runs: 34 tables, 200 KiB\n"));
        Assert.That(result.Output, Does.Match("(?m)^  read .*\n  walk .*\n(  read, \\d+ threads .*\n  walk, \\d+ threads .*\n)?  naive walk "));
        Assert.That(result.Output.Split('\n').Max(static line => line.Length), Is.LessThanOrEqualTo(80));
    }

    [TestCase("vtd-second-stage")]
    [TestCase("amd-v1")]
    [TestCase("x86-64")]
    [TestCase("arm-lpae-s2 --granule 64K")]
    [TestCase("riscv-sv48 --shuffle-tables")]
    public void Every_format_can_be_measured_and_the_document_says_on_what(string table)
    {
        ToolResult result = Tool.Run(
            ["bench", "walk", "--table", .. table.Split(' '), "--size", "64M", "--rounds", "1", "--format", "json"]);

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        JsonElement root = JsonDocument.Parse(result.Output).RootElement;
        Assert.That(root.GetProperty("schema").GetString(), Is.EqualTo("graphorder/bench/1"));
        Assert.That(root.GetProperty("mappedBytes").GetInt64(), Is.EqualTo(64 << 20));
        Assert.That(root.GetProperty("processor").GetString(), Is.Not.Empty);
        JsonElement[] measured = [.. root.GetProperty("measured").EnumerateArray()];
        Assert.That(
            measured.Select(static row => row.GetProperty("name").GetString()),
            Has.Some.EqualTo("read").And.Some.EqualTo("walk").And.Some.EqualTo("naive walk"));
        foreach (JsonElement row in measured)
        {
            Assert.That(row.GetProperty("seconds").GetDouble(), Is.Positive);
            Assert.That(row.GetProperty("ofRead").GetDouble(), Is.Positive);
        }
    }

    [TestCase("--rounds 0", "--rounds cannot be 0. Give 1 to 1000.")]
    [TestCase("--size 64E", "--size cannot be '64E'.")]
    [TestCase("--size 100", "--size must be a multiple of --leaf, 4K, and above zero; it is 100.")]
    public void What_cannot_be_measured_is_refused_in_one_sentence(string options, string sentence)
    {
        ToolResult result = Tool.Run(["bench", "walk", .. options.Split(' ')]);

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Errors, Does.StartWith("graph-order: " + sentence));
        Assert.That(result.Output, Is.Empty);
    }

    [TestCase("plan", "QuikGraph: sort", "plan, six phases", "QuikGraph: build", "build")]
    [TestCase("incremental", "QuikGraph: again", "kept orders", "QuikGraph: all once", "one by one")]
    public void Orders_are_timed_beside_QuikGraph(string bench, params string[] rows)
    {
        ToolResult result = Tool.Run("bench", bench, "--sessions", "4", "--rounds", "3");

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.StartWith($"{bench.ToUpperInvariant()}  vm-host: 4 sessions, "));
        string ratio = @".* \d[\d.]* \[\d[\d.]*-\d[\d.]*\] +\d.*\n";
        Assert.That(
            result.Output,
            Does.Match($"\n  {rows[0]} .*\n  {rows[1]} {ratio}  {rows[2]} .*\n  {rows[3]} {ratio}\n"));
        Assert.That(result.Output, Does.Contain("\nMEASURED ").And.Contain("\nLEFT OUT "));
        Assert.That(result.Output, Does.Contain("QuikGraph 2.").And.Contain("linux-7.3"));
        Assert.That(
            result.Output.Split('\n').Max(static line => line.Length),
            Is.LessThanOrEqualTo(80),
            result.Output);
    }

    [TestCase("plan", "vm-host --sessions 4")]
    [TestCase("plan", "gpu-vm --unmap-p2p")]
    [TestCase("plan", "layered --objects 300 --layers 4 --dependencies 700 --seed 9 --model explicit-graph")]
    [TestCase("incremental", "vm-host --sessions 4")]
    [TestCase("incremental", "gpu-vm --unmap-p2p")]
    [TestCase("incremental", "microvm --sessions 20 --backends 2")]
    [TestCase("incremental", "services --sessions 5")]
    [TestCase("incremental", "chain --objects 2")]
    [TestCase("incremental", "star --objects 50 --model session-finish")]
    [TestCase("incremental", "layered --objects 300")]
    public void The_document_counts_what_generate_makes(string bench, string shape)
    {
        string[] words = shape.Split(' ');
        string[] made = [.. words.TakeWhile(static word => word != "--model")];
        ToolResult result = Tool.Run(
            ["bench", bench, "--shape", .. words, "--rounds", "2", "--format", "json"]);
        using JsonDocument set = JsonDocument.Parse(Tool.Run(["generate", .. made]).Output);

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        JsonElement root = JsonDocument.Parse(result.Output).RootElement;
        Assert.That(root.GetProperty("schema").GetString(), Is.EqualTo("graphorder/bench/1"));
        Assert.That(root.GetProperty("bench").GetString(), Is.EqualTo(bench));
        Assert.That(root.GetProperty("shape").GetString(), Is.EqualTo(words[0]));
        foreach (string counted in (string[])["sessions", "objects"])
        {
            Assert.That(
                root.GetProperty(counted).GetInt32(),
                Is.EqualTo(set.RootElement.GetProperty(counted).GetArrayLength()));
        }

        int dependencies = root.GetProperty("dependencies").GetInt32();
        Assert.That(root.GetProperty("sortedDependencies").GetInt32(), Is.InRange(1, dependencies));
        Assert.That(root.GetProperty("processor").GetString(), Is.Not.Empty);
        Assert.That(root.GetProperty("graphOrder").GetString(), Does.Match(@"^\d+\.\d+\.\d+$"));
        Assert.That(root.GetProperty("quikGraph").GetString(), Does.Match(@"^\d+\.\d+\.\d+$"));
        AssertRows([.. root.GetProperty("measured").EnumerateArray()]);
    }

    [TestCase("plan --shape cycle", "The shape 'cycle' has no legal plan under linux-7.3")]
    [TestCase("plan --shape gpu-vm", "The shape 'gpu-vm' has no legal plan under linux-7.3")]
    [TestCase("incremental --shape cycle", "The shape 'cycle' has no legal plan under linux-7.3")]
    [TestCase("incremental --rounds 1001", "--rounds cannot be 1001. Give 1 to 1000.")]
    [TestCase("plan --shape layerd", "--shape cannot be 'layerd'. Did you mean 'layered'?")]
    [TestCase("plan --shape star --sessions 3", "The shape 'star' has no use for --sessions. It takes --objects.")]
    [TestCase("plan --shape star --objects 1", "--objects must lie between 2 and ")]
    [TestCase("incremental --model linux-7", "--model cannot be 'linux-7'. Did you mean 'linux-7.3'?")]
    [TestCase("plan --format xml", "--format cannot be 'xml'.")]
    [TestCase("plan --size 64M", "'bench plan' has no option '--size'.")]
    public void What_cannot_be_ordered_is_refused_in_one_sentence(string command, string sentence)
    {
        ToolResult result = Tool.Run(["bench", .. command.Split(' ')]);

        Assert.That(result.ExitCode, Is.EqualTo(2), result.Output);
        Assert.That(result.Errors, Does.StartWith("graph-order: " + sentence));
        Assert.That(result.Errors.Trim(), Does.Not.Contain('\n'));
        Assert.That(result.Output, Is.Empty);
    }

    // A baseline is beside itself exactly 1, and a median lies in its own interval.
    private static void AssertRows(JsonElement[] rows)
    {
        Assert.That(rows, Has.Length.EqualTo(4));
        for (int i = 0; i < rows.Length; i++)
        {
            JsonElement baseline = rows[i / 2 * 2];
            double Number(string name) => rows[i].GetProperty(name).GetDouble();
            Assert.That(rows[i].GetProperty("baseline").GetString(), Is.EqualTo(baseline.GetProperty("name").GetString()));
            Assert.That(Number("seconds"), Is.Positive);
            Assert.That(Number("objectsPerSecond"), Is.Positive);
            Assert.That(Number("dependenciesPerSecond"), Is.Not.Negative);
            Assert.That(Number("ofBaseline"), Is.InRange(Number("ofBaselineLow"), Number("ofBaselineHigh")));
            Assert.That(Number("ofBaselineLow"), i % 2 == 0 ? Is.EqualTo(1) : Is.Positive);
        }
    }
}
