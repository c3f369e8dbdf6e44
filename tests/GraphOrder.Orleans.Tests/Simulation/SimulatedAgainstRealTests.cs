using System.Diagnostics;
using System.Globalization;

namespace GraphOrder.Orleans.Tests;

/// <summary>
/// The simulation against silos of this process: the same hosts, waves, caps, settling, update times and
/// failures.
/// </summary>
/// <remarks>
/// How fast a part reacts is the machine's and no rule's: it is measured in the real run, and the model has
/// it as its <see cref="FleetModel.Turn"/>. What has to agree is all the rest.
/// </remarks>
[TestFixture]
[NonParallelizable]
public sealed class SimulatedAgainstRealTests
{
    private const double Tolerance = 0.15;

    private static readonly FleetModel Model = new()
    {
        HostCount = 1000,
        DomainHostCount = 40,
        BackendCount = 2,
        Policy = new DomainPolicy { AwayMax = 4, Settle = TimeSpan.FromMilliseconds(500), FailuresMax = 40 },
        UpdateLeast = TimeSpan.FromMilliseconds(900),
        UpdateSpread = TimeSpan.Zero,
        StragglerShare = 0,
        FailureShare = 0,
        Repair = TimeSpan.FromMilliseconds(1500),
        NodeLossEvery = TimeSpan.Zero,
        Turn = TimeSpan.FromMilliseconds(40),
        Seed = 5,
    };

    [TestCase(0, 3)]
    [TestCase(0.03, 1)]
    public async Task A_thousand_hosts_take_as_long_and_end_as_the_simulation_says(
        double failures, short silos)
    {
        FleetModel model = Model with { FailureShare = failures };
        HashSet<string> failing = [];
        FleetForecast first = FleetSimulator.Run(model, each =>
        {
            if (each.Outcome == UpdateOutcome.Failed)
            {
                failing.Add(each.Order!.Value.Host);
            }
        });
        (WaveCounts counts, (FleetEvent Event, long At)[] events) = await RunAsync(model, failing, silos);
        (TimeSpan duration, int awayMost, TimeSpan turn) = Sum(model, events);
        FleetForecast forecast = FleetSimulator.Run(model with { Turn = turn });

        TestContext.Out.WriteLine(
            $"real, {silos} silos: {duration.TotalSeconds:f2} s, {awayMost} away at most, {counts}, reacts in {turn.TotalMilliseconds:f0} ms");
        TestContext.Out.WriteLine(
            $"simulated: {forecast.Duration.TotalSeconds:f2} s, {forecast.AwayMost} away at most of {forecast.PermitCount}, {first.Counts}; "
            + $"{first.Duration.TotalSeconds:f2} s where it reacts in {model.Turn.TotalMilliseconds:f0} ms");
        Assert.That(counts, Is.EqualTo(first.Counts));
        Assert.That(failures > 0 ? counts.Blocked : 1, Is.Positive);
        Assert.That(duration, Is.EqualTo(forecast.Duration).Within(Tolerance * forecast.Duration));
        Assert.That(awayMost, Is.LessThanOrEqualTo(forecast.PermitCount));
        Assert.That((double)awayMost, Is.EqualTo(forecast.AwayMost).Within(Tolerance * forecast.AwayMost));
    }

    private static async Task<(WaveCounts Counts, (FleetEvent Event, long At)[] Events)> RunAsync(
        FleetModel model, HashSet<string> failing, short silos)
    {
        await using FleetCluster cluster = await FleetCluster.StartAsync(silos);
        cluster.Updater.Takes = model.UpdateLeast;
        foreach (string host in failing)
        {
            cluster.Updater.Failing[host] = true;
        }

        FleetHost[] hosts = [.. Enumerable.Range(0, model.HostCount).Select(i => HostOf(model, i))];
        await Task.WhenAll(hosts.Select(host => cluster.Host(host.Id).DeclareAsync(Sets.Legal)));
        await cluster.Grains.GetGrain<IRolloutGrain>("r").StartAsync(new RolloutRequest([.. hosts], model.Policy, hosts.Length));
        using CancellationTokenSource over = new();
        Task repairs = RepairAsync(cluster, model.Repair, over.Token);
        RolloutStanding ended = await cluster.UntilAsync("r", static standing => standing.Status == RolloutStatus.Ended);
        await over.CancelAsync();
        await repairs;
        EventChecker.AssertRight(cluster.Log.Lines);
        return (
            WaveCounts.Sum(ended.Waves),
            cluster.Log.Stamped);
    }

    private static FleetHost HostOf(FleetModel model, int number)
    {
        int place = number % model.DomainHostCount;
        string domain = string.Create(CultureInfo.InvariantCulture, $"rack-{number / model.DomainHostCount:d4}");
        return new FleetHost(string.Create(CultureInfo.InvariantCulture, $"{domain}/host-{place:d3}"), domain)
        {
            Needs = place < model.BackendCount ? [] : [$"{domain}/host-00{place % model.BackendCount}"],
        };
    }

    // Somebody who repairs each host a while after it failed, and lets its domain go on.
    private static async Task RepairAsync(FleetCluster cluster, TimeSpan after, CancellationToken over)
    {
        HashSet<string> repaired = [];
        while (!over.IsCancellationRequested)
        {
            foreach ((FleetEvent each, long at) in cluster.Log.Stamped)
            {
                if (each.Kind == FleetEventKind.PermitFailed
                    && Stopwatch.GetElapsedTime(at) >= after
                    && repaired.Add(each.Order!.Value.Host))
                {
                    await cluster.Grains.GetGrain<IFailureDomainGrain>(each.Grain["domain/".Length..])
                        .RepairAsync(each.Order.Value.Host);
                }
            }

            await Task.Delay(50, CancellationToken.None);
        }
    }

    // From the first permit to the last end; and what each host waits beyond its update and its settling.
    private static (TimeSpan Duration, int AwayMost, TimeSpan Turn) Sum(
        FleetModel model, (FleetEvent Event, long At)[] events)
    {
        Dictionary<string, int> away = [];
        Dictionary<string, long> given = [];
        List<TimeSpan> waits = [];
        HashSet<string> settling = [];
        long begun = 0;
        long last = 0;
        int most = 0;
        foreach ((FleetEvent each, long at) in events)
        {
            if (each.Away is { } count)
            {
                away[each.Grain] = count;
                most = Math.Max(most, away.Values.Sum());
            }

            switch (each.Kind)
            {
                case FleetEventKind.PermitGiven:
                    begun = begun == 0 ? at : begun;
                    given[each.Order!.Value.Host] = at;
                    break;
                case FleetEventKind.UpdateEnded:
                    last = at;
                    break;
                case FleetEventKind.PermitSettling:
                    settling.Add(each.Order!.Value.Host);
                    break;
                case FleetEventKind.PermitFree when settling.Contains(each.Order!.Value.Host):
                    TimeSpan spent = Stopwatch.GetElapsedTime(given[each.Order.Value.Host], at);
                    waits.Add(spent - model.UpdateLeast - model.Policy.Settle);
                    break;
            }
        }

        TimeSpan waited = waits.Aggregate(static (sum, next) => sum + next);
        return (Stopwatch.GetElapsedTime(begun, last), most, waited / waits.Count);
    }
}
