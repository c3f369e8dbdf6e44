using System.Globalization;
using System.Text.Json;
using GraphOrder.Tests.Documents;

namespace GraphOrder.Cli.Tests.Walks;

/// <summary>Tables of running kernels through every way to their root, and tables that are broken.</summary>
[TestFixture]
public sealed class WalkTests
{
    private static readonly string[] Nothing = [];

    [TestCase("--device 0000:00:04.0")]
    [TestCase("--device 00:04.0 --map")]
    [TestCase("--rtaddr 0xa48000 --device 0000:00:04.0")]
    [TestCase("--table vtd-second-stage --top-level 3 --root 0xbec000")]
    [TestCase("--table vtd-second-stage --top-level 3 --root 0xbec000 --map")]
    public void The_table_of_VTd_is_what_was_mapped(string way)
    {
        JsonElement found = Sound(Images.Vtd, way);

        Assert.That(found.GetProperty("table").GetString(), Is.EqualTo("vtd-second-stage"));
        Assert.That(found.GetProperty("root").GetString(), Is.EqualTo("0xbec000"));
        Assert.That(found.GetProperty("leaves").GetRawText(), Is.EqualTo("{\"4096\":2062,\"2097152\":6}"));
        Assert.That(Pages(found), Is.EquivalentTo(Truth("vtd-48bit")));
        Assert.That(
            found.TryGetProperty("domainId", out JsonElement domain) ? domain.GetInt32() : 3, Is.EqualTo(3));
    }

    [TestCase("--device 0000:00:04.0")]
    [TestCase("--table amd-v1 --top-level 3 --root 0xa18000")]
    [TestCase("--table amd-v1 --top-level 3 --root 0xa18000 --map")]
    public void The_table_of_AMD_is_what_was_mapped(string way) =>
        Assert.That(Pages(Sound(Images.Amd, way)), Is.EquivalentTo(Truth("amd-v1")));

    [Test]
    public void The_device_table_of_AMD_leads_to_the_same()
    {
        using Scratch scratch = new();

        JsonElement found = Sound(
            Images.AmdWithDeviceTable(scratch), "--amd-device-table 0x184000 --device 0000:00:04.0");

        Assert.That(Pages(found), Is.EquivalentTo(Truth("amd-v1")));
        Assert.That(found.GetProperty("domainId").GetInt32(), Is.EqualTo(5));
    }

    [Test]
    public void Without_runs_the_member_is_absent_and_all_else_the_same()
    {
        using JsonDocument with = JsonDocument.Parse(Walk(Images.Vtd, "--device 00:04.0 --runs").Output);
        using JsonDocument without = JsonDocument.Parse(Walk(Images.Vtd, "--device 00:04.0").Output);

        Assert.That(
            without.RootElement.EnumerateObject().Select(member => member.ToString()),
            Is.EqualTo(with.RootElement.EnumerateObject()
                .Where(member => member.Name != "runs").Select(member => member.ToString())));
    }

    [Test]
    public void A_table_that_points_to_itself_ends_with_its_fault()
    {
        using Scratch scratch = new();
        string image = Images.Raw(scratch, 2, (0x1000, 0x1003UL));

        ToolResult result = Walk(image, "--table vtd-second-stage --top-level 3 --root 0x1000");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(Kinds(result), Is.EqualTo(new[] { "TableCycle" }));
    }

