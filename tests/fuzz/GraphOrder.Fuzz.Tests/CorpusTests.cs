namespace GraphOrder.Fuzz.Tests;

/// <summary>What fuzzing kept and found: each input is answered or refused, in time and memory.</summary>
[TestFixture]
public sealed class CorpusTests
{
    private const int FilesMax = 40;
    private const int BytesMax = 200_000;

    [TestCaseSource(nameof(Targets))]
    public void Every_input_of_the_corpus_is_answered_or_refused(string name)
    {
        FuzzTarget target = FuzzTargets.Of(name);
        string[] paths = Directory.GetFiles(Repository.In("tests", "fuzz", "corpus", name));
        Assert.That(paths, Has.Length.InRange(1, FilesMax));
        Assert.That(paths.Sum(path => new FileInfo(path).Length), Is.LessThanOrEqualTo(BytesMax));
        foreach (string path in paths)
        {
            Assert.That(() => target.Run(File.ReadAllBytes(path)), Throws.Nothing, path);
        }
    }

    [TestCaseSource(nameof(Targets))]
    public void Every_seed_is_answered_or_refused(string name)
    {
        FuzzTarget target = FuzzTargets.Of(name);
        int count = 0;
        foreach (byte[] seed in target.Seeds())
        {
            Assert.That(() => target.Run(seed), Throws.Nothing, $"seed {count}");
            count++;
        }

        Assert.That(count, Is.GreaterThan(0));
    }

    [TestCaseSource(nameof(Findings))]
    public void What_was_found_stays_mended(string name, string file) => Assert.That(
        () => FuzzTargets.Of(name).Run(File.ReadAllBytes(Repository.In("tests", "fuzz", "findings", name, file))),
        Throws.Nothing);

    [Test]
    public void Every_folder_is_of_a_target()
    {
        Assert.That(Folders("corpus"), Is.EquivalentTo(Targets()));
        Assert.That(Folders("findings"), Is.SubsetOf(Targets()));
    }

    private static IEnumerable<string> Targets() => FuzzTargets.All.Select(target => target.Name);

    private static IEnumerable<TestCaseData> Findings() =>
        Directory.EnumerateFiles(Repository.In("tests", "fuzz", "findings"), "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => new TestCaseData(
                Path.GetFileName(Path.GetDirectoryName(path)!), Path.GetFileName(path)));

    private static IEnumerable<string> Folders(string part) =>
        Directory.GetDirectories(Repository.In("tests", "fuzz", part)).Select(path => Path.GetFileName(path)!);
}
