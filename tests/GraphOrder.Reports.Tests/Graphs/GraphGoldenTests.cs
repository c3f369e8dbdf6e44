namespace GraphOrder.Reports.Tests;

/// <summary>How each sample is written as a graph. <c>GRAPHORDER_GOLDEN=write</c> rewrites them.</summary>
[TestFixture]
public sealed class GraphGoldenTests
{
    private static string[] Names => GraphSamples.Names;

    [TestCaseSource(nameof(Names))]
    public void A_sample_in_dot(string name) => Compare(name, ".dot", DotGraph.Write);

    [TestCaseSource(nameof(Names))]
    public void A_sample_in_mermaid(string name) => Compare(name, ".mermaid", MermaidGraph.Write);

    [TestCaseSource(nameof(Names))]
    public void A_sample_in_graphml(string name) => Compare(name, ".graphml", GraphMlGraph.Write);

    [TestCase("two-vms")]
    [TestCase("vm-host")]
    public void A_sample_that_is_reduced(string name) =>
        Compare(name, ".reduced.dot", DotGraph.Write, isReduced: true);

    [TestCase("seed", "explicit-graph")]
    [TestCase("shared", "explicit-graph")]
    [TestCase("gpu-vm", "explicit-graph")]
    [TestCase("two-vms", "linux-next")]
    public void A_sample_under_another_model(string name, string models) =>
        Compare(name, $".{models}.dot", DotGraph.Write, models: models);

    private static void Compare(
        string name,
        string extension,
        Action<TextWriter, PlanPicture> write,
        bool isReduced = false,
        string models = "linux-7.3")
    {
        PlanPicture picture = GraphSamples.Picture(
            Sample.Read(name + ".json"), name + ".json", isReduced, models);
        string written = GraphSamples.Written(write, picture);
        Assert.That(GraphSamples.Written(write, picture), Is.EqualTo(written), "same input, same bytes");
        Golden.Compare(Path.Combine("Graphs", name), written, extension);
    }
}
