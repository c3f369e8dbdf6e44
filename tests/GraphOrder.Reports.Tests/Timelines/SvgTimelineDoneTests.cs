using System.Xml.Linq;

namespace GraphOrder.Reports.Tests.Timelines;

/// <summary>What the kernel has already looks unlike what is still to be done.</summary>
[TestFixture]
public sealed class SvgTimelineDoneTests
{
    [Test]
    public void Steps_that_are_done_already_are_pale_say_so_and_have_a_legend()
    {
        TimelinePicture picture = TimelinePicture.Of(Sample.Read("every-member.json"), null);
        SessionSet set = picture.Picture.Set;
        int done = set.Sessions.Sum(static session => session.Preserved.Length + (session.Created ? 1 : 0));
        (XElement Bar, string Title)[] bars = [.. picture.Bars.Where(static bar => TimelinePicture.Has(bar.Bar, "done"))];

        Assert.That(done, Is.GreaterThan(1));
        Assert.That(bars, Has.Length.EqualTo(done));
        Assert.That(bars.Select(static bar => bar.Title), Has.All.EndsWith("; done already"));
        Assert.That(picture.Bars.Where(static bar => !TimelinePicture.Has(bar.Bar, "done")).Select(static bar => bar.Title),
            Has.None.Contains("done already"));
        Assert.That(picture.Texts.Select(TimelinePicture.Words), Has.One.EqualTo("done already"));
    }

    [TestCase("two-vms.json")]
    [TestCase("blackout.json")]
    public void Where_nothing_is_done_nothing_speaks_of_it(string name)
    {
        TimelinePicture picture = TimelinePicture.Of(Sample.Read(name), null);
        Assert.That(picture.Text, Does.Not.Contain("done already").And.Not.Contain(" done\""));
    }

    [Test]
    public void A_lane_that_is_longer_than_its_bars_is_explained()
    {
        string[] words = [.. TimelinePicture.Of(Sample.Read("blackout.json"), null).Texts.Select(TimelinePicture.Words)];
        string[] bySingleCall =
            [.. TimelinePicture.Of(Sample.Read("blackout.json"), "explicit-graph").Texts.Select(TimelinePicture.Words)];

        Assert.That(words, Has.Some.Contains("and holds its places from its first bar"));
        Assert.That(words, Has.Some.Contains("of a guest as if no class had a limit"));
        Assert.That(bySingleCall, Has.None.Contains("and holds its places"));
    }
}
