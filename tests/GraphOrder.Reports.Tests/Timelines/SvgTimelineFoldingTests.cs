using System.Xml.Linq;

namespace GraphOrder.Reports.Tests.Timelines;

/// <summary>Whatever is folded is counted: every object and every session stands in one place.</summary>
[TestFixture]
public sealed class SvgTimelineFoldingTests
{
    private const int RowsMax = 120;

    private static IEnumerable<TestCaseData> Sets()
    {
        yield return Case(Sample.Read("every-member.json"), "every-member", false);
        yield return Case(Sample.Read("blackout.json"), "blackout", false);
        yield return Case(ManySessions.Of(24), "24 sessions", false);
        yield return Case(ManySessions.Of(25), "25 sessions", true);
        yield return Case(ManySessions.Of(4_000), "4,000 sessions", true);
        yield return Case(ManySessions.Chain(117), "117 files", false);
        yield return Case(ManySessions.Chain(119), "119 files", true);
        yield return Case(ManySessions.Chain(5_000), "5,000 files", true);
        yield return Case(TimedSets.Of(400, 1), "400 guests", true);
        yield return Case(TimedSets.Of(400, 1, isAlike: true), "400 guests that are alike", true);
        yield return Case(Different(500), "500 sessions, no two alike", true);
        yield return Case(SessionSetGenerator.Generate("vm-host", new GeneratorOptions()), "a host of VMs", true);

        static TestCaseData Case(SessionSet set, string name, bool isFolded) =>
            new TestCaseData(set, isFolded).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Sets))]
    public void Counts_add_up_to_those_of_the_set(SessionSet set, bool isFolded)
    {
        foreach (string? models in new[] { null, "explicit-graph", "session-finish", "global-finish" })
        {
            TimelinePicture picture = TimelinePicture.Of(set, models);
            if (!picture.Picture.Result.IsLegal)
            {
                continue;
            }

            int moved = set.Objects.Count(static found => found.IsMovedByKernel);
            XElement[] groups = [.. picture.Of("g", "session")];
            XElement[] rows = [.. picture.Of("g", "row")];
            Assert.Multiple(() =>
            {
                Assert.That(
                    rows.Sum(static row => TimelinePicture.Long(row, "data-objects")),
                    Is.EqualTo(set.Objects.Length - moved), models);
                Assert.That(
                    groups.Sum(static group => TimelinePicture.Long(group, "data-objects")),
                    Is.EqualTo(set.Objects.Length - moved), models);
                Assert.That(
                    groups.Sum(static group => TimelinePicture.Long(group, "data-sessions")),
                    Is.EqualTo(set.Sessions.Length), models);
                Assert.That(rows.Length + groups.Length, Is.LessThanOrEqualTo(RowsMax + 2), models);
                Assert.That(
                    picture.AllWords,
                    moved == 0 ? Does.Not.Contain("without a step") : Does.Contain($"{moved} object"));
                Assert.That(picture.Text, Has.Length.LessThan(300_000), models);
            });
        }

        string words = TimelinePicture.Of(set).AllWords;
        Assert.That(words, isFolded
            ? Does.Match("are\\s+alike|had no room|stand in one row")
            : Does.Not.Match("are\\s+alike|had no room|stand in one row"));
    }

    [Test]
    public void The_guest_that_is_paused_longest_is_drawn()
    {
        TimelinePicture picture = TimelinePicture.Of(TimedSets.Of(400, 1));
        string longest = picture.Picture.Schedule!.Longest.Session.Text;
        Assert.That(
            picture.Texts.Where(static text => TimelinePicture.Has(text, "strong")).Select(TimelinePicture.Words),
            Has.Some.EqualTo(longest));
    }

    [Test]
    public void A_faint_bar_reaches_from_the_first_start_to_the_last_end()
    {
        TimelinePicture picture = TimelinePicture.Of(TimedSets.Of(400, 1, isAlike: true));
        Schedule schedule = picture.Picture.Schedule!;
        long[] starts = new long[2];
        long[] ends = new long[2];
        starts.AsSpan().Fill(long.MaxValue);
        for (int step = 0; step < schedule.Plan[Phase.Retrieve].Count; step++)
        {
            StepTime time = schedule[Phase.Retrieve][step];
            int kind = schedule.Plan[Phase.Retrieve][step].ObjectName?.EndsWith("/ram", StringComparison.Ordinal) == true
                ? 1 : 0;
            starts[kind] = Math.Min(starts[kind], time.StartMicroseconds);
            ends[kind] = Math.Max(ends[kind], time.StartMicroseconds + time.Microseconds);
        }

        string told = $"retrieve: 400 objects, from {Milliseconds.Of(starts[1])} to {Milliseconds.Of(ends[1])}, "
            + "0.9 ms each";
        Assert.That(picture.Bars.Select(static bar => bar.Title), Has.Some.EqualTo(told));
    }

    private static SessionSet Different(int count)
    {
        DependencyGraphBuilder builder = new();
        for (int i = 0; i < count; i++)
        {
            builder.AddSession($"s{i}", out SessionId session)
                .AddFile(session, $"s{i}/of-its-own-{i}", ObjectKind.Memfd, out ObjectId first)
                .AddFile(session, $"s{i}/a", ObjectKind.Memfd, out ObjectId second)
                .AddObject(first, $"s{i}/part", ObjectKind.Ioas, out _)
                .AddDependency(second, first);
        }

        return builder.BuildSet();
    }
}
