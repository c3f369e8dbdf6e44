using System.Text.Json;

namespace GraphOrder.Cli.Tests;

/// <summary>
/// What the commands that run an update say where there is nothing to run: no device, no journal.
/// </summary>
[TestFixture]
public sealed class UpdateCommandTests
{
    private const string Set = "tests/samples/services.json";

    private string _folder = "";

    [OneTimeSetUp]
    public void MakePlan()
    {
        _folder = Directory.CreateTempSubdirectory("graphorder-update").FullName;
        ToolResult planned = Tool.Run("plan", Set, "--format", "json", "--output", In("plan.json"));
        Assert.That(planned.ExitCode, Is.Zero, planned.Errors);
    }

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Without_a_custody_apply_refuses() => Tool.Run("apply", In("plan.json"), "--set", Set).AssertIs(
        2,
        "",
        "graph-order: Say who holds the sessions at the reboot call: --custody self, systemd or luod. When the "
        + "last descriptor of a session closes, the kernel lets go of all that is in it.\n");

    [Test]
    public void A_custody_that_is_none_is_told() =>
        Tool.Run("apply", In("plan.json"), "--set", Set, "--custody", "luo").AssertIs(
            2, "", "graph-order: --custody cannot be 'luo'. Did you mean 'luod'? Known: self, systemd, luod.\n");

    [Test]
    public void What_stands_against_it_is_told_at_once_and_nothing_is_done()
    {
        string journal = In("never");
        ToolResult result = Tool.Run(
            "apply", In("plan.json"), "--set", Set, "--custody", "self", "--journal", journal);
        Assert.That(result.ExitCode, Is.EqualTo(1), result.Errors);
        Assert.That(result.Output, Does.StartWith("REFUSED before the kernel was asked (GO6101)."));
        foreach (string code in (string[])["GO6101", "GO6104", "GO6106"])
        {
            Assert.That(result.Output, Does.Contain($"  {code}"), result.Output);
        }

        Assert.That(result.Output.Split('\n').All(line => line.Length <= 80), result.Output);
        Assert.That(File.Exists(journal), Is.False);
    }

    [TestCase("luod", "--kernel src/icon.png", 2, "--kernel goes with --custody self: under systemd and luod somebody else does the "
        + "kexec, and loads its kernel (kexec -s). Leave it out.")]
    [TestCase("self", "--append quiet", 2, "--initrd and --append go with --kernel FILE. Name the kernel too, or leave them out.")]
    [TestCase("self", "--kernel -", 2, "--kernel and --initrd take files, and '-' is none. Name a file.")]
    [TestCase("self", "--kernel none", 3, "There is no file 'none'. Check the path, or use '-' for standard input.")]
    [TestCase("self", "--kernel src/icon.png --initrd none", 3, "There is no file 'none'. Check the path, or use '-' for standard input.")]
    public void A_kernel_that_cannot_be_loaded_is_told_before_anything_is_checked(
        string custody, string options, int exitCode, string what) =>
        Tool.Run(["apply", In("plan.json"), "--set", Set, "--custody", custody, .. options.Split(' ')])
            .AssertIs(exitCode, "", $"graph-order: {what}\n");

    [Test]
    public void A_kernel_that_is_named_is_not_missed_and_not_loaded_before_the_checks()
    {
        ToolResult result = Tool.Run(
            "apply", In("plan.json"), "--set", Set, "--custody", "self", "--kernel", "src/icon.png");
        Assert.That(result.ExitCode, Is.EqualTo(1), result.Errors);
        Assert.That(result.Output, Does.Contain("GO6101").And.Not.Contain("GO6104"));
        Assert.That(result.Errors, Is.Empty, "no kexec_file_load was tried, which a picture cannot pass");
    }

    [Test]
    public void A_descriptor_of_something_else_is_told()
    {
        File.WriteAllText(
            In("given.json"),
            """{ "schema": "graphorder/descriptors/1", "files": [ { "id": "stroe/index", "fd": 0 } ] }""");
        Tool.Run("apply", In("plan.json"), "--set", Set, "--custody", "self", "--descriptors", In("given.json"))
            .AssertIs(
                2,
                "",
                "graph-order: A descriptor was handed over for 'stroe/index', which the set has not. Hand over what "
                + "the set names, or plan another set.\n");
        File.WriteAllText(In("given.json"), "{ \"schema\": \"graphorder/descriptors/2\" }");
        ToolResult wrong = Tool.Run(
            "apply", In("plan.json"), "--set", Set, "--custody", "self", "--descriptors", In("given.json"));
        Assert.That(wrong.ExitCode, Is.EqualTo(4));
        Assert.That(wrong.Errors, Does.Contain("is no graphorder/descriptors/1: its 'schema' is not"));
    }

    [TestCase("status")]
    [TestCase("abort")]
    public void Without_a_journal_there_is_nothing_to_tell(string command) =>
        Tool.Run(command, "--journal", In("none")).AssertIs(
            3,
            "",
            $"graph-order: There is no journal '{In("none")}'. Name the journal: --journal FILE.\n");

