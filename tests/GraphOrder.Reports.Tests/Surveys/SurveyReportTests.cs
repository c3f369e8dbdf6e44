using System.Text;
using System.Text.RegularExpressions;

namespace GraphOrder.Reports.Tests.Surveys;

/// <summary>What a person reads of many hosts, as text and as a page.</summary>
[TestFixture]
public sealed class SurveyReportTests
{
    private const string Fake = "x\nREADY: all hosts.\n\u001b[32m\u202e\"'><script>alert(1)</script>";

    [TestCase(80, "survey-fleet")]
    [TestCase(40, "survey-fleet-narrow")]
    public void The_hosts_of_the_samples_are_told_as_somebody_has_read_it(int width, string golden) =>
        Golden.Compare(golden, Text(Fleet(), new TextReportOptions { SetName = "fleet", Width = width }));

    [TestCase(40)]
    [TestCase(80)]
    [TestCase(120)]
    public void A_name_cannot_fake_a_line_or_a_colour_and_all_fits(int width)
    {
        Survey survey = SurveyRequest.Answer(Hostile());
        TextReportOptions options = new()
        {
            SetName = Fake,
            Width = width,
            Repeated = ["--model", "linux-next"],
        };
        string report = Text(survey, options);

        Assert.That(report, Does.Match("^[ -~\n]*$"));
        Assert.That(report, Does.StartWith("NOT READY: 1 of 5 hosts "));
        Assert.That(Sample.Lines(report).Skip(1), Has.None.StartsWith("READY").And.None.StartsWith("NOT READY"));
        Assert.That(
            Sample.Lines(report).Where(static line => !line.Contains("$'", StringComparison.Ordinal)),
            Has.All.Length.AtMost(width));
        Assert.That(report, Does.Contain("--model linux-next").Or.Match(@"--model \\\n +linux-next"));
    }

    [Test]
    public void Only_the_verdict_is_coloured()
    {
        TextReportOptions options = new() { SetName = "d", Colour = true };

        Assert.That(Text(Fleet(), options), Does.StartWith("\e[31mNOT READY\e[0m: "));
        Assert.That(Text(Fleet(), options).LastIndexOf('\e'), Is.LessThan(20));
        Assert.That(
            Text(SurveyRequest.Answer([Host("a", Ready("vm"))]), options),
            Does.StartWith("\e[32mREADY\e[0m: the only host can be updated.\n"));
    }

    [Test]
    public void Many_causes_and_many_hosts_are_counted_and_not_listed()
    {
        SurveyHost[] hosts =
        [
            .. Enumerable.Range(0, 60).Select(static i => Host($"odd-{i}", Of($"x-{i}"))),
            .. Enumerable.Range(0, 20).Select(static i => Host($"gpu-{i:D2}", Of("vfio-device"))),
        ];

        string report = Text(SurveyRequest.Answer(hosts), new TextReportOptions { SetName = "d" });

        Assert.That(report, Does.Contain("GO4001  20 hosts (25 %): 7.3.4 has no handler for vfio-device"));
        Assert.That(report, Does.Contain("gpu-05 and 14 more"));
        Assert.That(report, Does.EndWith("... 11 more causes; --format json has them all.\n"));
    }

    [Test]
    public void The_page_is_one_file_that_runs_its_own_script_alone()
    {
        string page = Page(Fleet(), "fleet");
        string script = Regex.Match(page, "<script>(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        byte[] digest = System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(script));

        Assert.That(page, Does.Contain($"script-src 'sha256-{Convert.ToBase64String(digest)}'"));
        Assert.That(page, Does.Contain("default-src 'none'"));
        Assert.That(page, Does.Not.Match(@"https?:|src=|href=|@import|url\("));
        Assert.That(page, Does.Contain("<li>rack-1/host-b.json</li>\n<li>rack-2/host-c.json</li>"));
        Assert.That(page, Does.Not.Contain("%%"));
    }

    [Test]
    public void Names_stand_in_the_page_as_text()
    {
        string page = Page(SurveyRequest.Answer(Hostile()), Fake);

        Assert.That(Regex.Matches(page, "<script>"), Has.Count.EqualTo(1));
        Assert.That(page, Does.Contain("&lt;script&gt;alert(1)&lt;/script&gt;"));
        Assert.That(page, Does.Not.Contain("\u202e").And.Not.Contain("\u001b"));
    }

    [Test]
    public void A_page_without_causes_has_no_heading_for_them() => Assert.That(
        Page(SurveyRequest.Answer([Host("a", Ready("vm"))]), "d"),
        Does.Contain("<h1 class=\"good\">READY: ").And.Not.Contain("<h2>Causes</h2>"));

    private static Survey Fleet() => SurveyRequest.Answer(
    [
        .. Directory.EnumerateFiles(Path.Combine(Sample.Folder, "fleet"), "*.json", SearchOption.AllDirectories)
            .Select(static path => new SurveyHost(
                Path.GetRelativePath(Path.Combine(Sample.Folder, "fleet"), path),
                cancellation =>
                {
                    using FileStream stream = File.OpenRead(path);
                    return SessionSet.Read(stream, path, cancellation);
                })),
    ]);

    private static SurveyHost[] Hostile() =>
    [
        Host("1" + Fake, Ready("vm")),
        Host("2" + Fake, Of($"x-{Fake}")),
        Host("3" + Fake, $$"""{ "schema": "graphorder/session-set/1", "\u001b[31m<b>": 1 }"""),
        Host("4" + Fake, "{"),
        new SurveyHost("5" + Fake, static _ => throw new HostUnreadableException("it may not be read")),
        Host("6" + Fake, """{ "schema": "graphorder/<b>plan\u001b[31m/1" }"""),
    ];

    private static SurveyHost Host(string name, string document) =>
        new(name, _ => Sample.Parse(document));

    private static SurveyHost Host(string name, SessionSet set) => new(name, _ => set);

    private static SessionSet Ready(string prefix) => Of("memfd", prefix);

    private static SessionSet Of(string kind, string prefix = "s")
    {
        Assert.That(ObjectKind.TryParse(kind, out ObjectKind parsed), Is.True);
        return new DependencyGraphBuilder()
            .AddSession(prefix, out SessionId session)
            .AddFile(session, $"{prefix}/file", parsed, out _)
            .BuildSet();
    }

    private static string Text(Survey survey, TextReportOptions options)
    {
        StringWriter output = new();
        TextReport.WriteSurvey(output, survey, options);
        return output.ToString();
    }

    private static string Page(Survey survey, string folder)
    {
        StringWriter output = new();
        SurveyPage.Write(output, survey, new TextReportOptions { SetName = folder });
        return output.ToString();
    }
}
