using System.Text;

namespace GraphOrder.Orleans.Tests;

/// <summary>Whole roll-outs in silos of this process, each judged by the checker of events.</summary>
[TestFixture]
public sealed class RolloutTests
{
    private static readonly DomainPolicy Policy = new()
    {
        AwayMax = 2,
        Settle = TimeSpan.FromMilliseconds(50),
        FailuresMax = 3,
    };

    [TestCase((short)1)]
    [TestCase((short)3)]
    public async Task Every_host_is_updated_once_behind_what_it_needs_and_no_cap_is_exceeded(short silos)
    {
        await using FleetCluster cluster = await FleetCluster.StartAsync(silos);
        List<FleetHost> hosts = await cluster.DeclareAsync(domains: 5, hosts: 12, backends: 2);
        IRolloutGrain rollout = cluster.Grains.GetGrain<IRolloutGrain>("r1");

        RolloutStanding begun = await rollout.StartAsync(new RolloutRequest([.. hosts], Policy, 0));
        await rollout.StartAsync(new RolloutRequest([.. hosts], Policy, 0));
        RolloutStanding ended = await cluster.UntilAsync("r1", static standing => standing.Status == RolloutStatus.Ended);

        Assert.That((begun.IsStarted, begun.HostCount), Is.EqualTo((true, 60)));
        Assert.That(ended.Waves, Is.EqualTo(new WaveCounts[] { new(0, 0, 10, 0, 0), new(0, 0, 50, 0, 0) }));
        Assert.That(cluster.Updater.Count, Is.EqualTo(60));
        EventChecker.AssertRight(cluster.Log.Lines);
    }

    [Test]
    public async Task What_fails_and_what_cannot_be_planned_blocks_its_clients_and_nobody_else()
    {
        await using FleetCluster cluster = await FleetCluster.StartAsync();
        List<FleetHost> hosts = await cluster.DeclareAsync(domains: 2, hosts: 6, backends: 1);
        hosts.Add(new FleetHost("rack-0/never", "rack-0"));
        hosts.Add(new FleetHost("rack-0/client", "rack-0") { Needs = ["rack-0/never"] });
        HostStanding never = await cluster.Host("rack-0/never").DeclareAsync(Sets.Cyclic);
        Assert.That(never.IsReady, Is.False);
        await cluster.Host("rack-0/client").DeclareAsync(Sets.Legal);
        cluster.Updater.Failing["rack-1/h0"] = true;

        await cluster.Grains.GetGrain<IRolloutGrain>("r").StartAsync(new RolloutRequest([.. hosts], Policy, 1));
        RolloutStanding ended = await cluster.UntilAsync("r", static standing => standing.Status == RolloutStatus.Ended);

        Assert.That(ended.Waves, Is.EqualTo(new WaveCounts[] { new(0, 0, 1, 1, 1), new(0, 0, 5, 0, 6) }));
        IRolloutPartGrain part = cluster.Grains.GetGrain<IRolloutPartGrain>("r/rack-0");
        Assert.That(await part.WhyAsync("rack-0/never"), Does.StartWith("it is blocked: it cannot be updated (GO2"));
        Assert.That(await part.WhyAsync("rack-0/client"),
            Is.EqualTo("it is blocked: 'rack-0/never', which it needs, is not updated"));
        Assert.That(await part.WhyAsync("rack-0/h3"), Is.EqualTo("it is updated"));
        Assert.That(await part.WhyAsync("nobody"), Is.Null);
        Assert.That(await cluster.Grains.GetGrain<IRolloutPartGrain>("r/rack-1").WhyAsync("rack-1/h0"),
            Is.EqualTo("its update failed: it is to fail"));
        Assert.That(Encoding.UTF8.GetString(cluster.Log.Lines), Does.Contain("\"outcome\":\"failed\",\"why\":\"it is to fail\""));
        EventChecker.AssertRight(cluster.Log.Lines);
    }

