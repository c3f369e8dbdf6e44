using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace GraphOrder.Orleans.Tests;

/// <summary>Roll-outs where what a silo stands on does not do what it should.</summary>
[TestFixture]
public sealed class FaultTests
{
    private static readonly DomainPolicy Policy = new()
    {
        AwayMax = 2,
        Settle = TimeSpan.FromMilliseconds(400),
        FailuresMax = 3,
    };

    [TestCase(1UL, (short)1)]
    [TestCase(2UL, (short)3)]
    public async Task A_clock_that_jumps_by_hours_makes_no_host_settle_shorter(ulong seed, short silos)
    {
        JumpingClock clock = new(seed);
        await using FleetCluster cluster = await FleetCluster.StartAsync(
            silos,
            configure: silo =>
            {
                silo.Services.AddSingleton<TimeProvider>(clock);
                // A clock that is set back by more than that is too much for Orleans itself (README.md).
                silo.Configure<GrainCollectionOptions>(
                    static options => options.CollectionAge = JumpingClock.Most * 3);
            });
        clock.IsSet = true;
        List<FleetHost> hosts = await cluster.DeclareAsync(domains: 3, hosts: 8, backends: 1);
        cluster.Updater.Failing["rack-1/h3"] = true;
        await cluster.Grains.GetGrain<IRolloutGrain>("r").StartAsync(new RolloutRequest([.. hosts], Policy, 1));
        // Who is read again settles anew.
        await cluster.UntilAsync("r", static standing => standing.Waves.Sum(static wave => wave.Done) > 8);
        await cluster.ForgetAsync();
        RolloutStanding ended = await cluster.UntilAsync("r", static standing => standing.Status == RolloutStatus.Ended);

        Assert.That(ended.Waves, Is.EqualTo(new WaveCounts[] { new(0, 0, 3, 0, 0), new(0, 0, 20, 1, 0) }));
        EventChecker.AssertRight(cluster.Log.Lines);
        TimeSpan[] settled = [.. SettledOf(cluster.Log.Stamped)];
        Assert.That(settled, Has.Length.GreaterThanOrEqualTo(15).And.All.GreaterThanOrEqualTo(Policy.Settle));
        TestContext.Out.WriteLine(
            $"{settled.Length} hosts settled for {settled.Min()} to {settled.Max()}; the wall clock was read {clock.ReadCount} times");
        Assert.That(clock.ReadCount, Is.Positive, "nobody looked at the clock that jumps");
    }

    // Stored and not logged: the grain has to end, and to log it when it comes back.
    [Test]
    public async Task A_log_that_cannot_be_written_now_and_then_has_no_gap_in_the_end()
    {
        await using FleetCluster cluster = await FleetCluster.StartAsync();
        List<FleetHost> hosts = await cluster.DeclareAsync(domains: 3, hosts: 8, backends: 1);
        cluster.Log.FailsEach = 7;
        IRolloutGrain rollout = cluster.Grains.GetGrain<IRolloutGrain>("r");
        for (bool isStarted = false; !isStarted;)
        {
            try
            {
                isStarted = (await rollout.StartAsync(new RolloutRequest([.. hosts], Policy, 0))).IsStarted;
            }
            catch (IOException full)
            {
                await TestContext.Progress.WriteLineAsync($"starts again: {full.Message}");
            }
        }

        await cluster.UntilAsync("r", static standing => standing.Waves.Sum(static wave => wave.Done) == 24);
        cluster.Log.FailsEach = 0;
        await cluster.UntilAsync("r", static standing => standing.Status == RolloutStatus.Ended);

        Assert.That(cluster.Updater.Count, Is.EqualTo(24));
        EventChecker.AssertRight(cluster.Log.Lines);
    }

    // From the end of a host's update, which is before it settles, to when it is free, which is after.
    private static IEnumerable<TimeSpan> SettledOf((FleetEvent Event, long At)[] stamped)
    {
        Dictionary<UpdateOrder, long> ended = [];
        HashSet<UpdateOrder> settling = [];
        HashSet<UpdateOrder> free = [];
        foreach ((FleetEvent each, long at) in stamped)
        {
            if (each.Kind == FleetEventKind.UpdateEnded)
            {
                ended.TryAdd(each.Order!.Value, at);
            }
            else if (each.Kind == FleetEventKind.PermitSettling)
            {
                settling.Add(each.Order!.Value);
            }
            else if (each.Kind == FleetEventKind.PermitFree
                && settling.Contains(each.Order!.Value)
                && free.Add(each.Order.Value))
            {
                yield return Stopwatch.GetElapsedTime(ended[each.Order.Value], at);
            }
        }
    }
}
