using System.Globalization;

namespace GraphOrder.Reports.Tests;

[TestFixture]
public sealed class MermaidGraphTests
{
    private const int EdgesMax = 400;
    private const int LengthMax = 50_000;

    [Test]
    public void The_real_parser_takes_every_sample_with_every_node_and_arrow()
    {
        string[] texts = [.. GraphSamples.Names.Select(name => GraphSamples.Written(
            MermaidGraph.Write, GraphSamples.Picture(Sample.Read(name + ".json"), name + ".json")))];
        Demand(texts);
    }

    [Test]
    public void The_real_parser_takes_hostile_names_and_none_means_anything()
    {
        string[] texts =
        [
            .. GraphSamples.HostileNames.Select(name => GraphSamples.Written(
                MermaidGraph.Write,
                GraphSamples.Picture(Named(name), name))),
            GraphSamples.Written(MermaidGraph.Write, GraphSamples.Picture(GraphSamples.Hostile(true))),
            GraphSamples.Written(MermaidGraph.Write, GraphSamples.Picture(GraphSamples.Hostile(false))),
        ];
        Assert.That(texts, Has.All.Matches("^[ -~\n]*$"));
        Assert.That(texts.Select(text => text.Split("%%{").Length), Is.All.EqualTo(2), "our own directive");
        Demand(texts);
    }

    [TestCase("vm-host", 64, null)]
    [TestCase("vm-host", 200, null)]
    [TestCase("microvm", 4_000, null)]
    [TestCase("services", 300, null)]
    [TestCase("layered", null, 3_000)]
    [TestCase("cycle", 300, 3_000)]
    [TestCase("chain", null, 30_000)]
    public void Large_sets_stay_below_the_limits_and_say_what_is_left_out(
        string shape, int? sessions, int? objects)
    {
        SessionSet set = SessionSetGenerator.Generate(
            shape, new GeneratorOptions { Objects = objects, Sessions = sessions });
        string text = GraphSamples.Written(MermaidGraph.Write, GraphSamples.Picture(set));

        Assert.That(text, Has.Length.LessThan(LengthMax));
        Assert.That(Arrows(text), Is.LessThan(EdgesMax));
        Assert.That(text, Does.Contain("%% All of it").And.Contain("--format graphml"));
        Demand(text);
    }

    // The parser counts what we wrote: each node, each arrow, and no other.
    private static void Demand(params string[] texts)
    {
        string folder = Repository.In("artifacts", "mermaid");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "mermaid")))
        {
            Assert.Ignore("Mermaid is missing; tests/install-tools.sh installs it");
        }

        string files = Directory.CreateTempSubdirectory("mermaid").FullName;
        try
        {
            string[] paths = [.. texts.Select((_, i) => Path.Combine(files, $"{i}.mermaid"))];
            for (int i = 0; i < texts.Length; i++)
            {
                File.WriteAllText(paths[i], texts[i]);
            }

            string[] answers = GraphSamples.Run(
                "node",
                [Repository.In("tests", "mermaid", "parse.mjs"), .. paths],
                null,
                ("MERMAID_FOLDER", folder)).TrimEnd('\n').Split('\n');
            Assert.That(answers, Has.Length.EqualTo(texts.Length));
            for (int i = 0; i < texts.Length; i++)
            {
                string expected = string.Create(
                    CultureInfo.InvariantCulture, $"ok flowchart-v2 {Nodes(texts[i])} {Arrows(texts[i])} ");
                string shown = texts[i][..Math.Min(2_000, texts[i].Length)];
                Assert.That(answers[i], Does.StartWith(expected), shown);
            }
        }
        finally
        {
            Directory.Delete(files, recursive: true);
        }
    }

    private static int Nodes(string text) => text.Split('\n').Count(
        line => System.Text.RegularExpressions.Regex.IsMatch(line, "^ +(note|n[0-9]+)[^ ]*[\\[({]"));

    private static int Arrows(string text) => text.Split('\n').Count(
        line => System.Text.RegularExpressions.Regex.IsMatch(line, "^  n[0-9]+ (-->|==>|-\\.->|-\\.-)"));

    private static SessionSet Named(string name)
    {
        bool isName = name.Length < 50 && !name.Contains('\0');
        DependencyOrigin origin = new(DependencySource.Declared, DeclaredBy: name, Why: name);
        return new DependencyGraphBuilder()
            .AddSession(isName ? name : "s", out SessionId session)
            .AddFile(session, name, ObjectKind.Custom("x-" + name), out ObjectId file)
            .AddObject(file, name + name, ObjectKind.Ioas, out ObjectId inside)
            .AddFile(session, name + "2", ObjectKind.Memfd, out ObjectId memory)
            .AddDependency(inside, memory, origin: origin)
            .BuildSet();
    }
}
