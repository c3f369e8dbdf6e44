using System.Xml.Linq;

namespace GraphOrder.Reports.Tests.Timelines;

/// <summary>Text is whole, inside the picture, and nowhere over other text.</summary>
[TestFixture]
public sealed class SvgTimelineTextTests
{
    private static IEnumerable<TestCaseData> Pictures()
    {
        foreach (string path in Directory.EnumerateFiles(Sample.Folder, "*.json").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path);
            foreach (string? models in new[] { null, "linux-next", "explicit-graph", "session-finish", "global-finish" })
            {
                yield return Case(Sample.Read(name), models, name);
            }
        }

        yield return Case(TimedSets.Of(1, 1, finish: 20_000_000), null, "one guest, a finish of seconds");
        yield return Case(TimedSets.Of(6, 2), null, "six guests");
        yield return Case(TimedSets.Of(6, 2), "explicit-graph", "six guests");
        yield return Case(TimedSets.Of(300, 3), null, "300 guests");
        yield return Case(TimedSets.Of(300, 3, isAlike: true), null, "300 guests that are alike");
        yield return Case(ManySessions.Of(500), null, "500 sessions");
        yield return Case(ManySessions.Chain(1_000), null, "a session of 1,000 files");
        yield return Case(HostileSets.Of(isCyclic: false), null, "hostile");
        yield return Case(HostileSets.Of(isCyclic: true), null, "hostile cycle");
        yield return Case(HostileSets.Timed(), null, "hostile with times");
        yield return Case(Cycles.Of(2), null, "a cycle of 2");
        yield return Case(Cycles.Of(200), null, "a cycle of 200");
        yield return Case(new DependencyGraphBuilder().BuildSet(), null, "nothing at all");

        static TestCaseData Case(SessionSet set, string? models, string name) =>
            new TestCaseData(set, models).SetArgDisplayNames(name, models ?? "-");
    }

    [TestCaseSource(nameof(Pictures))]
    public void No_text_leaves_the_picture_or_lies_over_another(SessionSet set, string? models)
    {
        TimelinePicture picture = TimelinePicture.Of(set, models);
        (string Words, (double X, double Y, double EndX, double EndY) Box)[] texts =
        [
            .. picture.Texts.Select(static text => (TimelinePicture.Words(text), TimelinePicture.BoxOf(text)))
                .OrderBy(static text => text.Item2.Y),
        ];
        Assert.That(texts, Is.Not.Empty);
        List<string> wrong = [];
        for (int i = 0; i < texts.Length; i++)
        {
            (double X, double Y, double EndX, double EndY) box = texts[i].Box;
            if (box.X < 0 || box.Y < 0 || box.EndX > picture.Width || box.EndY > picture.Height)
            {
                wrong.Add($"outside: {texts[i].Words}");
            }

            for (int j = i + 1; j < texts.Length && texts[j].Box.Y < box.EndY; j++)
            {
                (double X, double Y, double EndX, double EndY) other = texts[j].Box;
                if (box.X < other.EndX && other.X < box.EndX && box.Y < other.EndY)
                {
                    wrong.Add($"over one another: '{texts[i].Words}' and '{texts[j].Words}'");
                }
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [TestCaseSource(nameof(Pictures))]
    public void A_picture_says_what_it_is_and_needs_nothing_else(SessionSet set, string? models)
    {
        TimelinePicture picture = TimelinePicture.Of(set, models);
        XElement[] children = [.. picture.Root.Elements().Take(2)];
        string ids = string.Join(' ', children.Select(static child => (string)child.Attribute("id")!));
        string verdict = picture.Picture.Result.IsLegal ? "LEGAL" : "(ILLEGAL|REFUSED)";
        Assert.Multiple(() =>
        {
            Assert.That((string)picture.Root.Attribute("role")!, Is.EqualTo("img"));
            Assert.That((string)picture.Root.Attribute("aria-labelledby")!, Is.EqualTo(ids));
            Assert.That(children[0].Name.LocalName, Is.EqualTo("title"));
            Assert.That(children[0].Value, Does.Match("^" + verdict));
            Assert.That(children[1].Name.LocalName, Is.EqualTo("desc"));
            Assert.That(children[1].Value, Is.Not.Empty);
            Assert.That(picture.AllWords, Does.Match(verdict));
            Assert.That(picture.AllWords, Does.Contain(picture.Picture.Result.Input.ToString()[..23]));
            Assert.That(picture.Text, Does.Not.Contain("url(").And.Not.Contain("href").And.Not.Contain("@import"));
            Assert.That(picture.Text, Does.Match("^[ -~\n]*$"));
            Assert.That(picture.Text, Does.Contain("prefers-color-scheme:dark").And.Contain("@media print"));
            Assert.That(
                picture.Root.Descendants().Select(static each => each.Name.LocalName).Distinct(),
                Is.SubsetOf(new[] { "title", "desc", "style", "rect", "path", "text", "g" }));
        });
    }

    [TestCaseSource(nameof(Pictures))]
    public void The_same_picture_gives_the_same_bytes(SessionSet set, string? models)
    {
        TimelinePicture picture = TimelinePicture.Of(set, models);
        Assert.That(TimelinePicture.Written(picture.Picture), Is.EqualTo(picture.Text));
    }
}
