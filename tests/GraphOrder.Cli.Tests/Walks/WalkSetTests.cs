using System.Text.Json;
using System.Text.Json.Nodes;
using GraphOrder.Tests.Documents;

namespace GraphOrder.Cli.Tests.Walks;

/// <summary>One domain of a set: whose memory its table maps, and what the set says of that.</summary>
[TestFixture]
public sealed class WalkSetTests
{
    private const string Domain = "vm-02/domain";
    private const string Samples = "tests/samples/";

    [Test]
    public void What_is_mapped_and_not_declared_ends_with_1([Values("", "--map")] string way)
    {
        ToolResult result = Walk("hidden-map.img", Samples + "hidden-map.json", way);

        using JsonDocument found = JsonDocument.Parse(result.Output);
        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Errors, Is.Empty);
        Assert.That(
            Raw(found, "owners"),
            Is.EqualTo("""[{"object":"vm-01/ram","bytes":2097152,"firstIova":"0x1000000000"},"""
                + """{"object":"vm-02/ram","bytes":8650752,"firstIova":"0x0"}]"""));
        Assert.That(
            Raw(found, "missing"),
            Is.EqualTo("""[{"dependent":"vm-02/domain","on":"vm-01/ram","iova":"0x1000000000","physical":"0x100200000"}]"""));
        Assert.That(Raw(found, "unused"), Is.EqualTo("[]"));
        Assert.That(Codes(result), Is.EqualTo(new[] { "GO2110 warning", "GO3404 info" }));
    }

    [Test]
    public void A_table_that_maps_what_is_declared_is_sound()
    {
        ToolResult result = Walk("sound-map.img", Samples + "sound-map.json");

        using JsonDocument found = JsonDocument.Parse(result.Output);
        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(Raw(found, "missing") + Raw(found, "unused") + Raw(found, "diagnostics"), Is.EqualTo("[][][]"));
        Assert.That(Raw(found, "owners"), Is.EqualTo("""[{"object":"vm-02/ram","bytes":8650752,"firstIova":"0x0"}]"""));
    }

    [Test]
    public void Without_a_set_nothing_is_said_of_owners()
    {
        ToolResult result = Tool.Run(
            "walk", Samples + "hidden-map.img", "--table", "vtd-second-stage", "--top-level", "3", "--root",
            "0x7f000000", "--format", "json");

        using JsonDocument found = JsonDocument.Parse(result.Output);
        Assert.That(result.ExitCode, Is.Zero);
        foreach (string member in (string[])["owners", "missing", "unused"])
        {
            Assert.That(found.RootElement.TryGetProperty(member, out _), Is.False, member);
        }
    }

    // What is declared is no error any more, unless the kernel wants both in one session.
    [TestCase(null, 0, "GO2110 warning GO3404 info")]
    [TestCase("linux-next", 1, "GO2110 error GO3404 info")]
    public void Another_session_that_is_declared_is_a_note_or_what_the_kernel_says(
        string? kernel, int exitCode, string codes)
    {
        using Scratch scratch = new();
        string set = Changed(scratch, "hidden-map.json", document =>
        {
            Object(document, Domain)["needs"]!.AsArray().Add("vm-01/ram");
            if (kernel is not null)
            {
                document["host"] = new JsonObject { ["kernel"] = kernel, ["nextKernel"] = kernel };
            }
        });

        ToolResult result = Walk("hidden-map.img", set);

        using JsonDocument found = JsonDocument.Parse(result.Output);
        Assert.That(result.ExitCode, Is.EqualTo(exitCode));
        Assert.That(Raw(found, "missing"), Is.EqualTo("[]"));
        Assert.That(string.Join(' ', Codes(result)), Is.EqualTo(codes));
    }

    [Test]
    public void What_is_declared_and_not_mapped_is_a_warning()
    {
        using Scratch scratch = new();
        string set = Changed(
            scratch, "sound-map.json", document => Object(document, Domain)["needs"]!.AsArray().Add("vm-01/ram"));

        ToolResult result = Walk("sound-map.img", set);

        using JsonDocument found = JsonDocument.Parse(result.Output);
        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(Raw(found, "unused"), Is.EqualTo("""[{"dependent":"vm-02/domain","on":"vm-01/ram"}]"""));
        string text = Tool.Run("walk", Samples + "sound-map.img", "--set", set, "--domain", Domain).Output;
        Assert.That(text, Does.StartWith("SOUND, with 1 warning (GO3402);"));
    }

    [TestCase(false, 1, "GO3201 error")]
    [TestCase(true, 0, "GO2205 warning")]
    public void Memory_of_nobody_is_an_error_where_all_owners_are_known(
        bool isUnknown, int exitCode, string code)
    {
        using Scratch scratch = new();
        string set = Changed(scratch, "hidden-map.json", document =>
        {
            if (isUnknown)
            {
                Object(document, "vm-01/ram").Remove("extents");
            }
            else
            {
                document["objects"]!.AsArray().Remove(Object(document, "vm-01/ram"));
            }
        });

        ToolResult result = Walk("hidden-map.img", set);

        Assert.That(result.ExitCode, Is.EqualTo(exitCode));
        Assert.That(Codes(result), Is.EqualTo(new[] { code }));
        using JsonDocument found = JsonDocument.Parse(result.Output);
        JsonElement stray = found.RootElement.GetProperty("diagnostics")[0];
        Assert.That(
            (stray.GetProperty("iova").GetString(), stray.GetProperty("physical").GetString(), stray.GetProperty("bytes").GetInt64()),
            Is.EqualTo(("0x1000000000", "0x100200000", 2_097_152L)));
    }

    [Test]
    public void What_the_set_says_of_table_and_platform_counts_unless_it_is_given()
    {
        using Scratch scratch = new();
        string set = Changed(scratch, "sound-map.json", document =>
        {
            JsonNode table = Object(document, Domain)["pageTable"]!;
            table["outputBits"] = 32;
            table["pageSizes"] = new JsonArray(4096);
            document["platform"] = new JsonObject
            {
                ["scratch"] = new JsonArray(new JsonObject { ["physical"] = "0x7f000000", ["bytes"] = 4096 }),
            };
        });

        Assert.That(Faults(Walk("sound-map.img", set)), Is.EqualTo(new[]
        {
            "AddressWiderThanPlatform", "PageSizeNotAdvertised", "TableOrLeafInScratch",
        }));
        Assert.That(
            Faults(Walk("sound-map.img", set, "--physical-bits 46 --page-sizes 4K,2M --scratch 0x0-0xfff")), Is.Empty);
    }

    [TestCase("--root 0x7f000000", "")]
    [TestCase("--table vtd-second-stage --top-level 3 --root 0x7f000000", "")]
    [TestCase("--root 0x7f001000 --top-level 2", "top level 2, not 3, root 0x7f001000, not 0x7f000000")]
    [TestCase("--table x86-64", "format x86-64, not vtd-second-stage")]
    public void What_is_given_wins_and_another_table_is_told(string way, string others)
    {
        ToolResult result = Walk("sound-map.img", Samples + "sound-map.json", way);

        Assert.That(result.ExitCode, Is.AnyOf(0, 1));
        Assert.That(result.Errors, Is.EqualTo(others.Length == 0 ? ""
            : "graph-order: Warning: what is walked is not the table that tests/samples/sound-map.json names for "
                + $"'vm-02/domain': {others}.\n"));
    }

    [Test]
    public void A_device_leads_to_another_table_than_the_set_names()
    {
        ToolResult result = Tool.Run(
            "walk", Images.Vtd, "--device", "00:04.0", "--set", Samples + "sound-map.json", "--domain", Domain,
            "--format", "json");

        Assert.That(result.ExitCode, Is.EqualTo(1), "it maps memory of nobody");
        Assert.That(result.Errors, Does.EndWith("'vm-02/domain': root 0xbec000, not 0x7f000000.\n"));
        Assert.That(Codes(result), Is.EqualTo(new[]
        {
            "GO3201 error", "GO3301 error", "GO3302 error", "GO3306 error",
        }));
        using JsonDocument found = JsonDocument.Parse(result.Output);
        Assert.That(Raw(found, "owners"), Is.EqualTo("[]"));
        Assert.That(Raw(found, "unused"), Is.EqualTo("""[{"dependent":"vm-02/domain","on":"vm-02/ram"}]"""));
    }

    [TestCase("--domain vm-02/domain", "--domain needs --set SET too.")]
    [TestCase("--set S", "--set needs --domain ID too: the iommu_domain whose table it is.")]
    [TestCase("--set S --domain vm-02/domian", "There is no 'vm-02/domian' in S. Did you mean 'vm-02/domain'?")]
    [TestCase("--set S --domain vm-02/hwpt", "'vm-02/hwpt' is of kind hwpt, and only an iommu_domain has a page table. "
        + "Domains of the set: vm-02/domain.")]
    [TestCase("--set S --domain session:vm-02", "'session:vm-02' is a session, and only an iommu_domain has a page table. "
        + "Domains of the set: vm-02/domain.")]
    [TestCase("--set tests/samples/seed.json --domain vm-01/ram", null)]
    [TestCase("--set S --domain vm-02/domain --pasid 3", "--pasid goes with --device only. Leave it out.")]
    [TestCase("--set S --domain vm-02/domain --rtaddr 0x1000", "--rtaddr needs --device BDF too.")]
    [TestCase("--set S --domain vm-02/domain --top-level 7", "--top-level cannot be 7: the root of vtd-second-stage has level 2 to 4.")]
    [TestCase("--set S --domain vm-02/domain --granule 16K", "--granule is for Arm tables; 'vtd-second-stage' has 4K only. Leave it out.")]
    public void A_wrong_command_line_gets_one_sentence(string line, string? sentence)
    {
        string set = Samples + "hidden-map.json";
        string[] words = line.Replace("--set S", "--set " + set, StringComparison.Ordinal).Split(' ');
        ToolResult result = Tool.Run(["walk", Samples + "hidden-map.img", .. words]);

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((2, "")));
        Assert.That(result.Errors.Count(letter => letter == '\n'), Is.EqualTo(1));
        if (sentence is not null)
        {
            Assert.That(result.Errors, Is.EqualTo($"graph-order: {sentence.Replace("in S.", $"in {set}.", StringComparison.Ordinal)}\n"));
        }
    }

    [Test]
    public void A_set_that_does_not_tell_gets_one_sentence()
    {
        using Scratch scratch = new();
        Check("hidden-map.json", 2, "{0} says nothing of the table of 'vm-02/domain'. Give it a 'pageTable', or give "
            + "--table, --top-level and --root, or --device.", document => Object(document, Domain).Remove("pageTable"));
        Check("hidden-map.json", 1, "{0} names the granule 16K for 'vm-02/domain', and the format vtd-second-stage has no "
            + "granules. Give --table, or mend the set.", document => Object(document, Domain)["pageTable"]!["granule"] = "16K");
        Check("hidden-map.json", 1, "{0} names the top level 5 for 'vm-02/domain', and the format vtd-second-stage has no "
            + "such root. Give --top-level.", document => Object(document, Domain)["pageTable"]!["topLevel"] = 5);
        Check("hidden-map.json", 1, "{0} cannot say whose memory is whose: vm-01/ram and vm-02/ram claim the same memory at "
            + "0x100000000. Mend its 'extents' or 'folios', or leave out --set.",
            document => Object(document, "vm-02/ram")["extents"]![0]!["physical"] = "0x100000000");
        Check("hidden-map.json", 1, "{0} cannot say whose memory is whose: vm-01/ram: its folio records cannot be read. Mend "
            + "its 'extents' or 'folios', or leave out --set.", document =>
            {
                Object(document, "vm-01/ram").Remove("extents");
                Object(document, "vm-01/ram")["folios"] = "no-such-file";
            });

        void Check(string sample, int exitCode, string sentence, Action<JsonObject> change)
        {
            string set = Changed(scratch, sample, change);
            Tool.Run("walk", Samples + "hidden-map.img", "--set", set, "--domain", Domain).AssertIs(
                exitCode, "", $"graph-order: {sentence.Replace("{0}", set, StringComparison.Ordinal)}\n");
        }
    }

    [Test]
    public void A_set_that_is_none_ends_as_everywhere()
    {
        using Scratch scratch = new();
        string set = scratch.Write("bad.json", "{ \"schema\": \"graphorder/session-set/1\", \"sessions\": 7 }");

        ToolResult malformed = Walk("hidden-map.img", set);
        ToolResult absent = Walk("hidden-map.img", "no-such.json");

        Assert.That((malformed.ExitCode, malformed.Output), Is.EqualTo((4, "")));
        Assert.That(malformed.Errors, Does.StartWith(set + ":1:").And.Contain(": error GO1"));
        Assert.That((absent.ExitCode, absent.Output), Is.EqualTo((3, "")));
    }

    [Test]
    public void A_domain_without_a_table_is_walked_where_one_is_given()
    {
        using Scratch scratch = new();
        string set = Changed(scratch, "sound-map.json", document => Object(document, Domain).Remove("pageTable"));

        ToolResult result = Walk("sound-map.img", set, "--table vtd-second-stage --top-level 3 --root 0x7f000000");

        Assert.That((result.ExitCode, result.Errors), Is.EqualTo((0, "")));
    }

    [Test]
    public void Every_answer_is_valid_by_the_schema()
    {
        using Scratch scratch = new();
        string unused = Changed(
            scratch, "sound-map.json", document => Object(document, Domain)["needs"]!.AsArray().Add("vm-01/ram"));
        string[] answers =
        [
            Walk("hidden-map.img", Samples + "hidden-map.json", "--runs").Output,
            Walk("sound-map.img", Samples + "sound-map.json").Output,
            Walk("sound-map.img", unused).Output,
            Walk("hidden-map.img", unused, "--fault-limit 0").Output,
        ];
        string[] paths = [.. answers.Select((answer, i) => scratch.Write($"{i}.json", answer))];

        string[] verdicts = Python.Run(
            Path.Combine(Tool.Root, "tests/GraphOrder.Tests/Documents/check_schema.py"),
            [Path.Combine(Tool.Root, "src/GraphOrder/Documents/walk.schema.json"), .. paths],
            module: "jsonschema");

        Assert.That(verdicts, Has.Length.EqualTo(answers.Length).And.All.EqualTo("valid"));
    }

    [Test]
    public void A_set_is_read_from_standard_input_too()
    {
        byte[] set = Images.Bytes(Samples + "hidden-map.json");

        ToolResult result = Tool.RunWith(
            set, null, "walk", Samples + "hidden-map.img", "--set", "-", "--domain", Domain);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Does.Contain("  set     standard input, vm-02/domain\n"));
    }

    private static ToolResult Walk(string image, string set, string way = "") => Tool.Run(
        ["walk", Samples + image, "--set", set, "--domain", Domain, "--format", "json", .. Words(way)]);

    private static string[] Words(string way) => way.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Raw(JsonDocument found, string member)
    {
        string raw = found.RootElement.GetProperty(member).GetRawText();
        return raw.Replace("\n    ", "", StringComparison.Ordinal).Replace("\n  ", "", StringComparison.Ordinal);
    }

    private static string[] Codes(ToolResult result)
    {
        using JsonDocument document = JsonDocument.Parse(result.Output);
        return
        [
            .. document.RootElement.GetProperty("diagnostics").EnumerateArray().Select(found =>
                $"{found.GetProperty("code").GetString()} {found.GetProperty("severity").GetString()}"),
        ];
    }

    private static string[] Faults(ToolResult result)
    {
        using JsonDocument document = JsonDocument.Parse(result.Output);
        return [.. document.RootElement.GetProperty("faultCounts").EnumerateObject().Select(each => each.Name)];
    }

    private static JsonObject Object(JsonObject set, string id) => set["objects"]!.AsArray()
        .Select(each => each!.AsObject())
        .Single(each => each["id"]!.GetValue<string>() == id);

    private static string Changed(Scratch scratch, string sample, Action<JsonObject> change)
    {
        JsonObject document = JsonNode.Parse(Images.Bytes(Samples + sample))!.AsObject();
        change(document);
        return scratch.Write($"{Guid.NewGuid():n}.json", document.ToJsonString());
    }
}
