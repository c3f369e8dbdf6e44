using System.Text.Json;
using System.Text.Json.Nodes;

namespace GraphOrder.Cli.Tests;

[TestFixture]
public sealed class DiffTests
{
    private const string Set = "tests/samples/two-vms.json";
    private const string Other = "tests/samples/seed.json";
    private const string OtherLegal = "tests/samples/seed-legal.json";

    [TestCase(0, Set, Set, "--exit-code")]
    [TestCase(1, OtherLegal, Other, "--exit-code")]
    [TestCase(1, Set, Other, "--exit-code")]
    [TestCase(0, OtherLegal, Other)]
    [TestCase(0, "tests/samples/plans/session-set.plan.json", "tests/samples/plans/shared.refusal.json")]
    [TestCase(0, "tests/samples/plans/shared.refusal.json", Set)]
    public void Without_exit_code_it_ends_with_0_and_with_it_as_git_does(
        int exitCode, params string[] arguments)
    {
        ToolResult text = Tool.Run(["diff", .. arguments]);
        ToolResult json = Tool.Run(["diff", .. arguments, "--format", "json"]);

        Assert.That((text.ExitCode, text.Errors), Is.EqualTo((exitCode, "")));
        Assert.That((json.ExitCode, json.Errors), Is.EqualTo((exitCode, "")));
        using JsonDocument document = JsonDocument.Parse(json.Output);
        Assert.That(document.RootElement.GetProperty("schema").GetString(), Is.EqualTo("graphorder/diff/1"));
        Assert.That(
            document.RootElement.GetProperty("same").GetBoolean(),
            Is.EqualTo(text.Output.StartsWith("SAME ORDER", StringComparison.Ordinal)));
    }

    [Test]
    public void Plans_with_certificates_tell_causes_and_plans_without_say_how_to_get_them()
    {
        using Scratch scratch = new();
        string next = scratch.File("next.json");
        File.WriteAllText(next, Next());
        ToolResult sets = Tool.Run("diff", Set, next);
        string[] plans = [Plan(scratch, "first.json", Set), Plan(scratch, "second.json", next)];
        ToolResult bare = Tool.Run(["diff", .. plans]);
        ToolResult withSets = Tool.Run(["diff", .. plans, "--set", Set, "--set", next]);
        string[] certified =
        [
            Plan(scratch, "first.cert.json", Set, "--certificate"),
            Plan(scratch, "second.cert.json", next, "--certificate"),
        ];
        ToolResult alone = Tool.Run(["diff", .. certified]);
        ToolResult wrong = Tool.Run(["diff", .. plans, "--set", Other]);

        const string due = "all due to\n  vm-02/ram needs vm-01/gpu0.\n";
        Assert.That(sets.Output, Does.StartWith("ORDER CHANGED").And.Contain(due));
        Assert.That(withSets.Output, Does.Contain(due).And.Contain("declared by vmm: \"one more\""));
        Assert.That(alone.Output, Does.Contain(due));
        Assert.That(bare.Output, Does.Contain("plan with --certificate").And.Not.Contain("CAUSES"));
        Assert.That(wrong.ExitCode, Is.EqualTo(2));
        Assert.That(wrong.Errors, Does.Contain("the digests differ"));
    }

    [Test]
    public void One_side_may_be_standard_input_and_one_phase_may_be_asked_for()
    {
        byte[] input = File.ReadAllBytes(Path.Combine(Tool.Root, Set));
        ToolResult piped = Tool.RunWith(input, null, "diff", "-", Set, "--phase", "finish");

        Assert.That((piped.ExitCode, piped.Errors), Is.EqualTo((0, "")));
        Assert.That(piped.Output, Does.StartWith("SAME ORDER in finish.\n"));
        Assert.That(Tool.Run("diff", "-", "-").ExitCode, Is.EqualTo(2));
        Assert.That(Tool.Run("diff", Set, Set, "--phase", "finnish").Errors, Does.Contain("'finish'"));
        Assert.That(Tool.Run("diff", Set).Errors, Does.Contain("needs SECOND"));
        Assert.That(Tool.Run("diff", Set, "tests/samples/none.json").ExitCode, Is.EqualTo(3));
        Assert.That(Tool.RunWith("{}"u8.ToArray(), null, "diff", Set, "-").ExitCode, Is.EqualTo(4));
    }

