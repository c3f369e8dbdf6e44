namespace GraphOrder.Tests.Schedules;

/// <summary>A schedule keeps the order, the sessions and the limits, and no other is shorter.</summary>
[TestFixture]
public sealed class SchedulerTests
{
    private const int RelevantMax = 6;
    private const int ComparedCount = 120;

    private static readonly LifecycleModel[] Models =
        [LifecycleModel.Linux73, LifecycleModel.ExplicitGraph, LifecycleModel.SessionFinish];

    [Test]
    public void The_sum_of_blackouts_is_the_least_of_all_schedules([Values(0, 1, 2)] int model)
    {
        GuestSets sets = new(731 + model);
        int compared = 0;
        int competed = 0;
        while (compared < ComparedCount)
        {
            SessionSet set = sets.Next(guestMax: 3, fileMax: 2);
            if (Case.Of(set, Models[model]) is not { } tried || tried.RelevantMax > RelevantMax)
            {
                continue;
            }

            compared++;
            Schedule schedule = tried.Schedule(ScheduleOptions.Default);
            Assert.That(schedule.SumMicroseconds, Is.EqualTo(tried.Least), tried.Text);
            Assert.That(schedule.IsLeast, Is.True, tried.Text);
            Assert.That(schedule.SumMicroseconds, Is.EqualTo(schedule.Blackouts.Sum(
                static blackout => blackout.Microseconds)));
            competed += schedule.Blackouts.Any(static b => b.Microseconds > b.MicrosecondsMin) ? 1 : 0;
        }

        Assert.That(competed, Is.GreaterThan(5), "classes must have mattered");
    }

    [Test]
    public void Without_a_search_the_bound_still_holds([Values(0, 1, 2)] int model)
    {
        GuestSets sets = new(9_000 + model);
        int compared = 0;
        int tight = 0;
        while (compared < ComparedCount)
        {
            SessionSet set = sets.Next(guestMax: 3, fileMax: 2);
            if (Case.Of(set, Models[model]) is not { } tried || tried.RelevantMax > RelevantMax)
            {
                continue;
            }

            compared++;
            Schedule schedule = tried.Schedule(new ScheduleOptions { WorkMax = 0 });
            Assert.That(schedule.SumMicrosecondsMin, Is.LessThanOrEqualTo(tried.Least), tried.Text);
            Assert.That(schedule.SumMicroseconds, Is.GreaterThanOrEqualTo(tried.Least), tried.Text);
            tight += schedule.SumMicrosecondsMin == tried.Least ? 1 : 0;
        }

        Assert.That(tight, Is.GreaterThan(ComparedCount / 2), "a bound that is always loose would hold too");
    }

    [Test]
    public void Steps_keep_the_plan_the_sessions_and_the_limits([Values(0, 1, 2)] int model)
    {
        GuestSets sets = new(40_000 + model);
        for (int compared = 0; compared < 60;)
        {
            SessionSet set = sets.Next(guestMax: 5, fileMax: 4);
            if (Case.Of(set, Models[model]) is { } tried)
            {
                compared++;
                tried.DemandLegal(tried.Schedule(new ScheduleOptions { WorkMax = 5_000 }));
            }
        }
    }
}