    [Test]
    public void Resume_says_who_must_take_what_is_retrieved_before_anything_is()
    {
        ToolResult result = Tool.Run("resume", "--journal", In("none"));
        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Errors, Does.StartWith("graph-order: Say who takes what is retrieved: --to SOCKET"));
        ToolResult taken = Tool.Run("resume", "--journal", In("none"), "--", "/bin/true");
        Assert.That(taken.ExitCode, Is.EqualTo(3), taken.Errors);
        Assert.That(taken.Errors, Does.Contain("no session 'graphorder' was handed over by the kernel before"));
    }

    [TestCase("", "is empty")]
    [TestCase("{\"kind\":\"journal\"", "was never begun: its first record is not whole")]
    public void A_journal_that_is_none_is_told(string text, string what)
    {
        File.WriteAllText(In("journal"), text);
        Tool.Run("status", "--journal", In("journal")).AssertIs(
            4,
            "",
            $"graph-order: The journal '{In("journal")}' {what}. Name the journal: --journal FILE.\n");
    }

    [TestCase("tests/samples/two-vms.json")]
    [TestCase("tests/samples/plans/session-set.plan.json")]
    [TestCase("src/icon.png")]
    [TestCase("tests/samples/hidden-map.img")]
    public void What_is_no_journal_is_called_so_with_a_way_out(string path)
    {
        Tool.Run("status", "--journal", path).AssertIs(
            4, "", $"graph-order: This is no journal: '{path}' does not begin as one. Name the journal: --journal FILE.\n");
        Tool.Run("learn", path, Set).AssertIs(
            4, "", $"graph-order: This is no journal: '{path}' does not begin as one. Name journals first, and last the set.\n");
    }

    [Test]
    public void A_folder_is_no_journal() => Tool.Run("status", "--journal", "tests").AssertIs(
        3, "", "graph-order: This is no journal: 'tests' is a folder. Name the journal: --journal FILE.\n");

    [Test]
    public void A_plan_of_another_set_is_told() => Tool.Run(
        "apply", In("plan.json"), "--set", "tests/samples/two-vms.json", "--custody", "self").AssertIs(
            1,
            "",
            $"graph-order: '{In("plan.json")}' is the plan of another set than 'tests/samples/two-vms.json' (GO5001). "
            + "Name the set that it was made for, or plan again.\n");

    // What a process leaves that is killed before it asks the kernel for anything.
    [TestCase("", true)]
    [TestCase("{\"kind\":\"journal\"", true)]
    [TestCase("half a document\nand more\n", false)]
    public void A_journal_that_was_never_begun_stands_against_no_other(string text, bool isNone)
    {
        string journal = In("begun");
        File.WriteAllText(journal, text);
        ToolResult result = Tool.Run(
            "apply", In("plan.json"), "--set", Set, "--custody", "self", "--journal", journal);
        Assert.That(result.Output, isNone ? Does.StartWith("REFUSED before the kernel") : Is.Empty);
        Assert.That(File.Exists(journal), Is.Not.EqualTo(isNone));
        if (!isNone)
        {
            Assert.That(result.Errors, Does.Contain("is no journal that can be read"));
        }
    }

    [Test]
    public void Check_asks_the_running_machine_too()
    {
        ToolResult result = Tool.Run("check", Set, "--host", "--format", "json");
        Assert.That(result.ExitCode, Is.EqualTo(1));
        using JsonDocument document = JsonDocument.Parse(result.Output);
        string[] codes = [.. document.RootElement.GetProperty("diagnostics").EnumerateArray()
            .Select(found => found.GetProperty("code").GetString()!)];
        Assert.That(codes, Does.Contain("GO6106").Or.Contain("GO6104"), "what this machine lacks");
        Assert.That(document.RootElement.TryGetProperty("phases", out _), "the order is no less legal");
    }

    [Test]
    public void Learn_writes_the_median_and_what_99_of_100_took()
    {
        string[] records =
        [
            """{"kind":"journal","at":1,"schema":"graphorder/journal/1","requires":[],"id":"a","custody":"self", """
                + """ "model":"linux-7.3","release":"7.3.4","boot":"b","process":1""",
            """{"kind":"begin","at":1,"step":4,"verb":"preserve","session":"store","object":"store/shard-0","token":"0x1" """,
            """{"kind":"end","at":1,"step":4,"microseconds":300""",
            """{"kind":"begin","at":1,"step":4,"verb":"preserve","session":"store","object":"store/shard-0","token":"0x1" """,
            """{"kind":"end","at":1,"step":4,"microseconds":100""",
            """{"kind":"begin","at":1,"step":4,"verb":"preserve","session":"store","object":"store/shard-0","token":"0x1" """,
            """{"kind":"end","at":1,"step":4,"microseconds":900""",
            """{"kind":"begin","at":1,"step":4,"verb":"preserve","session":"store","object":"store/shard-1","token":"0x1" """,
            """{"kind":"end","at":1,"step":4,"microseconds":5,"error":16""",
        ];
        File.WriteAllBytes(In("learned"), JournalBytes.Signed(records));
        ToolResult result = Tool.Run("learn", In("learned"), Set);
        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(
            result.Errors, Is.EqualTo("graph-order: 3 steps in 1 journals told the costs of 1 objects.\n"));
        using JsonDocument document = JsonDocument.Parse(result.Output);
        JsonElement shard = document.RootElement.GetProperty("objects").EnumerateArray()
            .Single(found => found.GetProperty("id").GetString() == "store/shard-0");
        Assert.That(shard.GetProperty("cost").GetProperty("preserve").GetInt64(), Is.EqualTo(300));
        Assert.That(shard.GetProperty("x-cost-p99").GetProperty("preserve").GetInt64(), Is.EqualTo(900));
        Assert.That(shard.GetProperty("bytes").GetInt64(), Is.EqualTo(549755813888), "the rest stays");
        Assert.That(Tool.RunWith(result.OutputBytes, null, "plan", "-").ExitCode, Is.Zero);
    }

    private string In(string name) => Path.Combine(_folder, name);
}
