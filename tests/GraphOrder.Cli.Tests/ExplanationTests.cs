using System.Text.Json;

namespace GraphOrder.Cli.Tests;

[TestFixture]
public sealed class ExplanationTests
{
    private const string Set = "tests/samples/two-vms.json";

    [TestCase("why", Set, "vm-01/ram", "vm-02/nic0")]
    [TestCase("why", Set, "session:vm-02", "session:vm-01", "--phase", "finish", "--model", "session-finish")]
    [TestCase("pins", Set, "vm-01/ram")]
    [TestCase("pins", Set, "session:vm-01", "--model", "explicit-graph")]
    public void An_answer_ends_with_0_as_text_and_as_json(params string[] arguments)
    {
        ToolResult text = Tool.Run(arguments);
        ToolResult json = Tool.Run([.. arguments, "--format", "json"]);

        Assert.That((text.ExitCode, text.Errors), Is.EqualTo((0, "")));
        Assert.That((json.ExitCode, json.Errors), Is.EqualTo((0, "")));
        using JsonDocument document = JsonDocument.Parse(json.Output);
        Assert.That(
            document.RootElement.GetProperty("schema").GetString(),
            Is.EqualTo($"graphorder/{arguments[0]}/1"));
    }

    [Test]
    public void What_is_not_in_the_set_is_told_with_what_was_probably_meant()
    {
        Tool.Run("why", Set, "vm-01/ran", "vm-02/ram").AssertIs(
            2, "", $"graph-order: There is no 'vm-01/ran' in {Set}. Did you mean 'vm-01/ram'?\n");
        Tool.Run("pins", Set, "vm-01").AssertIs(
            2, "", $"graph-order: There is no 'vm-01' in {Set}. Did you mean 'session:vm-01'?\n");
        Tool.Run("pins", Set, "session:vm-1").AssertIs(
            2, "", $"graph-order: There is no 'session:vm-1' in {Set}. Did you mean 'session:vm-01'?\n");
    }

    [Test]
    public void A_wrong_question_is_one_sentence()
    {
        Tool.Run("why", Set, "vm-01/ram", "vm-01/ram").AssertIs(
            2, "", "graph-order: A and B are the same. Name two things of the set.\n");
        Tool.Run("why", Set, "vm-01/ram").AssertIs(
            2, "", "graph-order: 'why' needs B. See 'graph-order why --help'.\n");
        ToolResult phase = Tool.Run("why", Set, "vm-01/ram", "vm-02/ram", "--phase", "finnish");
        Assert.That(phase.ExitCode, Is.EqualTo(2));
        Assert.That(phase.Errors, Does.Contain("Did you mean 'finish'?"));
    }

    [Test]
    public void A_plan_with_a_certificate_is_verified_without_its_set()
    {
        using Scratch scratch = new();
        string plan = scratch.File("plan.json");
        Assert.That(
            Tool.Run("plan", Set, "--certificate", "--format", "json", "--output", plan).ExitCode, Is.Zero);

        ToolResult alone = Tool.Run("verify", plan);
        ToolResult json = Tool.Run("verify", plan, "--format", "json");
        ToolResult withSet = Tool.Run("verify", Set, plan);

        Assert.That(alone.ExitCode, Is.Zero, alone.Errors);
        Assert.That(alone.Output, Does.StartWith("LEGAL: the plan keeps every dependency of its certificate"));
        Assert.That(json.Output, Does.Contain("\"legal\": true"));
        Assert.That(withSet.ExitCode, Is.Zero);

        string broken = File.ReadAllText(plan).Replace("\"token\":\"0x1\"", "\"token\":\"0x9\"");
        File.WriteAllText(plan, broken);
        Assert.That(Tool.Run("verify", Set, plan).ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void A_set_with_acts_has_a_certificate_too()
    {
        using Scratch scratch = new();
        const string set = "tests/samples/blackout.json";
        string plan = scratch.File("plan.json");
        ToolResult made = Tool.Run("plan", set, "--certificate", "--format", "json", "--output", plan);

        Assert.That(made.ExitCode, Is.Zero, made.Errors);
        Assert.That(Tool.Run("verify", plan).ExitCode, Is.Zero);
        Assert.That(Tool.Run("verify", set, plan).ExitCode, Is.Zero);

        string moved = File.ReadAllText(plan).Replace("\"act\":\"vm-01/resume\"", "\"act\":\"vm-01/pause\"");
        File.WriteAllText(plan, moved);
        Assert.That(Tool.Run("verify", plan).ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void A_plan_without_a_certificate_is_not_verified_without_its_set()
    {
        byte[] plan = Tool.Run("plan", Set, "--format", "json").OutputBytes;

        ToolResult alone = Tool.RunWith(plan, null, "verify", "-");

        Assert.That(alone.ExitCode, Is.EqualTo(1));
        Assert.That(alone.Output, Does.StartWith("ILLEGAL").And.Contain("GO5021"));
    }

    [Test]
    public void A_certificate_is_for_programs() => Tool.Run("plan", Set, "--certificate").AssertIs(
        2, "", "graph-order: --certificate is for programs that check the plan. Add --format json.\n");

    [Test]
    public void An_act_is_an_end_in_its_own_phase()
    {
        const string set = "tests/samples/blackout.json";

        ToolResult why = Tool.Run("why", set, "vm-01/pause", "vm-01/state");
        ToolResult other = Tool.Run("why", set, "vm-01/resume", "vm-01/state");
        ToolResult pins = Tool.Run("pins", set, "vm-01/pause");

        Assert.That(why.Output, Does.StartWith("YES: vm-01/pause must be done before vm-01/state."));
        Assert.That(other.ExitCode, Is.EqualTo(2));
        Assert.That(other.Errors, Does.Contain("'vm-01/resume' is an act of retrieve. Ask with --phase retrieve."));
        Assert.That(pins.ExitCode, Is.EqualTo(2));
        Assert.That(pins.Errors, Does.Contain("is an act; name an object or a session"));
    }
}
