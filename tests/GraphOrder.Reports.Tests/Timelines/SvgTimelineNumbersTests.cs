using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace GraphOrder.Reports.Tests.Timelines;

/// <summary>Every bar, band and lane is where the schedule has it, and says so in its own words.</summary>
[TestFixture]
public sealed partial class SvgTimelineNumbersTests
{
    private const double Half = 0.02;
    private const double BarWidthMin = 1.5;

    private static IEnumerable<TestCaseData> Timed()
    {
        foreach (string? models in new[] { null, "linux-next", "explicit-graph", "session-finish", "global-finish" })
        {
            // The posted kernels refuse what needs memory of another session.
            SessionSet sample = models == "linux-next" ? TimedSets.Of(3, 4) : Sample.Read("blackout.json");
            yield return new TestCaseData(sample, models).SetArgDisplayNames("blackout", models ?? "-");
            foreach (int seed in new[] { 1, 2, 3 })
            {
                SessionSet set = TimedSets.Of(5, seed, finish: seed == 3 ? 20_000_000 : 4_000);
                yield return new TestCaseData(set, models).SetArgDisplayNames($"five guests, seed {seed}", models ?? "-");
            }
        }
    }

    [TestCaseSource(nameof(Timed))]
    public void A_bar_is_where_the_schedule_has_its_step(SessionSet set, string? models)
    {
        TimelinePicture picture = TimelinePicture.Of(set, models);
        Schedule schedule = picture.Picture.Schedule!;
        Plan plan = schedule.Plan;
        RunSteps run = new(DependencyGraph.Of(set), picture.Picture.Kernels, plan);
        int bars = 0;
        Assert.Multiple(() =>
        {
            foreach ((XElement bar, string title) in picture.Bars)
            {
                bars++;
                Match told = BarTitle().Match(title);
                Assert.That(told.Success, title);
                (Phase phase, int step) = StepOf(plan, told.Groups["phase"].Value, told.Groups["id"].Value);
                StepTime time = schedule[phase][step];
                long end = time.StartMicroseconds + time.Microseconds;
                Assert.That(Microseconds(told, "from"), Is.EqualTo(time.StartMicroseconds), title);
                Assert.That(Microseconds(told, "to"), Is.EqualTo(end), title);
                Assert.That(Microseconds(told, "length"), Is.EqualTo(time.Microseconds), title);
                double x = XOf(picture, phase.Name(), time.StartMicroseconds);
                double width = Math.Max(BarWidthMin, XOf(picture, phase.Name(), end) - x);
                Assert.That(TimelinePicture.Double(bar, "x"), Is.EqualTo(x).Within(Half), title);
                Assert.That(TimelinePicture.Double(bar, "width"), Is.EqualTo(width).Within(2 * Half), title);
                if (told.Groups["step"].Value is { Length: > 0 } number)
                {
                    RunStep found = run[int.Parse(number, CultureInfo.InvariantCulture)];
                    string what = found.Object is { } id ? set.NameOf(id)
                        : found.Session is { } session ? set.NameOf(session)
                        : "everything";
                    Assert.That(told.Groups["id"].Value, Does.StartWith(what), title);
                }
            }
        });
        Phase[] shown = [Phase.Preserve, Phase.Freeze, Phase.Retrieve, Phase.Finish];
        int steps = shown.Sum(each => plan[each].Count);
        Assert.That(bars, Is.EqualTo(steps), "a bar for each step");
    }

    [TestCaseSource(nameof(Timed))]
    public void What_is_bold_is_on_the_longest_path(SessionSet set, string? models)
    {
        TimelinePicture picture = TimelinePicture.Of(set, models);
        Schedule schedule = picture.Picture.Schedule!;
        HashSet<(Phase, int)> chain = [];
        foreach (ChainLink link in schedule.LongestChain.Where(static link => link.Call.Phase is not null))
        {
            for (int step = 0; step < link.Call.StepCount; step++)
            {
                chain.Add((link.Call.Phase!.Value, link.Call.FirstStep + step));
            }
        }

        Assert.Multiple(() =>
        {
            foreach ((XElement bar, string title) in picture.Bars)
            {
                Match told = BarTitle().Match(title);
                (Phase phase, int step) = StepOf(schedule.Plan, told.Groups["phase"].Value, told.Groups["id"].Value);
                bool isBold = chain.Contains((phase, step)) && schedule[phase][step].Microseconds > 0;
                Assert.That(TimelinePicture.Has(bar, "chain"), Is.EqualTo(isBold), title);
                Assert.That(title.EndsWith("; on the longest path", StringComparison.Ordinal), Is.EqualTo(isBold), title);
            }

            Assert.That(picture.AllWords, Does.Contain($"what {schedule.Longest.Session.Text} waits for"));
        });
    }

