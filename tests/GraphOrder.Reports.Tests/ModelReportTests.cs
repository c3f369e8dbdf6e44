namespace GraphOrder.Reports.Tests;

/// <summary>The same sets under every model, and each kind of impossible: read by a person.</summary>
[TestFixture]
public sealed class ModelReportTests
{
    private static readonly string[] Samples = ["seed", "session-set", "shared"];

    private static readonly string[] Models =
        ["linux-next", "explicit-graph", "session-finish", "global-finish", "linux-7.3:explicit-graph"];

    private static IEnumerable<string> All => Directory
        .EnumerateFiles(Sample.Folder, "*.json")
        .Select(static path => Path.GetFileNameWithoutExtension(path));

    private static IEnumerable<string> AllModels => Directory
        .EnumerateFiles(Path.Combine(Sample.Folder, "models"), "*.json")
        .Select(static path => Path.GetFileNameWithoutExtension(path));

    [Test]
    public void A_sample_prints_as_the_file_has_it(
        [ValueSource(nameof(Samples))] string name, [ValueSource(nameof(Models))] string models) =>
        Compare(name, models);

    [TestCase("two-vms", "linux-next", Description = "an edge that must stay in one session, and does not")]
    [TestCase("two-vms", "linux-next:linux-7.3", Description = "what the next kernel cannot take")]
    [TestCase("unfreeze", "session-finish")]
    [TestCase("unfreeze", "rollback-backward", Description = "a model of one's own that unfreezes backward")]
    [TestCase("blackout", "explicit-graph", Description = "acts among objects that move by themselves")]
    [TestCase("blackout", "session-finish", Description = "acts where sessions finish at once")]
    [TestCase("gpu-vm", "explicit-graph")]
    [TestCase("gpu-vm", "linux-7.3:explicit-graph", Description = "rules of two models in one proof")]
    [TestCase("seed", "file-by-file", Description = "a model of one's own that finishes files")]
    public void What_is_told_about_one_model_prints_as_the_file_has_it(string name, string models) =>
        Compare(name, models);

    [TestCase("seed-legal", "explicit-graph")]
    [TestCase("seed-legal", "linux-next:linux-7.3")]
    public void A_check_prints_as_the_file_has_it(string name, string models)
    {
        TextReportOptions options = Options(name, models) with { IsCheck = true };
        Golden.Compare(
            $"{name}.{models.Replace(':', '.')}.check",
            Sample.Report(Sample.Read(name + ".json"), Sample.Kernels(models), options));
    }

    [Test]
    public void Every_sample_has_a_report_under_every_pair_of_models_that_fits(
        [ValueSource(nameof(AllModels))] string old, [ValueSource(nameof(AllModels))] string next)
    {
        if (old == "explicit-graph" && next is not ("explicit-graph" or "file-by-file" or "global-finish"
            or "session-finish"))
        {
            Assert.That(() => Sample.Kernels($"{old}:{next}"), Throws.ArgumentException);
            return;
        }

        foreach (string name in All)
        {
            string models = $"{old}:{next}";
            string report = Sample.Report(
                Sample.Read(name + ".json"), Sample.Kernels(models), Options(name, models));
            Assert.That(
                Sample.Lines(report).Where(static line => line.Length > 80), Is.Empty, $"{name} {models}");
            Assert.That(report, Does.StartWith("LEGAL").Or.StartWith("ILLEGAL").Or.StartWith("REFUSED"));
            Assert.That(report, Does.Not.Contain("Linux linux"));
        }
    }

    private static void Compare(string name, string models) => Golden.Compare(
        $"{name}.{models.Replace(':', '.')}",
        Sample.Report(Sample.Read(name + ".json"), Sample.Kernels(models), Options(name, models)));

    private static TextReportOptions Options(string name, string models) =>
        Sample.Options(name + ".json") with { Repeated = ["--model", models] };
}
