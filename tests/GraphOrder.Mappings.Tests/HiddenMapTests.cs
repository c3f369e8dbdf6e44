namespace GraphOrder.Mappings.Tests;

/// <summary>
/// A domain maps memory of another session and nothing declares it: the declared graph is legal, the real one
/// is not.
/// </summary>
[TestFixture]
public sealed class HiddenMapTests
{
    [TestCase("hidden-map.img", true)]
    [TestCase("sound-map.img", false)]
    public void The_images_of_the_samples_are_what_is_built(string name, bool isHidden)
    {
        string path = Path.Combine(Samples.Folder, name);
        byte[] built = HiddenMap.Image(isHidden);
        if (Environment.GetEnvironmentVariable("GRAPHORDER_GOLDEN") == "write")
        {
            File.WriteAllBytes(path, built);
        }

        Assert.That(File.ReadAllBytes(path), Is.EqualTo(built));
    }

    [Test]
    public void The_sound_sample_is_legal_and_maps_what_it_declares()
    {
        SessionSet set = Walked("sound-map.json");

        WalkedDomain walked = set.Walked.Single();
        Assert.That(walked.WhyNot, Is.Null);
        Assert.That(walked.Findings, Is.Empty);
        Assert.That(set.NameOf(walked.Owners.Single().Memfd), Is.EqualTo("vm-02/ram"));
        Assert.That(walked.Owners.Single().Bytes, Is.EqualTo(8_650_752));
        PlanResult result = Planner.Plan(set, KernelPair.Linux73);
        Assert.That(result.IsLegal, Is.True);
        Assert.That(Codes(result), Has.None.EqualTo(DiagnosticCode.PageTablesNotWalked));
    }

    [Test]
    public void The_declared_graph_of_the_hidden_sample_is_legal_and_the_real_one_is_not()
    {
        SessionSet declared = Samples.Read("hidden-map.json");
        Assert.That(Planner.Plan(declared, KernelPair.Linux73).IsLegal, Is.True);

        PlanResult result = Planner.Plan(Walked("hidden-map.json"), KernelPair.Linux73);

        Assert.That(result.IsLegal, Is.False);
        Diagnostic missing = result.Diagnostics.Single(found => found.Code == DiagnosticCode.MissingEdge);
        Assert.That(missing.Subjects, Is.EqualTo(new[] { "vm-02/domain", "vm-01/ram" }));
        Assert.That(missing.Fact("iova"), Is.EqualTo($"0x{HiddenMap.HiddenIova:x}"));
        Assert.That(missing.Fact("bytes"), Is.EqualTo("2097152"));
        Assert.That(Codes(result), Has.Member(DiagnosticCode.SessionCycle));
    }

    [Test]
    public void What_is_accepted_binds_and_still_closes_the_cycle()
    {
        SessionSet read = Samples.Read("hidden-map.json");
        SessionSet set = read.With(new PageTableSource(Samples.Folder).Walk(read), acceptsMapped: true);

        PlanResult result = Planner.Plan(set, KernelPair.Linux73);

        Assert.That(result.IsLegal, Is.False);
        Assert.That(
            result.Diagnostics.Single(found => found.Code == DiagnosticCode.MissingEdge).IsError, Is.False);
    }

    [Test]
    public void What_is_found_is_part_of_the_input()
    {
        SessionSet read = Samples.Read("hidden-map.json");

        Assert.That(Walked("hidden-map.json").Digest, Is.Not.EqualTo(read.Digest));
        Assert.That(read.With([]).Digest, Is.EqualTo(read.Digest));
    }

    [Test]
    public void A_repaired_set_keeps_what_was_found()
    {
        SessionSet set = Walked("hidden-map.json");
        RepairList repairs = Repairer.Find(set, KernelPair.Linux73);

        foreach (Repair repair in repairs.Repairs)
        {
            Assert.That(repair.Changed.Walked, Has.Length.EqualTo(1));
        }
    }

    private static SessionSet Walked(string name)
    {
        SessionSet read = Samples.Read(name);
        return read.With(new PageTableSource(Samples.Folder).Walk(read));
    }

    private static IEnumerable<DiagnosticCode> Codes(PlanResult result) =>
        result.Diagnostics.Select(static found => found.Code);
}