    [TestCaseSource(nameof(Timed))]
    public void A_blackout_is_shaded_from_pause_to_resume(SessionSet set, string? models)
    {
        TimelinePicture picture = TimelinePicture.Of(set, models);
        Schedule schedule = picture.Picture.Schedule!;
        (XElement Band, string Title)[] bands =
            [.. picture.Titled("paused").Where(static band => band.Title.Length > 0)];
        Assert.That(bands, Has.Length.EqualTo(schedule.Blackouts.Length));
        Assert.Multiple(() =>
        {
            for (int i = 0; i < bands.Length; i++)
            {
                GuestBlackout guest = schedule.Blackouts[i];
                long end = guest.StartMicroseconds + guest.Microseconds;
                string words = $"paused {Milliseconds.Of(guest.Microseconds)}";
                Assert.That(bands[i].Title, Does.StartWith($"guest of {guest.Session.Text}: {words}, from "
                    + $"{Milliseconds.Of(guest.StartMicroseconds)} to {Milliseconds.Of(end)}, at least "
                    + Milliseconds.Of(guest.MicrosecondsMin)));
                double x = XOf(picture, "preserve", guest.StartMicroseconds);
                Assert.That(TimelinePicture.Double(bands[i].Band, "x"), Is.EqualTo(x).Within(Half));
                Assert.That(
                    TimelinePicture.Double(bands[i].Band, "width"),
                    Is.EqualTo(XOf(picture, "retrieve", end) - x).Within(2 * Half));
                Assert.That(picture.AllWords, Does.Contain(words));
            }
        });
    }

    [TestCaseSource(nameof(Timed))]
    public void The_parts_of_the_axis_have_no_gap_and_room_for_their_names(SessionSet set, string? models)
    {
        XElement[] parts = [.. TimelinePicture.Of(set, models).Parts];
        Assert.Multiple(() =>
        {
            for (int i = 0; i < parts.Length; i++)
            {
                Assert.That(TimelinePicture.Double(parts[i], "data-width"), Is.GreaterThanOrEqualTo(84 - Half));
                if (i > 0)
                {
                    Assert.That(
                        TimelinePicture.Long(parts[i], "data-from"),
                        Is.EqualTo(TimelinePicture.Long(parts[i - 1], "data-to")));
                    double end = TimelinePicture.Double(parts[i - 1], "data-x")
                        + TimelinePicture.Double(parts[i - 1], "data-width");
                    Assert.That(TimelinePicture.Double(parts[i], "data-x"), Is.EqualTo(end).Within(2 * Half));
                }
            }
        });
    }

    [TestCase(null)]
    [TestCase("explicit-graph")]
    [TestCase("session-finish")]
    public void Without_times_a_bar_has_the_number_of_its_step(string? models)
    {
        SessionSet set = Sample.Read("two-vms.json");
        TimelinePicture picture = TimelinePicture.Of(set, models);
        Assert.That(picture.Picture.Result.TryGetPlan(out Plan? plan));
        RunSteps run = new(DependencyGraph.Of(set), picture.Picture.Kernels, plan!);
        HashSet<int> seen = [];
        Assert.Multiple(() =>
        {
            foreach ((XElement bar, string title) in picture.Bars)
            {
                Match told = StepTitle().Match(title);
                Assert.That(told.Success, title);
                int number = int.Parse(told.Groups["step"].Value, CultureInfo.InvariantCulture);
                seen.Add(number);
                string part = number < run.KexecNumber ? "preserve"
                    : number == run.KexecNumber ? "kexec"
                    : number <= run.RetrievedMax ? "retrieve"
                    : "finish";
                double x = XOf(picture, part, number - 1);
                Assert.That(TimelinePicture.Double(bar, "x"), Is.EqualTo(x).Within(Half), title);
                Assert.That(
                    TimelinePicture.Double(bar, "width"),
                    Is.EqualTo(XOf(picture, part, number) - x).Within(2 * Half),
                    title);
                RunStep step = run[number];
                string what = step.Object is { } id ? set.NameOf(id) : step.Session is { } own ? set.NameOf(own) : "";
                Assert.That(told.Groups["id"].Value, Does.StartWith(what), title);
            }

            Assert.That(seen, Has.Count.EqualTo(run.Count), "every step has a bar");
            Assert.That(picture.AllWords, Does.Contain("The axis counts steps, not time: the set says no costs."));
        });
    }

