namespace GraphOrder.Reports.Tests;

[TestFixture]
public sealed class DotGraphTests
{
    private static string[] Names => GraphSamples.Names;

    [TestCaseSource(nameof(Names))]
    public void Graphviz_draws_every_sample(string name)
    {
        PlanPicture picture = GraphSamples.Picture(Sample.Read(name + ".json"), name + ".json");
        string svg = Drawn(GraphSamples.Written(DotGraph.Write, picture));
        DependencyGraph graph = DependencyGraph.Of(picture.Set);

        Assert.That(svg, Does.Contain("<svg"));
        Assert.That(Count(svg, "class=\"edge\""), Is.GreaterThanOrEqualTo(graph.DependencyCount));
        Assert.That(Count(svg, "class=\"node\""), Is.GreaterThanOrEqualTo(graph.ObjectCount));
        Assert.That(svg.Contains("#b42318", StringComparison.Ordinal), Is.EqualTo(!picture.Result.IsLegal));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Graphviz_draws_hostile_names_and_nothing_of_them_is_markup(bool isCyclic)
    {
        PlanPicture picture = GraphSamples.Picture(
            GraphSamples.Hostile(isCyclic), GraphSamples.HostileNames[0]);
        Assert.That(picture.Result.IsLegal, Is.EqualTo(!isCyclic));
        string dot = GraphSamples.Written(DotGraph.Write, picture);
        string svg = Drawn(dot);

        Assert.That(Count(svg, "class=\"node\""), Is.EqualTo(2 * GraphSamples.HostileNames.Length));
        Assert.That(svg, Does.Not.Contain("<script"));
        Assert.That(dot, Does.Not.Contain("\u202E").And.Not.Contain("\u001b").And.Not.Contain("\0"));
        Assert.That(dot.Split('\n').Max(line => line.Count(letter => letter == 'w')), Is.GreaterThan(10_000), "whole");
    }

    [Test]
    public void The_steps_of_a_closed_walk_are_red_bold_and_numbered()
    {
        PlanPicture picture = GraphSamples.Picture(Sample.Read("seed.json"));
        string[] red = [.. GraphSamples.Written(DotGraph.Write, picture).Split('\n')
            .Where(line => line.Contains(" -> ", StringComparison.Ordinal) && line.Contains("label=\"1. finish\"")
                | line.Contains("label=\"2. finish\""))];

        Assert.That(red, Has.Length.EqualTo(2));
        Assert.That(red, Has.All.Contains("bold").And.All.Contains("#b42318"));
    }

    [Test]
    public void Where_files_wait_for_one_another_the_file_is_red_in_whose_belly_the_walk_runs()
    {
        PlanPicture picture = GraphSamples.Picture(Sample.Read("unfreeze.json"));
        string dot = GraphSamples.Written(DotGraph.Write, picture);
        string mermaid = GraphSamples.Written(MermaidGraph.Write, picture);

        Assert.That(
            dot.Split('\n').Single(static line => line.StartsWith("  \"vm-01/iommufd\" [", StringComparison.Ordinal)),
            Does.Contain("color=\"#b42318\""));
        Assert.That(
            mermaid.Split('\n').Single(static line => line.Contains("iommufd<br/>", StringComparison.Ordinal)),
            Does.EndWith(":::walk"));
    }

    [Test]
    public void The_title_says_that_there_are_more_problems()
    {
        PlanPicture picture = GraphSamples.Picture(Sample.Read("gpu-vm.json"));
        Assert.That(GraphSamples.Written(DotGraph.Write, picture), Does.Match(@"\(GO2001\)\. 1 more\W.*problem\.</b>"));
        Assert.That(GraphSamples.Written(MermaidGraph.Write, picture), Does.Match(@"\(GO2001\)\. 1 more\W.*problem\."));
    }

    [Test]
    public void Many_alike_sessions_are_drawn_once_and_the_picture_says_so()
    {
        SessionSet set = SessionSetGenerator.Generate("microvm", new GeneratorOptions { Sessions = 4_000 });
        string dot = GraphSamples.Written(DotGraph.Write, GraphSamples.Picture(set));

        Assert.That(dot, Does.Contain("folded=true").And.Contain("alike"));
        Assert.That(dot, Does.Contain("--format graphml"));
        Assert.That(dot.Split('\n'), Has.Length.LessThan(9_000));
    }

    [TestCase("layered")]
    [TestCase("cycle")]
    [TestCase("chain")]
    public void What_is_not_alike_is_cut_in_the_end(string shape)
    {
        SessionSet set = SessionSetGenerator.Generate(
            shape, new GeneratorOptions { Objects = 20_000 });
        string dot = GraphSamples.Written(DotGraph.Write, GraphSamples.Picture(set));

        Assert.That(dot, Does.Contain("folded=true"));
        Assert.That(dot.Split('\n'), Has.Length.LessThan(9_000));
    }

    [Test]
    public void A_reduced_picture_has_fewer_arrows_and_says_how_many()
    {
        SessionSet set = Sample.Read("two-vms.json");
        int dropped = TransitiveReduction.Of(DependencyGraph.Of(set)).DroppedCount;
        string whole = GraphSamples.Written(DotGraph.Write, GraphSamples.Picture(set));
        string reduced = GraphSamples.Written(DotGraph.Write, GraphSamples.Picture(set, isReduced: true));

        Assert.That(dropped, Is.Positive);
        Assert.That(Count(whole, " -> ") - Count(reduced, " -> "), Is.EqualTo(dropped));
        Assert.That(reduced, Does.Contain($"{dropped} dependencies are left out"));
    }

    private static string Drawn(string dot) => GraphSamples.Run("dot", ["-Tsvg"], dot);

    private static int Count(string text, string part) =>
        text.Split(part).Length - 1;
}
