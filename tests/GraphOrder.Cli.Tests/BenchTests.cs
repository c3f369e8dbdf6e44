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
}
