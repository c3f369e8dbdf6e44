namespace GraphOrder.Reports.Tests;

/// <summary>How <c>why</c> and <c>pins</c> read. <c>GRAPHORDER_GOLDEN=write</c> rewrites them.</summary>
[TestFixture]
public sealed class ExplanationGoldenTests
{
    [TestCase("why-preserve", "two-vms.json", "vm-01/ram", "vm-02/nic0", Phase.Preserve)]
    [TestCase("why-finish-sessions", "two-vms.json", "vm-02/nic0", "vm-01/ram", Phase.Finish)]
    [TestCase("why-turned", "two-vms.json", "vm-01/ram", "vm-01/gpu0", Phase.Finish)]
    [TestCase("why-free", "two-vms.json", "vm-01/ram", "vm-02/ram", Phase.Preserve)]
    [TestCase("why-together", "two-vms.json", "vm-01/ioas", "vm-01/domain", Phase.Preserve)]
    [TestCase("why-partly", "two-vms.json", "session:vm-01", "vm-02/state", Phase.Preserve)]
    [TestCase("why-partly-turned", "two-vms.json", "vm-02/state", "session:vm-01", Phase.Preserve)]
    [TestCase("why-contradiction", "shared.json", "session:vm-01", "session:vm-02", Phase.Finish)]
    [TestCase("why-fixed", "beginning.json", "vm-01/iommufd", "vm-02/ram", Phase.Preserve)]
    public void A_chain_reads_as_it_should(string golden, string sample, string a, string b, Phase phase)
    {
        SessionSet set = Sample.Read(sample);
        Assert.That(set.TryFindEnd(a, out DependencyEnd first), Is.True);
        Assert.That(set.TryFindEnd(b, out DependencyEnd then), Is.True);
        DependencyGraph graph = DependencyGraph.Of(set);
        StringWriter output = new();

        TextReport.WriteWhy(
            output,
            graph,
            OrderExplainer.Explain(graph, KernelPair.Linux73, first, then, phase),
            Sample.Options(sample));

        Assert.That(Sample.Lines(output.ToString()).Max(line => line.Length), Is.LessThanOrEqualTo(80));
        Golden.Compare(golden, output.ToString());
    }

    [TestCase("pins-memfd", "two-vms.json", "vm-01/ram")]
    [TestCase("pins-device", "two-vms.json", "vm-02/nic0")]
    [TestCase("pins-session", "two-vms.json", "session:vm-02")]
    [TestCase("pins-refused", "shared.json", "vm-01/ring")]
    public void What_holds_something_reads_as_it_should(string golden, string sample, string id)
    {
        SessionSet set = Sample.Read(sample);
        Assert.That(set.TryFindEnd(id, out DependencyEnd end), Is.True);
        DependencyGraph graph = DependencyGraph.Of(set);
        StringWriter output = new();

        TextReport.WritePins(
            output,
            graph,
            PinExplainer.Explain(graph, KernelPair.Linux73, end),
            Sample.Options(sample));

        Assert.That(Sample.Lines(output.ToString()).Max(line => line.Length), Is.LessThanOrEqualTo(80));
        Golden.Compare(golden, output.ToString());
    }
}
