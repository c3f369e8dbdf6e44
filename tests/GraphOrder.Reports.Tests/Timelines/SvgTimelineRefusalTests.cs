namespace GraphOrder.Reports.Tests.Timelines;

/// <summary>A refusal is never an empty picture.</summary>
[TestFixture]
public sealed class SvgTimelineRefusalTests
{
    [TestCase(2, 2, "")]
    [TestCase(16, 16, "")]
    [TestCase(17, 17, "... 1 more step of the same walk")]
    [TestCase(200, 17, "... 184 more steps of the same walk")]
    public void A_closed_walk_is_a_column_of_boxes(int steps, int boxes, string folded)
    {
        TimelinePicture picture = TimelinePicture.Of(Cycles.Of(steps));
        Assert.Multiple(() =>
        {
            Assert.That(picture.Of("rect", "card").Count(), Is.EqualTo(boxes));
            Assert.That(picture.Of("path", "back").Count(), Is.EqualTo(1), "one way back");
            Assert.That(picture.AllWords, Does.Contain("needs").And.Contain("danger").And.Contain("rule"));
            Assert.That(picture.AllWords, Does.Contain(folded));
            Assert.That(picture.AllWords, Does.Contain("the first again"));
        });
    }

    [Test]
    public void Of_two_kinds_of_cycles_neither_denies_the_other()
    {
        string words = TimelinePicture.Of(Sample.Read("gpu-vm.json")).AllWords;
        Assert.That(words, Does.Contain("A cycle of 4 objects.").And.Contain("A cycle of 2 files."));
        Assert.That(words, Does.Not.Contain("have none"));
        Assert.That(
            TimelinePicture.Of(Sample.Read("shared.json")).AllWords,
            Does.Contain("A cycle of 2 sessions. The objects have none, the files have none."));
    }

    [Test]
    public void The_ways_out_are_told()
    {
        string words = TimelinePicture.Of(Sample.Read("shared.json")).AllWords;
        Assert.That(words, Does.Contain("WAYS OUT").And.Contain("merge vm-02 into vm-01").And.Contain("price: "));
    }

    [Test]
    public void A_blackout_that_is_too_long_is_refused_over_its_timeline()
    {
        TimelinePicture picture = TimelinePicture.Of(
            Sample.Read("blackout.json"), schedule: new ScheduleOptions { BlackoutMicrosecondsMax = 1_150_000 });
        Assert.Multiple(() =>
        {
            Assert.That(picture.AllWords, Does.StartWith("REFUSED"));
            Assert.That(picture.Bars, Is.Not.Empty);
            Assert.That(picture.AllWords, Does.Contain("BLACKOUT"));
        });
    }

    [Test]
    public void What_is_no_cycle_is_told_in_words()
    {
        TimelinePicture picture = TimelinePicture.Of(Sample.Read("seed-legal.json"), "linux-next");
        Assert.Multiple(() =>
        {
            Assert.That(picture.Picture.Result.IsLegal, Is.False);
            Assert.That(picture.AllWords, Does.Match("^(REFUSED|ILLEGAL): [^G]*GO"));
            Assert.That(picture.AllWords, Does.Contain("WAY OUT"));
        });
    }
}
