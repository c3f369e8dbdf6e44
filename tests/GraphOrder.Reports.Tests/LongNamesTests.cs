using GraphOrder.Reports.Tests.Timelines;

namespace GraphOrder.Reports.Tests;

/// <summary>An id of 10,000 characters hides nothing, and is whole where programs read it.</summary>
[TestFixture]
public sealed class LongNamesTests
{
    private const int RunMax = 120;

    private static readonly string Id = new('x', 10_000);
    private static readonly string Other = new('y', 10_000);

    private static SessionSet Set(bool isCyclic)
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, Id, ObjectKind.Memfd, out ObjectId one)
            .AddFile(session, Other, ObjectKind.Iommufd, out ObjectId other)
            .AddDependency(other, one);
        _ = isCyclic ? builder.AddDependency(one, other) : builder;
        return builder.BuildSet();
    }

    [TestCase(false)]
    [TestCase(true)]
    public void What_people_read_has_its_beginning_and_its_end(bool isCyclic)
    {
        string text = Sample.Report(Set(isCyclic), Sample.Options("set.json"));

        Assert.That(text, Has.Length.LessThan(6_000));
        Assert.That(text.Replace("\n", "", StringComparison.Ordinal), Does.Contain("x..."));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_timeline_is_not_flooded(bool isCyclic)
    {
        TimelinePicture picture = TimelinePicture.Of(Set(isCyclic), null);
        int longest = picture.Texts.Max(static text => LongestRun(TimelinePicture.Words(text)));
        Assert.That(longest, Is.LessThanOrEqualTo(RunMax));
        Assert.That(LongestRun((string)picture.Root.Elements().First()), Is.LessThanOrEqualTo(RunMax), "the headline");
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Of_a_graph_only_the_ids_are_whole(bool isCyclic)
    {
        PlanPicture picture = GraphSamples.Picture(Set(isCyclic));
        string dot = GraphSamples.Written(DotGraph.Write, picture);
        string[] shown = [.. dot.Split('\n').SelectMany(static line => line.Split("label=<").Skip(1))
            .Select(static rest => rest.Split(">>,")[0])];

        Assert.That(shown.Max(LongestRun), Is.LessThanOrEqualTo(RunMax));
        Assert.That(dot, Does.Contain(Id[..4_000]).And.Contain(Other[..4_000]));
        string mermaid = GraphSamples.Written(MermaidGraph.Write, picture);
        Assert.That(LongestRun(mermaid), Is.LessThanOrEqualTo(RunMax));
    }

    [Test]
    public void A_document_has_it_whole_but_in_its_sentence()
    {
        using MemoryStream stream = new();
        PlanWriter.Write(stream, Planner.Plan(Set(isCyclic: true), KernelPair.Linux73));
        string json = System.Text.Encoding.UTF8.GetString(stream.ToArray());

        Assert.That(json, Does.Contain(Id));
        using System.Text.Json.JsonDocument read = System.Text.Json.JsonDocument.Parse(json);
        string message = read.RootElement.GetProperty("diagnostics")[0].GetProperty("message").GetString()!;
        Assert.That(LongestRun(message), Is.LessThanOrEqualTo(RunMax));
    }

    private static int LongestRun(string text)
    {
        int longest = 0;
        int run = 0;
        for (int at = 0; at < text.Length; at++)
        {
            run = text[at] is 'x' or 'y' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
