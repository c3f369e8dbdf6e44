using System.Text.Json;
using GraphOrder.Orleans.Tests;

namespace GraphOrder.Fleet.Tests.Clusters;

/// <summary>
/// Silos as processes of their own, and what may happen to them; the checker of events judges.
/// </summary>
[TestFixture]
public sealed class RedisFleetTests
{
    private static readonly string[] Slow = ["rollout", "start", "r", "--away", "5", "--settle", "0.2"];

    [Test]
    public void Two_thousand_hosts_outlive_the_kill_of_one_silo_and_of_all()
    {
        using RedisFleet fleet = new(seconds: 0.5);
        fleet.Start(3);
        fleet.Plan(hosts: 2000, domains: 40);
        fleet.Asker.Do(Slow);
        fleet.Asker.Until("r", static rollout => FleetAsker.Count(rollout, "done") > 200);

        fleet.Kill(1);
        fleet.Asker.Until("r", static rollout => FleetAsker.Count(rollout, "done") > 700);

        fleet.Kill(1);
        fleet.Kill(0);
        int before = fleet.Updates.Length;
        fleet.Start(3);
        JsonElement ended = fleet.Asker.UntilEnded("r");

        Assert.That(before, Is.InRange(700, 1900));
        AssertWhole(fleet, ended, 2000);
    }

    [Test]
    public void A_silo_that_is_cut_off_from_Redis_loses_nothing()
    {
        using RedisFleet fleet = new(seconds: 0.3);
        using BreakableWire wire = new(fleet.Redis.Port);
        fleet.Start(2);
        fleet.Start(1, redis: wire.Port);
        fleet.Plan(hosts: 300, domains: 12);
        fleet.Asker.Do(Slow);
        fleet.Asker.Until("r", static rollout => FleetAsker.Count(rollout, "done") > 30);

        wire.Cut();
        Thread.Sleep(8000);
        wire.Mend();

        AssertWhole(fleet, fleet.Asker.UntilEnded("r"), 300);
    }

    [Test]
    public void Silos_of_two_addresses_lose_nothing_when_Redis_is_killed_and_comes_back()
    {
        using RedisFleet fleet = new(seconds: 0.3);
        fleet.StartApart(2);
        fleet.Plan(hosts: 300, domains: 12);
        fleet.Asker.Do(Slow);
        fleet.Asker.Until("r", static rollout => FleetAsker.Count(rollout, "done") > 30);

        fleet.Redis.Kill();
        Thread.Sleep(4000);
        fleet.Redis.Start();

        AssertWhole(fleet, fleet.Asker.UntilEnded("r"), 300);
    }

    // None lost, none twice: each host has come to an end, and each that is updated was so by one order.
    private static void AssertWhole(RedisFleet fleet, JsonElement ended, int hosts)
    {
        int done = FleetAsker.Count(ended, "done");
        Assert.That(FleetAsker.Count(ended, "failed"), Is.Zero);
        Assert.That(done + FleetAsker.Count(ended, "blocked"), Is.EqualTo(hosts));
        Assert.That(done, Is.GreaterThan(hosts * 9 / 10));
        Assert.That(fleet.Updates, Has.Length.EqualTo(done));
        EventChecker.AssertRight(fleet.Events);
    }
}
