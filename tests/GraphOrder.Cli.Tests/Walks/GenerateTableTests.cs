using System.Text.Json;

namespace GraphOrder.Cli.Tests.Walks;

/// <summary>What <c>generate table</c> writes, the command that it prints walks sound.</summary>
[TestFixture]
public sealed class GenerateTableTests
{
    [TestCase("vtd-second-stage", "one-run", 1)]
    [TestCase("vtd-second-stage", "single", 1026)]
    [TestCase("vtd-second-stage --top-level 4", "folios-2m", 3)]
    [TestCase("x86-64", "runs-8", 129)]
    [TestCase("amd-v1", "folios-2m", 3)]
    [TestCase("amd-v1 --top-level 5", "single", 1026)]
    [TestCase("arm-lpae-s1", "single", 1026)]
    [TestCase("arm-lpae-s2", "runs-8", 129)]
    [TestCase("riscv-sv39", "single", 1026)]
    [TestCase("riscv-sv48", "folios-2m", 3)]
    [TestCase("riscv-sv57", "one-run", 1)]
    public void A_table_of_each_format_is_walked_sound(string format, string fragmentation, int runs) =>
        GenerateAndWalk($"--table {format} --size 4104K --fragmentation {fragmentation}", 4104 << 10, 4096, runs);

    [TestCase("arm-lpae-s1 --granule 16K", "16K", 1L << 26, 1L << 14, 4096)]
    [TestCase("arm-lpae-s2 --granule 64K", "64K", 1L << 26, 1L << 16, 1024)]
    [TestCase("arm-lpae-s1 --granule 16K", "32M", 1L << 30, 1L << 25, 32)]
    [TestCase("arm-lpae-s2 --granule 64K", "512M", 1L << 40, 1L << 29, 2048)]
    [TestCase("vtd-second-stage", "2M", 1L << 40, 1L << 21, 524288)]
    [TestCase("amd-v1", "1G", 1L << 44, 1L << 30, 16384)]
    [TestCase("x86-64", "1G", 1L << 44, 1L << 30, 16384)]
    [TestCase("riscv-sv39", "1G", 1L << 37, 1L << 30, 128)]
    public void Larger_leaves_and_granules_are_walked_sound(
        string format, string leaf, long size, long leafBytes, int runs) =>
        GenerateAndWalk($"--table {format} --leaf {leaf} --size {size} --fragmentation single", size, leafBytes, runs);

    [Test]
    public void A_seed_is_repeated_to_the_byte_and_another_is_another()
    {
        using Scratch scratch = new();
        byte[] Image(string name, string seed)
        {
            ToolResult result = Tool.Run(
                "generate", "table", "--table", "amd-v1", "--size", "16M", "--fragmentation", "single", "--seed", seed,
                "--output", scratch.File(name));
            Assert.That(result.ExitCode, Is.Zero, result.Errors);
            return File.ReadAllBytes(scratch.File(name));
        }

        byte[] first = Image("a.img", "7");
        Assert.That(Image("b.img", "7"), Is.EqualTo(first));
        Assert.That(Image("c.img", "8"), Is.Not.EqualTo(first));
    }

    [Test]
    public void Shuffled_tables_map_the_same_and_lie_otherwise()
    {
        using Scratch scratch = new();
        string[] options = ["--table", "vtd-second-stage", "--size", "64M", "--fragmentation", "runs-8"];
        foreach (string[] extra in (string[][])[[], ["--shuffle-tables"]])
        {
            ToolResult made = Tool.Run(
                ["generate", "table", .. options, .. extra, "--output", scratch.File($"{extra.Length}.img")]);
            Assert.That(made.ExitCode, Is.Zero, made.Errors);
        }

        byte[] straight = File.ReadAllBytes(scratch.File("0.img"));
        byte[] shuffled = File.ReadAllBytes(scratch.File("1.img"));
        Assert.That(shuffled, Is.Not.EqualTo(straight));
        Assert.That(shuffled, Has.Length.EqualTo(straight.Length));
        Assert.That(Runs("1.img"), Is.EqualTo(Runs("0.img")));

        string Runs(string image) => Tool.Run(
            "walk", scratch.File(image), "--table", "vtd-second-stage", "--top-level", "2", "--root", "0x10000",
            "--runs").Output.Split("RUNS")[1];
    }

    [Test]
    public void Folio_records_are_those_of_the_memory_that_is_mapped()
    {
        using Scratch scratch = new();
        ToolResult made = Tool.Run(
            "generate", "table", "--table", "amd-v1", "--top-level", "2", "--size", "1M", "--fragmentation",
            "runs-8", "--output",
            scratch.File("a.img"), "--folios", scratch.File("folios"));
        Assert.That(made.ExitCode, Is.Zero, made.Errors);
        byte[] records = File.ReadAllBytes(scratch.File("folios"));
        JsonElement runs = JsonDocument.Parse(Tool.Run(
            "walk", scratch.File("a.img"), "--table", "amd-v1", "--top-level", "2", "--root", "0x10000", "--runs",
            "--format", "json").Output).RootElement.GetProperty("runs");
        Assert.That(records, Has.Length.EqualTo(16 * runs.GetArrayLength()));
        int at = 0;
        foreach (JsonElement run in runs.EnumerateArray())
        {
            ulong frame = BitConverter.ToUInt64(records, at) & ((1UL << 52) - 1);
            Assert.That($"0x{frame << 12:x}", Is.EqualTo(run.GetProperty("physical").GetString()));
            Assert.That(
                $"0x{BitConverter.ToUInt64(records, at + 8) << 12:x}", Is.EqualTo(run.GetProperty("iova").GetString()));
            at += 16;
        }
    }

