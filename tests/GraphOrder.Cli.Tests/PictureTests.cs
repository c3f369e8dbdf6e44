namespace GraphOrder.Cli.Tests;

/// <summary>Pictures come from the tool as from the library; what they show is tested there.</summary>
[TestFixture]
public sealed class PictureTests
{
    private const string Legal = "tests/samples/two-vms.json";
    private const string Refused = "tests/samples/shared.json";

    [TestCase("svg", "<svg ")]
    [TestCase("html", "<!doctype html>\n")]
    [TestCase("dot", "digraph ")]
    [TestCase("mermaid", "%%{init: ")]
    [TestCase("graphml", "<?xml ")]
    public void A_plan_and_a_refusal_have_each_picture(string format, string start)
    {
        ToolResult legal = Tool.Run("plan", Legal, "--format", format);
        ToolResult refused = Tool.Run("plan", Refused, "--format", format);

        Assert.That((legal.ExitCode, legal.Errors), Is.EqualTo((0, "")));
        Assert.That((refused.ExitCode, refused.Errors), Is.EqualTo((1, "")));
        Assert.That(new[] { legal.Output, refused.Output }, Has.All.Contains(start));
        using Scratch scratch = new();
        Tool.Run("plan", Legal, "--format", format, "--output", scratch.File("picture")).AssertIs(0, "", "");
        Assert.That(File.ReadAllText(scratch.File("picture")), Is.EqualTo(legal.Output));
    }

    [Test]
    public void Only_drawn_graphs_are_reduced()
    {
        Tool.Run("plan", Legal, "--reduce", "--format", "svg").AssertIs(
            2, "", "graph-order: --reduce is for drawn graphs. Add --format dot.\n");
        string whole = Tool.Run("plan", Legal, "--format", "dot").Output;
        string reduced = Tool.Run("plan", Legal, "--format", "dot", "--reduce").Output;
        Assert.That(reduced.Split(" -> "), Has.Length.LessThan(whole.Split(" -> ").Length));
    }

    [TestCase("graphml")]
    [TestCase("dot")]
    public void A_graph_comes_back_as_a_set_with_the_same_orders(string format)
    {
        using Scratch scratch = new();
        Tool.Run("plan", Legal, "--format", format, "--output", scratch.File("graph")).AssertIs(0, "", "");
        ToolResult imported = Tool.Run("import", format, scratch.File("graph"));
        Assert.That(imported.ExitCode, Is.Zero, imported.Errors);
        File.WriteAllText(scratch.File("set.json"), imported.Output);

        Assert.That(Tool.Run("finish", scratch.File("set.json"), "--files").Output,
            Is.EqualTo(Tool.Run("finish", Legal, "--files").Output));
        ToolResult difference = Tool.Run("diff", Legal, scratch.File("set.json"));
        Assert.That(difference.Output, Does.StartWith("SAME ORDER in all six phases, but the set"));
        Assert.That(difference.ExitCode, Is.Zero);
    }

    [Test]
    public void A_difference_has_a_page_where_the_set_is_known()
    {
        using Scratch scratch = new();
        Tool.Run("plan", Legal, "--format", "json", "--output", scratch.File("plan.json")).AssertIs(0, "", "");
        ToolResult page = Tool.Run("diff", Refused, Legal, "--format", "html");
        Assert.That((page.ExitCode, page.Errors), Is.EqualTo((0, "")));
        Assert.That(page.Output, Does.Contain("\"difference\":{\"text\":\"NOW LEGAL"));
        Tool.Run("diff", Legal, scratch.File("plan.json"), "--format", "html").AssertIs(
            2,
            "",
            $"graph-order: --format html shows the set of the second plan, and '{scratch.File("plan.json")}' brings "
            + "none. Name it with --set, or plan with --certificate.\n");
    }

    [Test]
    public void The_status_of_an_update_has_a_page()
    {
        ToolResult page = Tool.Run(
            "status", "--journal", "tests/fixtures/journals/update-damaged.journal", "--format", "html");
        Assert.That((page.ExitCode, page.Errors), Is.EqualTo((1, "")));
        Assert.That(page.Output, Does.StartWith("<!doctype html>\n").And.Contain("\"good\":false,\"journal\":\"{"));
        ToolResult done = Tool.Run(
            "status", "--journal", "tests/fixtures/journals/update-done.journal", "--format", "html");
        Assert.That((done.ExitCode, done.Errors), Is.EqualTo((0, "")));
        Assert.That(done.Output, Does.Contain(">DONE: everything is retrieved and finished."));
    }
}
