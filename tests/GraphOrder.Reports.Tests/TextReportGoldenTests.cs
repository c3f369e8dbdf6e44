namespace GraphOrder.Reports.Tests;

/// <summary>Every sample has a report that a person has read.</summary>
[TestFixture]
public sealed class TextReportGoldenTests
{
    private static IEnumerable<string> Names => Directory
        .EnumerateFiles(Sample.Folder, "*.json")
        .Select(static path => Path.GetFileNameWithoutExtension(path))
        .Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Names))]
    public void A_sample_prints_as_the_file_has_it(string name)
    {
        SessionSet set = Sample.Read(name + ".json");
        Golden.Compare(name, Sample.Report(set, Sample.Options(name + ".json")));
    }

    [TestCaseSource(nameof(Names))]
    public void A_comparison_prints_as_the_file_has_it(string name)
    {
        SessionSet set = Sample.Read(name + ".json");
        Golden.Compare(name + ".compare", Sample.Comparison(set, Sample.Options(name + ".json")));
    }

    [TestCase("two-vms")]
    [TestCase("shared")]
    [TestCase("every-member")]
    public void A_check_prints_as_the_file_has_it(string name)
    {
        SessionSet set = Sample.Read(name + ".json");
        TextReportOptions options = Sample.Options(name + ".json") with { IsCheck = true };
        Golden.Compare(name + ".check", Sample.Report(set, options));
    }
}
