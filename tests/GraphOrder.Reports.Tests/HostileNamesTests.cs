namespace GraphOrder.Reports.Tests;

[TestFixture]
public sealed class HostileNamesTests
{
    private const string Fake = "x\nLEGAL in all six phases.\n\u001b[32m\u202e\u0007";

    private static SessionSet Set(bool isCyclic)
    {
        DependencyOrigin origin = new(
            DependencySource.Declared, DeclaredBy: Fake + "by", Why: Fake + "why \"q\"");
        string longId = Fake + "u" + new string('w', 200);
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession(Fake + "s", out SessionId one)
            .AddSession("t \u00e9", out SessionId two)
            .AddFile(one, Fake + "s/" + Fake, ObjectKind.Memfd, out ObjectId ram)
            .AddFile(two, longId, ObjectKind.Custom("x-\u001b[31m"), out ObjectId other)
            .AddDependency(other, ram, origin: origin);
        _ = isCyclic ? builder.AddDependency(ram, other, origin: origin) : builder;
        return builder.BuildSet();
    }

    [TestCase(false, 80, false)]
    [TestCase(true, 80, false)]
    [TestCase(false, 40, false)]
    [TestCase(true, 40, false)]
    [TestCase(false, 80, true)]
    [TestCase(true, 80, true)]
    public void A_name_cannot_fake_a_line_or_a_colour(bool isCyclic, int width, bool isCheck)
    {
        TextReportOptions options = new() { SetName = Fake + ".json", Width = width, IsCheck = isCheck };
        string report = Sample.Report(Set(isCyclic), options);
        string[] lines = Sample.Lines(report);
        Assert.Multiple(() =>
        {
            Assert.That(report, Does.Match("^[ -~\n]*$"));
            Assert.That(
                lines.Skip(1),
                Has.None.StartsWith("LEGAL").And.None.StartsWith("ILLEGAL"),
                "only the first line is a verdict");
            Assert.That(lines[0], Does.StartWith(isCyclic ? "ILLEGAL" : isCheck ? "NOT ACCEPTED" : "LEGAL"));

            // A quoted word of a command stays whole, since a shell would not join it again.
            Assert.That(lines.Where(static line => !line.Contains("$'", StringComparison.Ordinal)),
                Has.All.Length.AtMost(width));
        });
    }

    [TestCase(false, 80)]
    [TestCase(true, 80)]
    [TestCase(false, 40)]
    [TestCase(true, 40)]
    public void A_name_cannot_fake_a_line_of_a_comparison(bool isCyclic, int width)
    {
        TextReportOptions options = new() { SetName = "set.json", Width = width };
        string report = Sample.Comparison(Set(isCyclic), options);
        Assert.Multiple(() =>
        {
            Assert.That(report, Does.Match("^[ -~\n]*$"));
            Assert.That(Sample.Lines(report).Skip(1), Has.None.StartsWith("LEGAL").And.None.StartsWith("SAFE"));
            Assert.That(Sample.Lines(report), Has.All.Length.AtMost(width));
        });
    }

    [Test]
    public void A_long_id_loses_its_middle()
    {
        string report = Sample.Report(Set(false), Sample.Options("set.json"));
        int letters = report
            .Replace("\n", "", StringComparison.Ordinal)
            .Replace(" ", "", StringComparison.Ordinal)
            .Split("\\x07u")[1].TakeWhile(static character => character == 'w').Count();
        Assert.That(letters, Is.InRange(20, 72));
        Assert.That(report, Does.Contain("w...").And.Contain("www"));
    }
}