    [Test]
    public void Both_readings_of_a_word_are_told()
    {
        using Scratch scratch = new();
        string image = Images.Raw(scratch, 2, (0x1008, 0x2004UL));
        string[] way = ["--table", "vtd-second-stage", "--top-level", "3", "--root", "0x1000"];

        ToolResult json = Tool.Run(["walk", image, .. way, "--format", "json"]);
        ToolResult text = Tool.Run(["walk", image, .. way]);

        using JsonDocument document = JsonDocument.Parse(json.Output);
        Assert.That(
            document.RootElement.GetProperty("faults")[0].GetRawText(),
            Is.EqualTo("{\"code\":\"GO3007\",\"name\":\"GhostEntry\",\"severity\":\"error\","
                + "\"iova\":\"0x8000000000\",\"level\":3,\"index\":1,\"table\":\"0x1000\",\"entry\":\"0x2004\","
                + "\"hardware\":\"nothing\",\"kernel\":\"a table\"}"));
        string[] words = text.Output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        string flowing = string.Join(' ', words);
        Assert.That(flowing, Does.StartWith("FAULTS: 1 error (GO3007)"));
        Assert.That(flowing, Does.Contain("hardware takes it for nothing, Linux 7.3 for a table."));
        Assert.That(text.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void A_list_of_pages_that_is_cut_short_lacks_tables()
    {
        using Scratch scratch = new();
        byte[] whole = Images.Bytes(Images.Vtd);
        File.WriteAllBytes(scratch.File("cut.bin"), whole[..(whole.Length * 2 / 3)]);

        ToolResult result = Walk(
            scratch.File("cut.bin"), "--table vtd-second-stage --top-level 3 --root 0xbec000");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(Kinds(result).Distinct(), Does.Contain("TableOutsideImage"));
        Assert.That(Kinds(result).Distinct(), Is.SubsetOf(new[] { "TableOutsideImage", "EmptyTable" }));
    }

    [Test]
    public void A_root_outside_the_image_is_a_fault()
    {
        using Scratch scratch = new();
        File.WriteAllBytes(scratch.File("empty.img"), []);

        Assert.That(
            Kinds(Walk(scratch.File("empty.img"), "--table riscv-sv39 --root 0x1000")),
            Is.EqualTo(new[] { "TableOutsideImage" }));
        Assert.That(
            Kinds(Walk(Images.Vtd, "--table riscv-sv39 --root 0xbec008")), Is.EqualTo(new[] { "RootMisaligned" }));
    }

    [Test]
    public void A_base_moves_a_raw_image()
    {
        using Scratch scratch = new();
        string image = Images.Raw(scratch, 1, (0, 0x40001003UL));

        ToolResult result = Walk(
            image, "--table vtd-second-stage --top-level 2 --root 0x40000000 --base 0x40000000");

        Assert.That(Kinds(result), Is.EqualTo(new[] { "TableOutsideImage" }));
    }

    [Test]
    public void Facts_bring_faults_that_nobody_could_tell_without_them()
    {
        string way = "--device 00:04.0 --physical-bits 24 --page-sizes 4K --nest-parent yes "
            + "--preserved 0x0-0xffffffff --scratch 0xbec000-0xbecfff";

        ToolResult result = Walk(Images.Vtd, way);

        using JsonDocument document = JsonDocument.Parse(result.Output);
        Assert.That(document.RootElement.GetProperty("notChecked").GetArrayLength(), Is.Zero);
        string[] names = [.. document.RootElement.GetProperty("faultCounts").EnumerateObject().Select(each => each.Name)];
        Assert.That(names, Is.EqualTo(new[]
        {
            "AddressWiderThanPlatform", "PageSizeNotAdvertised", "ReadOnlyUnderNestParent", "TableOrLeafInScratch",
        }));
        Assert.That(
            document.RootElement.GetProperty("faultCounts").GetProperty("PageSizeNotAdvertised").GetInt32(),
            Is.EqualTo(6));
    }

    [Test]
    public void The_list_of_faults_is_bounded_and_the_counts_are_whole()
    {
        using JsonDocument found = JsonDocument.Parse(
            Walk(Images.Vtd, "--device 00:04.0 --physical-bits 24 --fault-limit 3").Output);

        Assert.That(found.RootElement.GetProperty("faults").GetArrayLength(), Is.EqualTo(3));
        Assert.That(
            found.RootElement.GetProperty("faultCounts").GetProperty("AddressWiderThanPlatform").GetInt32(),
            Is.GreaterThan(1000));
    }

    [Test]
    public void Every_answer_is_valid_by_the_schema()
    {
        using Scratch scratch = new();
        string self = Images.Raw(
            scratch, 3, (0x1000, 0x1003UL), (0x1008, 0x2004UL), (0x1010, 0x83UL), (0x1018, 0x9003UL));
        (string Image, string Way)[] cases =
        [
            (Images.Vtd, "--device 00:04.0 --runs"),
            (Images.Vtd, "--device 00:04.0 --physical-bits 24 --scratch 0x0-0xffffffff --preserved 0x0-0xfff"),
            (Images.Vtd, "--table amd-v1 --top-level 3 --root 0xbec000"),
            (Images.Amd, "--device 00:04.0 --runs"),
            (Images.Amd, "--table arm-lpae-s2 --top-level 3 --root 0xa18000 --granule 4K"),
            (Images.Amd, "--table x86-64 --top-level 3 --root 0xa18000 --runs"),
            (self, "--table vtd-second-stage --top-level 3 --root 0x1000"),
            (self, "--table riscv-sv48 --root 0x1000"),
            (self, "--table vtd-second-stage --top-level 3 --root 0x1234"),
        ];
        string[] paths = [.. cases.Select((each, i) => scratch.Write($"{i}.json", Walk(each.Image, each.Way).Output))];

        string[] verdicts = Python.Run(
            Path.Combine(Tool.Root, "tests/GraphOrder.Tests/Documents/check_schema.py"),
            [Path.Combine(Tool.Root, "src/GraphOrder/Documents/walk.schema.json"), .. paths],
            module: "jsonschema");

        Assert.That(verdicts, Has.Length.EqualTo(cases.Length).And.All.EqualTo("valid"));
    }

    private static ToolResult Walk(string image, string way) =>
        Tool.Run(["walk", image, .. way.Split(' '), "--format", "json"]);

    private static JsonElement Sound(string image, string way)
    {
        ToolResult result = Walk(image, way + " --runs");
        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(Kinds(result), Is.EqualTo(new[] { "EmptyTable" }));
        using JsonDocument document = JsonDocument.Parse(result.Output);
        JsonElement found = document.RootElement.Clone();
        Assert.That(found.GetProperty("tables").GetInt32(), Is.EqualTo(27));
        Assert.That(found.GetProperty("emptyTables").GetInt32(), Is.EqualTo(1));
        Assert.That(found.GetProperty("mappedBytes").GetInt64(), Is.EqualTo(21_028_864));
        return found;
    }

    private static string[] Kinds(ToolResult result)
    {
        if (result.Output.Length == 0)
        {
            Assert.Fail(result.Errors);
            return Nothing;
        }

        using JsonDocument document = JsonDocument.Parse(result.Output);
        return [.. document.RootElement.GetProperty("faults").EnumerateArray()
            .Select(fault => fault.GetProperty("name").GetString()!)];
    }

    private static Dictionary<ulong, (ulong, string)> Pages(JsonElement found)
    {
        Dictionary<ulong, (ulong, string)> pages = [];
        foreach (JsonElement run in found.GetProperty("runs").EnumerateArray())
        {
            ulong iova = Number(run.GetProperty("iova").GetString()!);
            ulong physical = Number(run.GetProperty("physical").GetString()!);
            for (ulong offset = 0; offset < run.GetProperty("bytes").GetUInt64(); offset += 4096)
            {
                pages.Add(iova + offset, (physical + offset, run.GetProperty("access").GetString()!));
            }
        }

        return pages;
    }

    // What was mapped, without what was unmapped again.
    private static Dictionary<ulong, (ulong, string)> Truth(string fixture)
    {
        Dictionary<ulong, (ulong, string)> pages = [];
        string plan = Path.Combine(Tool.Root, "tests/fixtures", fixture, "mapping-plan-and-truth.txt");
        foreach (string line in File.ReadLines(plan))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            bool isUnmapped = line.StartsWith("PLAN unmap", StringComparison.Ordinal) && words[^1] == "r=0";
            for (ulong offset = 0; isUnmapped && offset < Number(words[3]); offset += 4096)
            {
                pages.Remove(Number(words[2]) + offset);
            }

            for (ulong offset = 0; words[0] == "TRUTH" && offset < Number(words[3]); offset += 4096)
            {
                string access = words[4].Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
                pages.Add(Number(words[1]) + offset, (Number(words[2]) + offset, access));
            }
        }

        Assert.That(pages, Has.Count.EqualTo(5134));
        return pages;
    }

    private static ulong Number(string text) => ulong.Parse(
        text[(text.IndexOf('x', StringComparison.Ordinal) + 1)..], NumberStyles.AllowHexSpecifier,
        CultureInfo.InvariantCulture);
}
