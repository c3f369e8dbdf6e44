namespace GraphOrder.Cli.Tests;

/// <summary><c>plan --apply-repair N</c>, as a process.</summary>
[TestFixture]
public sealed class ApplyRepairTests
{
    private const string Refused = "tests/samples/shared.json";
    private const string Legal = "tests/samples/two-vms.json";

    private const string Soft = """
        { "schema": "graphorder/session-set/1", "sessions": [ { "name": "s" } ], "objects": [
          { "id": "a", "kind": "file", "session": "s" }, { "id": "b", "kind": "file", "session": "s" } ],
          "dependencies": [ { "dependent": "a", "on": "b" },
            { "dependent": "b", "on": "a", "phases": [ "finish", "retrieve" ], "strength": "soft", "weight": 3 } ] }
        """;

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    public void The_set_that_is_written_is_legal(int number)
    {
        using Scratch scratch = new();
        string changed = scratch.File("changed.json");

        Tool.Run("plan", Refused, "--apply-repair", $"{number}", "--output", changed).AssertIs(0, "", "");

        Assert.That(Tool.Run("plan", changed).ExitCode, Is.Zero);
        Assert.That(Tool.Run("plan", Refused).ExitCode, Is.EqualTo(1), "the set itself is as it was");
    }

    [TestCase("svg")]
    [TestCase("text")]
    [TestCase("binary")]
    public void A_set_is_written_as_JSON_or_not_at_all(string format)
    {
        using Scratch scratch = new();
        string changed = scratch.File("changed.json");
        Tool.Run("plan", Refused, "--apply-repair", "1", "--format", format, "--output", changed).AssertIs(
            2,
            "",
            $"graph-order: --apply-repair writes a set, which is no {format}. Leave --format out, or apply the repair "
            + "and plan what it wrote.\n");
        Assert.That(scratch.Names(), Is.Empty);
        Tool.Run("plan", Refused, "--apply-repair", "1", "--format", "json", "--output", changed).AssertIs(0, "", "");
        Assert.That(Tool.Run("plan", changed).ExitCode, Is.Zero);
    }

    [Test]
    public void The_command_that_a_refusal_shows_can_be_run()
    {
        using Scratch scratch = new();
        string report = Tool.Run("plan", Refused).Output.Replace(" \\\n", " ", StringComparison.Ordinal);
        string command = report.Split('\n').Single(line => line.StartsWith("DO ", StringComparison.Ordinal));
        string[] words = [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2..]];
        words[^1] = scratch.File(words[^1]);

        Assert.That(Tool.Run(words).ExitCode, Is.Zero);

        Assert.That(Tool.Run("plan", words[^1], "--model", "linux-next").ExitCode, Is.Zero);
    }

    [Test]
    public void A_waiver_is_dropped_from_the_set_and_that_is_said()
    {
        using Scratch scratch = new();
        string set = scratch.Write("soft.json", Soft);

        ToolResult result = Tool.Run("plan", set, "--apply-repair", "1");

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Does.Not.Contain("soft"));
        Assert.That(result.Errors, Does.Contain("'b=>a@retrieve', 'b=>a@finish'").And.Contain("--waive"));
    }

    [Test]
    public void A_number_that_is_none_and_a_legal_set_are_one_sentence_each()
    {
        Tool.Run("plan", Refused, "--apply-repair", "9").AssertIs(
            2, "", "graph-order: --apply-repair cannot be 9: the ways out are 1 to 5. Leave it out to see them.\n");
        Tool.Run("plan", Refused, "--apply-repair", "x").AssertIs(
            2,
            "",
            "graph-order: --apply-repair cannot be 'x'. Give the number of a way out, as 'plan' shows them.\n");
        Tool.Run("plan", Legal, "--apply-repair", "1").AssertIs(
            2,
            "",
            $"graph-order: '{Legal}' is legal, so there is nothing to repair. Leave --apply-repair out to see "
            + "its plan.\n");
    }

    [Test]
    public void A_set_without_a_way_out_is_refused()
    {
        ToolResult result = Tool.Run("plan", "tests/samples/beginning.json", "--apply-repair", "1");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Errors, Does.StartWith("graph-order: No repair was found"));
    }

    [Test]
    public void A_refusal_in_json_names_its_repairs()
    {
        string output = Tool.Run("plan", Refused, "--format", "json").Output;

        Assert.That(output, Does.Contain("\"repairs\": [").And.Contain("\"kind\":\"merge\"")
            .And.Contain("{\"model\":\"linux-next\",\"verdict\":\"refused\",\"codes\":[\"GO2110\"]}"));
    }
}
