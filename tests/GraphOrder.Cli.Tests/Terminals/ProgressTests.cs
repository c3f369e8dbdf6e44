using System.Text.RegularExpressions;

namespace GraphOrder.Cli.Tests.Terminals;

/// <summary>What is said of a run itself: progress, warnings, times.</summary>
[TestFixture]
public sealed class ProgressTests
{
    private const string Set = "tests/samples/two-vms.json";
    private const string Wipe = "\r\u001b[K";

    // A set that comes slowly: what takes long is always the same, on every machine.
    private const string Slow = $"(cat {Set}; sleep 2.5) | {{tool}}";

    [TestCase("plan -", "reading standard input")]
    [TestCase("check -", "reading standard input")]
    [TestCase("compare -", "reading standard input")]
    [TestCase("why - vm-01/ram vm-02/ram", "reading standard input")]
    [TestCase("verify - tests/samples/plans/session-set.plan.json", "reading standard input")]
    [TestCase("recover - tests/samples/states/two-vms.all-held.json", "reading standard input")]
    [TestCase("import systemd -", "reading standard input")]
    [TestCase("simulate -", "reading standard input")]
    public void What_takes_long_says_what_it_does_and_wipes_it_away(string command, string what)
    {
        string shown = Terminal.Run(80, $"{Slow} {command} > /dev/null");

        Assert.That(shown, Does.Match($@"\r\x1b\[K{what}, \d+ s\r\x1b\[K"));
        Assert.That(shown.LastIndexOf(Wipe, StringComparison.Ordinal),
            Is.GreaterThan(shown.LastIndexOf(what, StringComparison.Ordinal)), "it is wiped away");
    }

    [Test]
    public void The_answer_stands_where_the_progress_was()
    {
        string shown = Terminal.Run(80, $"{Slow} plan -");

        Assert.That(shown, Does.Match(@", \d+ s\r\x1b\[K\x1b\[33mLEGAL"));
    }

    [Test]
    public void What_prevents_an_answer_stands_on_a_line_of_its_own()
    {
        string shown = Terminal.Run(80, "(sleep 2.5; echo '{') | {tool} plan -");

        Assert.That(shown, Does.Match(@"\d s\r\x1b\[Kstandard input:"));
    }

    [TestCase($"{Slow} plan - --quiet > /dev/null", TestName = "Quiet")]
    [TestCase($"{Slow} plan - 2> /dev/null > /dev/null", TestName = "No terminal")]
    public void Nothing_is_shown_to_who_does_not_want_it(string line) =>
        Assert.That(Terminal.Text(80, line), Is.Empty);

    [Test]
    public void Quiet_keeps_the_answer_and_what_prevents_it()
    {
        using Scratch scratch = new();
        string[] apply = ["plan", "tests/samples/shared.json", "--apply-repair", "1", "--output", scratch.File("set")];

        Tool.Run("plan", Set, "--quiet").AssertIs(0, Tool.Run("plan", Set).Output, "");
        Assert.That(Tool.Run("--quiet", "plan", "no-such-file").Errors, Does.StartWith("graph-order: There is no file"));
        Assert.That(Tool.Run([.. apply, "--quiet"]).Errors, Is.Empty);
        Assert.That(
            Tool.Run("generate", "table", "--table", "x86-64", "--size", "2M", "--output", "-", "--quiet").Errors,
            Is.Empty);
    }

    [Test]
    public void Verbose_tells_what_was_read_and_how_long_each_part_took()
    {
        ToolResult result = Tool.Run("plan", Set, "--verbose");

        Assert.That(result.Output, Is.EqualTo(Tool.Run("plan", Set).Output));
        string[] lines = result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(4), result.Errors);
        string[] expected =
        [
            @"^graph-order: reading tests/samples/two-vms\.json: [0-9.]+ KiB of [0-9.]+ KiB: \d+\.\d ms$",
            @"^graph-order: walking page tables: \d+\.\d ms$",
            @"^graph-order: planning 14 objects: \d+\.\d ms$",
            @"^graph-order: plan in all, [0-9.]+ MiB of memory at most, [0-9.]+ [KM]iB allocated: \d+\.\d ms$",
        ];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.That(lines[i], Does.Match(new Regex(expected[i])));
        }
    }

    [Test]
    public void Less_and_more_at_once_is_a_wrong_command_line() => Tool.Run("plan", Set, "--quiet", "--verbose").AssertIs(
        2, "", "graph-order: --quiet and --verbose exclude each other. Leave one of the two out.\n");

    [Test]
    public void Both_are_in_the_help_of_every_command()
    {
        foreach (string command in (string[])["plan", "walk", "import host", "bench plan", "generate table", "completion"])
        {
            Assert.That(
                Tool.Run([.. command.Split(' '), "--help"]).Output,
                Does.Contain("--quiet").And.Contain("--verbose"), command);
        }
    }

    [Test]
    public void A_misspelt_one_is_known() => Assert.That(
        Tool.Run("plan", Set, "--quite").Errors, Does.Contain("Did you mean '--quiet'?"));
}
