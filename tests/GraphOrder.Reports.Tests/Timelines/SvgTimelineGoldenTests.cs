namespace GraphOrder.Reports.Tests.Timelines;

/// <summary>Every sample has a timeline that a person has looked at.</summary>
[TestFixture]
public sealed class SvgTimelineGoldenTests
{
    private static IEnumerable<string> Names => Directory
        .EnumerateFiles(Sample.Folder, "*.json")
        .Select(static path => Path.GetFileNameWithoutExtension(path))
        .Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Names))]
    public void A_sample_is_drawn_as_the_file_has_it(string name) => Golden.Compare(
        name, TimelinePicture.Of(Sample.Read(name + ".json"), null, name + ".json").Text, ".svg");

    [TestCase("two-vms", "linux-next")]
    [TestCase("blackout", "explicit-graph")]
    [TestCase("blackout", "session-finish")]
    [TestCase("shared", "explicit-graph")]
    [TestCase("session-set", "global-finish")]
    public void A_sample_is_drawn_under_another_model(string name, string models) => Golden.Compare(
        $"{name}.{models}",
        TimelinePicture.Of(Sample.Read(name + ".json"), models, name + ".json").Text,
        ".svg");

    [Test]
    public void A_blackout_that_is_too_long_is_drawn_as_the_timeline_that_it_is() => Golden.Compare(
        "blackout.refusal",
        TimelinePicture.Of(
            Sample.Read("blackout.json"),
            null,
            "blackout.json",
            new ScheduleOptions { BlackoutMicrosecondsMax = 1_150_000 }).Text,
        ".svg");
}
