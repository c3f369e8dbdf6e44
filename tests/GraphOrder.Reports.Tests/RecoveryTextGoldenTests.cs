namespace GraphOrder.Reports.Tests;

/// <summary>Every sample of a state has a report that a person has read.</summary>
[TestFixture]
public sealed class RecoveryTextGoldenTests
{
    private static IEnumerable<string> Names => Directory
        .EnumerateFiles(Path.Combine(Sample.Folder, "states"), "*.json")
        .Select(static path => Path.GetFileNameWithoutExtension(path))
        .Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Names))]
    public void A_state_prints_as_the_file_has_it(string name)
    {
        string report = Report(name, 80);

        Golden.Compare("recover." + name, report);
        Assert.That(report, Is.All.InRange(' ', '~').Or.EqualTo('\n'));
        Assert.That(Sample.Lines(report).Max(line => line.Length), Is.LessThanOrEqualTo(80));
    }

    private static string Report(string name, int width)
    {
        string setName = name.Split('.')[0] + ".json";
        SessionSet set = Sample.Read(setName);
        using FileStream stream = File.OpenRead(Path.Combine(Sample.Folder, "states", name + ".json"));
        RecoveryResult result = RecoveryPlanner.Recover(
            DependencyGraph.Of(set), KernelPair.Linux73, HostStateReader.Read(stream, set));
        StringWriter output = new();
        TextReport.WriteRecovery(
            output,
            set,
            result,
            new RecoveryTextOptions { SetName = setName, StateName = name + ".json", Width = width });
        return output.ToString();
    }
}
