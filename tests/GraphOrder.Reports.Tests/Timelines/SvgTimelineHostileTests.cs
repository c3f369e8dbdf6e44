using System.Xml.Linq;

namespace GraphOrder.Reports.Tests.Timelines;

/// <summary>Whatever a name holds, it is text.</summary>
[TestFixture]
public sealed class SvgTimelineHostileTests
{
    private static IEnumerable<TestCaseData> Sets()
    {
        yield return new TestCaseData(HostileSets.Of(isCyclic: false)).SetArgDisplayNames("legal");
        yield return new TestCaseData(HostileSets.Of(isCyclic: true)).SetArgDisplayNames("cyclic");
        yield return new TestCaseData(HostileSets.Timed()).SetArgDisplayNames("timed");
    }

    [TestCaseSource(nameof(Sets))]
    public void A_name_is_never_markup(SessionSet set)
    {
        TimelinePicture picture = TimelinePicture.Of(set, null, "<set onload=\"x\">\u202e.json");
        Assert.Multiple(() =>
        {
            Assert.That(picture.Text, Does.Match("^[ -~\n]*$"), "printable ASCII");
            Assert.That(picture.Text, Does.Not.Contain("<script").And.Not.Contain("<!--").And.Not.Contain("]]>"));
            Assert.That(
                picture.Root.Descendants().Attributes().Select(static each => each.Name.LocalName),
                Has.None.StartsWith("on"));
            Assert.That(
                picture.Root.Descendants().Select(static each => each.Name.LocalName).Distinct(),
                Is.SubsetOf(new[] { "title", "desc", "style", "rect", "path", "text", "g" }));
            Assert.That(picture.AllWords, Does.Contain("<script>"), "what was written is what is read");
            Assert.That(picture.AllWords, Does.Contain("\\u{202e}"));
        });
    }

    [Test]
    public void An_id_of_ten_thousand_characters_is_whole_where_one_points_at_its_name_and_short_elsewhere()
    {
        TimelinePicture picture = TimelinePicture.Of(HostileSets.Of(isCyclic: false));
        string whole = new('w', 10_000);
        XElement[] told = [.. picture.Root.Descendants().Where(each => each.Name.LocalName == "title"
            && each.Value.Contains(whole, StringComparison.Ordinal))];
        Assert.Multiple(() =>
        {
            Assert.That(told, Has.Length.EqualTo(2), "the file of that name, and the one under its session");
            Assert.That(picture.Texts.Select(TimelinePicture.Words), Has.All.Length.LessThan(200));
            Assert.That(picture.AllWords, Does.Contain("wwww...wwww"));
        });
    }
}
