namespace GraphOrder.Reports.Tests;

[TestFixture]
public sealed class TextReportGoldenTests
{
    [TestCase("two-vms")]
    [TestCase("shared")]
    [TestCase("session-set")]
    public void A_sample_prints_as_the_file_has_it(string name)
    {
        SessionSet set = Sample.Read(name + ".json");
        Golden.Compare(name, Sample.Report(set, Sample.Options(name + ".json")));
    }

    [TestCase("two-vms")]
    [TestCase("shared")]
    public void A_check_prints_as_the_file_has_it(string name)
    {
        SessionSet set = Sample.Read(name + ".json");
        TextReportOptions options = Sample.Options(name + ".json") with { IsCheck = true };
        Golden.Compare(name + ".check", Sample.Report(set, options));
    }
}