    [Test]
    public async Task The_rest_of_a_roll_out_is_what_it_and_those_before_it_have_not_updated()
    {
        await using FleetCluster cluster = await FleetCluster.StartAsync();
        List<FleetHost> hosts = await cluster.DeclareAsync(domains: 2, hosts: 6, backends: 1);
        IFailureDomainGrain domain = cluster.Grains.GetGrain<IFailureDomainGrain>("rack-1");
        cluster.Updater.Failing["rack-1/h0"] = true;
        Assert.That(await RunAsync("r1", null), Is.EqualTo(new WaveCounts(0, 0, 6, 1, 5)));

        // Of six that are left one fails once more; what it needs was updated in between.
        cluster.Updater.Failing.Clear();
        cluster.Updater.Failing["rack-1/h4"] = true;
        await domain.RepairAsync("rack-1/h0");
        Assert.That(await RunAsync("r2", "r1"), Is.EqualTo(new WaveCounts(0, 0, 5, 1, 0)));
        cluster.Updater.Failing.Clear();
        await domain.RepairAsync("rack-1/h4");
        hosts.Add(new FleetHost("rack-1/new", "rack-1") { Needs = ["rack-1/h0"] });
        await cluster.Host("rack-1/new").DeclareAsync(Sets.Legal);
        Assert.That(await RunAsync("r3", "r2"), Is.EqualTo(new WaveCounts(0, 0, 2, 0, 0)));
        Assert.That((cluster.Updater.CountOf("r2"), cluster.Updater.CountOf("r3")), Is.EqualTo((6, 2)));

        Assert.That(
            () => RunAsync("r4", "r3"),
            Throws.TypeOf<RolloutException>().With.Message.EqualTo("The roll-out 'r3' has left nothing: every host is updated."));
        Assert.That(
            () => RunAsync("r4", "r0"),
            Throws.TypeOf<RolloutException>().With.Message.EqualTo("There is no roll-out 'r0'."));
        await StartAsync("under way", null);
        Assert.That(
            () => RunAsync("r4", "under way"),
            Throws.TypeOf<RolloutException>().With.Message.StartsWith("The roll-out 'under way' is still under way."));
        Assert.That(await cluster.Grains.GetGrain<ICatalogueGrain>(0).RolloutsAsync(), Does.Not.Contain("r4"));
        await cluster.UntilAsync("under way", static found => found.Status == RolloutStatus.Ended);
        EventChecker.AssertRight(cluster.Log.Lines);

        Task<RolloutStanding> StartAsync(string id, string? restOf)
        {
            RolloutRequest request = new([.. hosts], Policy, 12) { RestOf = restOf };
            return cluster.Grains.GetGrain<IRolloutGrain>(id).StartAsync(request);
        }

        async Task<WaveCounts> RunAsync(string id, string? restOf)
        {
            await StartAsync(id, restOf);
            RolloutStanding ended =
                await cluster.UntilAsync(id, static found => found.Status == RolloutStatus.Ended);
            return WaveCounts.Sum(ended.Waves);
        }
    }

    [Test]
    public async Task Paused_it_begins_no_host_and_resumed_it_goes_on()
    {
        await using FleetCluster cluster = await FleetCluster.StartAsync();
        List<FleetHost> hosts = await cluster.DeclareAsync(domains: 2, hosts: 10, backends: 0);
        IRolloutGrain rollout = cluster.Grains.GetGrain<IRolloutGrain>("r");
        await rollout.StartAsync(new RolloutRequest([.. hosts], Policy, 0));
        await cluster.UntilAsync("r", static standing => standing.Waves[0].Done > 2);

        await rollout.PauseAsync();
        await cluster.UntilAsync("r", static standing => standing.Waves[0].Updating == 0);
        int paused = cluster.Updater.Count;
        await Task.Delay(300);
        Assert.That(cluster.Updater.Count, Is.EqualTo(paused).And.LessThan(20));

        await rollout.ResumeAsync();
        await cluster.UntilAsync("r", static standing => standing.Status == RolloutStatus.Ended);
        Assert.That(cluster.Updater.Count, Is.EqualTo(20));
        EventChecker.AssertRight(cluster.Log.Lines);
    }

    [Test]
    public async Task Too_many_failures_pause_it_and_somebody_who_has_looked_lets_it_go_on()
    {
        await using FleetCluster cluster = await FleetCluster.StartAsync();
        List<FleetHost> hosts = await cluster.DeclareAsync(domains: 1, hosts: 8, backends: 0);
        cluster.Updater.Failing["rack-0/h0"] = true;
        IRolloutGrain rollout = cluster.Grains.GetGrain<IRolloutGrain>("r");
        await rollout.StartAsync(new RolloutRequest([.. hosts], Policy, 0));

        RolloutStanding paused = await cluster.UntilAsync("r", static standing => standing.Status == RolloutStatus.Paused);
        Assert.That(paused.Why, Is.EqualTo("more hosts failed than it allows"));
        await rollout.ResumeAsync();
        IFailureDomainGrain domain = cluster.Grains.GetGrain<IFailureDomainGrain>("rack-0");
        Assert.That(await domain.RepairAsync("rack-0/h0"), Is.True);
        await cluster.UntilAsync("r", static standing => standing.Status == RolloutStatus.Ended);
        EventChecker.AssertRight(cluster.Log.Lines);
    }

