using System.Globalization;
using System.Text.RegularExpressions;

namespace GraphOrder.Reports.Tests;

[TestFixture]
public sealed partial class StepFoldingTests
{
    private static readonly TextReportOptions Options = Sample.Options("set.json");

    [Test]
    public void Many_equal_sessions_print_as_the_file_has_it() =>
        Golden.Compare("folded", Sample.Report(ManySessions.Of(40), Options));

    [Test]
    public void A_session_that_differs_is_told_by_itself()
    {
        SessionSet set = ManySessions.Of(40, static (builder, memories) =>
            builder.AddDependency(
                memories[20], memories[3], origin: new(DependencySource.Declared, Why: "shared ring")));
        Golden.Compare("folded-but-one", Sample.Report(set, Options));
    }

    [Test]
    public void Up_to_sixty_steps_each_has_its_line()
    {
        // Nine steps a session, and the jump.
        Assert.Multiple(() =>
        {
            Assert.That(Sample.Report(ManySessions.Of(6), Options), Does.Not.Contain("each as"));
            Assert.That(Sample.Report(ManySessions.Of(7), Options), Does.Contain("each as"));
        });
    }

    [TestCase(8)]
    [TestCase(9)]
    [TestCase(64)]
    [TestCase(301)]
    public void Every_step_number_stands_in_exactly_one_line(int sessions)
    {
        string[] lines = Sample.Lines(Sample.Report(ManySessions.Of(sessions), Options));
        int first = Array.FindIndex(
            lines, static line => line.StartsWith("OLD KERNEL", StringComparison.Ordinal));
        int last = Array.FindIndex(lines, first, static line => line.Length == 0);
        int next = 1;
        foreach (string line in lines[(first + 1)..last])
        {
            Match match = Numbers().Match(line);
            if (match.Success)
            {
                string start = match.Groups["first"].Value;
                Assert.That(start, Is.EqualTo(next.ToString(CultureInfo.InvariantCulture)), line);
                string end = match.Groups["last"].Success ? match.Groups["last"].Value : start;
                next = int.Parse(end, CultureInfo.InvariantCulture) + 1;
            }
        }

        Assert.That(next - 1, Is.EqualTo(sessions * (1 + 3 + 1 + 3 + 1) + 1));
    }

    [GeneratedRegex(@"^ {1,5}(?<first>\d+)(-(?<last>\d+))? ")]
    private static partial Regex Numbers();
}