    [Test]
    public void Two_models_of_one_set_are_compared_by_their_plans()
    {
        using Scratch scratch = new();
        ToolResult result = Tool.Run(
            "diff",
            Plan(scratch, "linux.json", Set),
            Plan(scratch, "graph.json", Set, "--model", "explicit-graph"),
            "--set",
            Set);

        Assert.That(result.Output, Does.StartWith("ORDER CHANGED").And.Contain("all due to\n  the model"));
    }

    [Test]
    public void The_exit_code_is_1_where_anything_differs_and_the_verdict_says_what()
    {
        using Scratch scratch = new();
        string next = scratch.File("next.json");
        File.WriteAllText(next, With("vm-02/nic0", "vm-02/ram"));
        ToolResult sets = Tool.Run("diff", Set, next, "--exit-code");
        ToolResult json = Tool.Run("diff", Set, next, "--exit-code", "--format", "json");
        string[] models =
        [
            Plan(scratch, "old.json", OtherLegal), Plan(scratch, "new.json", OtherLegal, "--model", "session-finish"),
        ];
        ToolResult model = Tool.Run(["diff", .. models, "--exit-code"]);
        ToolResult phase = Tool.Run("diff", Set, next, "--exit-code", "--phase", "finish");

        Assert.That((sets.ExitCode, Verdict(sets)), Is.EqualTo((1, "SAME ORDER in all six phases, but the set and 1 dependency differ.")));
        using JsonDocument document = JsonDocument.Parse(json.Output);
        Assert.That(json.ExitCode, Is.EqualTo(1));
        Assert.That(document.RootElement.GetProperty("same").GetBoolean(), Is.True);
        Assert.That(document.RootElement.GetProperty("identical").GetBoolean(), Is.False);
        Assert.That(model.ExitCode, Is.EqualTo(1));
        Assert.That(Verdict(model), Does.Contain("the models"));
        Assert.That(phase.ExitCode, Is.Zero, "the finish order is the same");
    }

    [Test]
    public void Each_of_two_sets_must_be_that_of_its_plan()
    {
        using Scratch scratch = new();
        string[] plans = [Plan(scratch, "a.json", Set), Plan(scratch, "b.json", OtherLegal)];

        Assert.That(Tool.Run(["diff", .. plans, "--set", Set, "--set", OtherLegal]).ExitCode, Is.Zero);
        string[][] wrong = [[Set, Set], [OtherLegal, OtherLegal], [OtherLegal, Set], [Set, Other]];
        foreach (string[] sets in wrong)
        {
            ToolResult result = Tool.Run(["diff", .. plans, "--set", sets[0], "--set", sets[1]]);
            Assert.That((result.ExitCode, result.Output), Is.EqualTo((2, "")), string.Join(' ', sets));
            Assert.That(result.Errors, Does.Contain("the digests differ"));
        }
    }

    [Test]
    public void A_difference_is_written_to_a_file_and_never_over_what_it_reads()
    {
        using Scratch scratch = new();
        string plan = Plan(scratch, "a.json", Set);
        foreach (string format in (string[])["text", "json", "html"])
        {
            string file = scratch.File(format);
            Tool.Run("diff", plan, Set, "--format", format, "--output", file).AssertIs(0, "", "");
            Assert.That(File.ReadAllText(file), Is.EqualTo(Tool.Run("diff", plan, Set, "--format", format).Output));
        }

        Assert.That(Tool.Run("diff", plan, Set, "--output", plan).ExitCode, Is.EqualTo(2));
    }

    private static string Verdict(ToolResult result) => string.Join(
        ' ', result.Output[..result.Output.IndexOf("\n\n", StringComparison.Ordinal)].Split('\n').Select(static line => line.Trim()));

    private static string Plan(Scratch scratch, string name, string set, params string[] more)
    {
        string path = scratch.File(name);
        Assert.That(
            Tool.Run(["plan", set, "--format", "json", "--output", path, .. more]).ExitCode, Is.Zero);
        return path;
    }

    // One dependency more, and one metadata less that would be in its way.
    private static string Next() => With("vm-02/ram", "vm-01/gpu0");

    private static string With(string dependent, string on)
    {
        string text = File.ReadAllText(Path.Combine(Tool.Root, Set));
        JsonNode set = JsonNode.Parse(text)!;
        set["dependencies"] ??= new JsonArray();
        set["dependencies"]!.AsArray().Add(new JsonObject
        {
            ["dependent"] = dependent,
            ["on"] = on,
            ["declaredBy"] = "vmm",
            ["why"] = "one more",
        });
        return set.ToJsonString();
    }
}