    [TestCase("", "'generate table' needs --table FORMAT. See 'graph-order generate table --help'.")]
    [TestCase("--table amd-v1", "'generate table' needs --size BYTES. See 'graph-order generate table --help'.")]
    [TestCase("--table amd-v1 --size 4K", "'generate table' needs --output FILE. See 'graph-order generate table --help'.")]
    [TestCase("--table amd-v1 --size 4X --output a", "--size cannot be '4X'. Write bytes, or as 4K, 2M, 1G or 1T.")]
    [TestCase("--table amd-v1 --size 5000 --output a", "--size must be a multiple of --leaf, 4K, and above zero; it is 5000.")]
    [TestCase("--table amd-v1 --size 0 --output a", "--size must be a multiple of --leaf, 4K, and above zero; it is 0.")]
    [TestCase("--table vtd-second-stage --size 1G --leaf 64K --output a", "--leaf cannot be 64K: vtd-second-stage has leaves of 4K, 2M, 1G.")]
    [TestCase("--table amd-v1 --size 1G --leaf 5K --output a", "--leaf must be a power of two; it is 5120.")]
    [TestCase("--table amd-v1 --size 4K --top-level 7 --output a", "--top-level cannot be 7: the root of amd-v1 has level 0 to 5.")]
    [TestCase("--table amd-v1 --size 2M --leaf 2M --top-level 0 --output a", "--top-level cannot be 0: amd-v1 has no such root above leaves of 2M.")]
    [TestCase("--table riscv-sv39 --size 257G --output a", "--size 275951648768 does not fit under that root of "
        + "riscv-sv39, or into 48 bits of output address. Make it smaller, or give a higher --top-level.")]
    [TestCase("--table amd-v1 --size 4K --fragmentation much --output a", "--fragmentation cannot be 'much'. Known: "
        + "one-run, folios-2m, runs-8, single.")]
    [TestCase("--table amd-v1 --granule 64K", "--granule is for Arm tables; 'amd-v1' has 4K only. Leave it out.")]
    [TestCase("--tabel amd-v1", "'generate table' has no option '--tabel'. Did you mean '--table'? See 'graph-order generate table --help'.")]
    public void What_cannot_be_is_refused_in_one_sentence(string words, string sentence) =>
        Tool.Run(["generate", "table", .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
            .AssertIs(2, "", $"graph-order: {sentence}\n");

    [Test]
    public void A_shape_does_not_go_with_a_table() => Tool.Run("generate", "chain", "table").AssertIs(
        2, "", "graph-order: 'generate table' has no use for 'chain'. Leave it out.\n");

    private static void GenerateAndWalk(string words, long size, long leafBytes, int runs)
    {
        using Scratch scratch = new();
        string image = scratch.File("t.img");
        ToolResult made = Tool.Run(["generate", "table", .. words.Split(' '), "--output", image]);
        Assert.That(made.ExitCode, Is.Zero, made.Errors);
        Assert.That(scratch.Names(), Is.EqualTo(new[] { "t.img" }));
        int walk = made.Output.IndexOf("WALK", StringComparison.Ordinal);
        string[] command = made.Output[walk..].Replace("\\\n", " ", StringComparison.Ordinal)
            .Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

        ToolResult result = Tool.Run([.. command[2..], "--runs", "--format", "json"]);

        Assert.That(result.ExitCode, Is.Zero, result.Errors + result.Output);
        using JsonDocument document = JsonDocument.Parse(result.Output);
        JsonElement found = document.RootElement;
        Assert.That(found.GetProperty("mappedBytes").GetInt64(), Is.EqualTo(size));
        Assert.That(
            found.GetProperty("leaves").GetRawText(), Is.EqualTo($"{{\"{leafBytes}\":{size / leafBytes}}}"));
        Assert.That(
            found.GetProperty("faultCounts").EnumerateObject().Select(each => each.Name),
            Is.SubsetOf(new[] { "CouldBeSuperpage" }));
        JsonElement[] listed = [.. found.GetProperty("runs").EnumerateArray()];
        Assert.That(listed, Has.Length.EqualTo(runs));

        // No two leaves share memory, so the permutation is one.
        Assert.That(
            listed.Select(run => run.GetProperty("physical").GetString()).Distinct().Count(), Is.EqualTo(runs));
        Assert.That(
            listed.All(run => run.GetProperty("access").GetString()!.StartsWith("rw", StringComparison.Ordinal)), Is.True);
    }
}
