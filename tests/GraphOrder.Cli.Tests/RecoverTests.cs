using System.Text;
using System.Text.Json;

namespace GraphOrder.Cli.Tests;

[TestFixture]
public sealed class RecoverTests
{
    private const string Set = "tests/samples/two-vms.json";
    private const string States = "tests/samples/states/";

    [TestCase("two-vms.all-held", 0)]
    [TestCase("two-vms.lost-session", 1)]
    [TestCase("two-vms.broken-memfd", 1)]
    [TestCase("two-vms.old-kernel", 1)]
    public void It_ends_with_0_only_where_everything_can_still_be_finished(string state, int exitCode)
    {
        ToolResult text = Tool.Run("recover", Set, $"{States}{state}.json");
        ToolResult json = Tool.Run("recover", Set, $"{States}{state}.json", "--format", "json");

        Assert.That((text.ExitCode, json.ExitCode), Is.EqualTo((exitCode, exitCode)), text.Errors);
        Assert.That(text.Output, Does.Contain("DO NOT"));
        using JsonDocument document = JsonDocument.Parse(json.Output);
        Assert.That(
            document.RootElement.GetProperty("schema").GetString(), Is.EqualTo("graphorder/recovery/1"));
    }

    [Test]
    public void The_plan_that_ran_is_read_and_nothing_is_assumed()
    {
        byte[] plan = Tool.Run("plan", Set, "--format", "json").OutputBytes;

        ToolResult result = Tool.RunWith(
            plan, null, "recover", Set, States + "two-vms.all-held.json", "--plan", "-");

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Output, Does.Not.Contain("GO6001"));
    }

    [TestCase(
        "--assume-quiet vm-02/iommfd",
        "graph-order: --assume-quiet names 'vm-02/iommfd', which is not in the set. Did you mean "
        + "'vm-02/iommufd'?\n")]
    [TestCase("--plan -", "graph-order: Only one of SET, STATE and PLAN can be standard input.\n")]
    public void A_wrong_command_line_gets_one_sentence(string options, string sentence)
    {
        string state = options == "--plan -" ? "-" : States + "two-vms.lost-session.json";

        Tool.Run(["recover", Set, state, .. options.Split(' ')]).AssertIs(2, "", sentence);
    }

    [Test]
    public void A_state_of_another_set_is_malformed() => Tool.RunWith(
        Encoding.UTF8.GetBytes("""
            { "schema": "graphorder/state/1", "sessions": [ { "name": "vm-1", "state": "held" } ] }
            """),
        null,
        "recover", Set, "-").AssertIs(
            4,
            "",
            "standard input:1:59: error GO1011: No session has the name 'vm-1'. Did you mean 'vm-01'? Add "
            + "it to 'sessions', or correct the name.\n");
}