    [TestCaseSource(nameof(Timed))]
    public void A_lane_never_has_more_places_taken_than_there_are(SessionSet set, string? models)
    {
        TimelinePicture picture = TimelinePicture.Of(set, models);
        (XElement Use, string Title)[] uses = [.. picture.Titled("use")];
        Assert.That(uses, Is.Not.Empty);
        Assert.Multiple(() =>
        {
            foreach ((XElement use, string title) in uses)
            {
                Match told = UseTitle().Match(title);
                Assert.That(told.Success, title);
                int limit = set.Limits![told.Groups["class"].Value];
                int taken = int.Parse(told.Groups["taken"].Value, CultureInfo.InvariantCulture);
                Assert.That(int.Parse(told.Groups["of"].Value, CultureInfo.InvariantCulture), Is.EqualTo(limit), title);
                Assert.That(taken, Is.InRange(1, limit), title);
                long middle = (Microseconds(told, "from") + Microseconds(told, "to")) / 2;
                Assert.That(taken, Is.EqualTo(TakenAt(picture, told.Groups["class"].Value, middle)), title);
                double x = XOf(picture, told.Groups["phase"].Value, Microseconds(told, "from"));
                Assert.That(TimelinePicture.Double(use, "x"), Is.EqualTo(x).Within(Half), title);
            }
        });
    }

    // Counts the calls that run at a moment and hold the class: one for each session where a phase takes
    // sessions, one for all that the kernel runs through.
    private static int TakenAt(TimelinePicture picture, string name, long moment)
    {
        SessionSet set = picture.Picture.Set;
        Schedule schedule = picture.Picture.Schedule!;
        HashSet<(Phase, string)> held = [];
        HashSet<(Phase, string)> runs = [];
        foreach (Phase phase in new[] { Phase.Preserve, Phase.Freeze, Phase.Retrieve, Phase.Finish })
        {
            PhaseRule rule = picture.Picture.Kernels[phase];
            for (int step = 0; step < schedule[phase].Length; step++)
            {
                PlanStep found = schedule.Plan[phase][step];
                StepTime time = schedule[phase][step];
                string call = !rule.TakesActs ? "all"
                    : rule.IsCalledBySession && found.ActName is null ? found.Session!.Value.Text
                    : step.ToString(CultureInfo.InvariantCulture);
                IEnumerable<string?> names = Enumerable.Range(0, found.CarriedCount).Select(found.CarriedName)
                    .Append(found.ObjectName ?? found.ActName);
                bool isOfClass = names.Any(id => id is not null
                    && set.TryFind(id, out ObjectId each)
                    && set.Objects[each.Index].Facts.Class == name);
                _ = isOfClass && held.Add((phase, call));
                bool runsNow = time.StartMicroseconds <= moment
                    && moment < time.StartMicroseconds + time.Microseconds;
                _ = runsNow && runs.Add((phase, call));
            }
        }

        return held.Count(runs.Contains);
    }

    private static double XOf(TimelinePicture picture, string phase, long moment)
    {
        foreach (XElement part in picture.Parts.Where(part => (string)part.Attribute("data-phase")! == phase))
        {
            long from = TimelinePicture.Long(part, "data-from");
            long to = TimelinePicture.Long(part, "data-to");
            if (moment >= from && moment <= to)
            {
                double share = to == from ? 0 : (double)(moment - from) / (to - from);
                return TimelinePicture.Double(part, "data-x") + share * TimelinePicture.Double(part, "data-width");
            }
        }

        Assert.Fail($"{phase} has no part at {moment}");
        return 0;
    }

    private static (Phase Phase, int Step) StepOf(Plan plan, string verb, string id)
    {
        foreach (Phase phase in Phases.All)
        {
            if (verb != "act" && verb != phase.Name())
            {
                continue;
            }

            for (int step = 0; step < plan[phase].Count; step++)
            {
                PlanStep found = plan[phase][step];
                bool isAct = found.ActName is not null;
                string name = found.ObjectName ?? found.ActName ?? found.Session?.Text ?? "everything";
                if (name == id && isAct == (verb == "act"))
                {
                    return (phase, step);
                }
            }
        }

        Assert.Fail($"{verb} {id} is no step");
        return default;
    }

    private static long Microseconds(Match told, string group) =>
        (long)(decimal.Parse(told.Groups[group].Value, CultureInfo.InvariantCulture) * 1000);

    [GeneratedRegex(@"^(?<phase>\w+) (?<id>\S+?)(?: \(step (?<step>\d+)\))?: (?<length>[\d.]+) ms, "
        + @"from (?<from>[\d.]+) ms to (?<to>[\d.]+) ms(?:;|$)")]
    private static partial Regex BarTitle();

    [GeneratedRegex(@"^(?<verb>[\w ]+?) (?<id>\S+): (?:by the kernel, inside the kexec of )?step (?<step>\d+)(?: of \d+)?$")]
    private static partial Regex StepTitle();

    [GeneratedRegex(@"^(?<taken>\d+) of (?<of>\d+) of (?<class>\S+) taken, (?<phase>\w+), from (?<from>[\d.]+) ms to (?<to>[\d.]+) ms$")]
    private static partial Regex UseTitle();
}