    [Test]
    public async Task Aborted_it_ends_what_it_began_and_begins_nothing_more()
    {
        await using FleetCluster cluster = await FleetCluster.StartAsync();
        List<FleetHost> hosts = await cluster.DeclareAsync(domains: 2, hosts: 10, backends: 0);
        IRolloutGrain rollout = cluster.Grains.GetGrain<IRolloutGrain>("r");
        await rollout.StartAsync(new RolloutRequest([.. hosts], Policy, 0));
        await cluster.UntilAsync("r", static standing => standing.Waves[0].Done > 0);
        await rollout.AbortAsync();
        RolloutStanding aborted = await cluster.UntilAsync("r", static standing => standing.Waves[0].Updating == 0);
        Assert.That(aborted.Status, Is.EqualTo(RolloutStatus.Aborted));
        await Task.Delay(200);
        Assert.That(cluster.Updater.Count, Is.EqualTo(aborted.Waves[0].Done).And.LessThan(20));
        EventChecker.AssertRight(cluster.Log.Lines);
    }

    [Test]
    public async Task A_circle_of_hosts_is_refused_in_a_sentence()
    {
        await using FleetCluster cluster = await FleetCluster.StartAsync();
        FleetHost[] circle = [new("a", "d") { Needs = ["b"] }, new("b", "d") { Needs = ["a"] }];
        Assert.That(
            () => cluster.Grains.GetGrain<IRolloutGrain>("r").StartAsync(new RolloutRequest([.. circle], Policy, 0)),
            Throws.TypeOf<RolloutException>().With.Message.StartsWith("These hosts need one another in a circle: 'a' needs"));
        Assert.That(Encoding.UTF8.GetString(cluster.Log.Lines), Does.Not.Contain("rollout/"));
    }

    [Test]
    public async Task All_silos_that_are_lost_and_started_again_go_on()
    {
        FleetCluster first = await FleetCluster.StartAsync(2);
        List<FleetHost> hosts = await first.DeclareAsync(domains: 4, hosts: 10, backends: 1);
        await first.Grains.GetGrain<IRolloutGrain>("r").StartAsync(new RolloutRequest([.. hosts], Policy, 0));
        await first.UntilAsync("r", static standing => standing.OpenWave == 1 && standing.Waves[1].Done > 5);
        await first.KillAllAsync();
        int before = first.Updater.Count;

        await using FleetCluster next = await FleetCluster.StartAsync(2, behind: first);
        await next.Grains.WakeRolloutsAsync();
        await next.UntilAsync("r", static standing => standing.Status == RolloutStatus.Ended);

        Assert.That(before, Is.LessThan(40));
        Assert.That(next.Updater.Count, Is.EqualTo(40));
        Assert.That(await next.Grains.GetGrain<ICatalogueGrain>(0).RolloutsAsync(), Is.EqualTo(new[] { "r" }));
        EventChecker.AssertRight(next.Log.Lines);
    }

    [Test]
    public async Task A_silo_that_is_lost_in_the_middle_changes_nothing_but_the_time()
    {
        await using FleetCluster cluster = await FleetCluster.StartAsync(3);
        List<FleetHost> hosts = await cluster.DeclareAsync(domains: 6, hosts: 10, backends: 1);
        await cluster.Grains.GetGrain<IRolloutGrain>("r").StartAsync(new RolloutRequest([.. hosts], Policy, 0));
        await cluster.UntilAsync("r", static standing => standing.OpenWave == 1 && standing.Waves[1].Done > 5);
        await cluster.KillAsync(2);
        RolloutStanding ended = await cluster.UntilAsync("r", static standing => standing.Status == RolloutStatus.Ended);
        Assert.That(ended.Waves.Sum(static wave => wave.Done), Is.EqualTo(60));
        EventChecker.AssertRight(cluster.Log.Lines);
    }
}
