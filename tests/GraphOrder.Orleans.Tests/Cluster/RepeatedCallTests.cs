namespace GraphOrder.Orleans.Tests;

/// <summary>Roll-outs where every message comes twice, many of them late.</summary>
[TestFixture]
public sealed class RepeatedCallTests
{
    private static readonly DomainPolicy Policy = new()
    {
        AwayMax = 2,
        Settle = TimeSpan.FromMilliseconds(50),
        FailuresMax = 9,
    };

    // The second is stopped in the middle, the third goes over the same hosts while what belongs to the
    // others still comes.
    [TestCase(1UL, (short)1)]
    [TestCase(2UL, (short)1)]
    [TestCase(3UL, (short)2)]
    public async Task Every_call_that_comes_twice_and_late_does_what_it_asks_once(ulong seed, short silos)
    {
        RepeatedCalls repeated = new(seed, TimeSpan.FromSeconds(2));
        await using FleetCluster cluster = await FleetCluster.StartAsync(silos, repeated: repeated);
        List<FleetHost> hosts = await cluster.DeclareAsync(domains: 4, hosts: 8, backends: 2);
        cluster.Updater.Failing["rack-0/h0"] = true;
        cluster.Updater.Failing["rack-1/h5"] = true;

        RolloutStanding first = await GoAsync(cluster, "r1", hosts);
        cluster.Updater.Failing.Clear();
        await RepairAsync(Domain(cluster, "rack-0"), "rack-0/h0");
        await RepairAsync(Domain(cluster, "rack-1"), "rack-1/h5");
        await StopAsync(cluster, "r2", hosts);
        RolloutStanding third = await GoAsync(cluster, "r3", hosts);
        await repeated.ComeAsync();

        Assert.That(first.Waves, Is.EqualTo(new WaveCounts[] { new(0, 0, 7, 1, 0), new(0, 0, 20, 1, 3) }));
        Assert.That(third.Waves, Is.EqualTo(new WaveCounts[] { new(0, 0, 8, 0, 0), new(0, 0, 24, 0, 0) }));
        Assert.That(cluster.Updater.CountOf("r1"), Is.EqualTo(29));
        Assert.That(cluster.Updater.CountOf("r3"), Is.EqualTo(32));
        foreach (string domain in hosts.Select(static host => host.Domain).Distinct())
        {
            DomainStanding standing = await Domain(cluster, domain).StandingAsync();
            Assert.That(standing.Away, Has.None.Property("Status").EqualTo(PermitStatus.Updating), domain);
        }

        EventChecker.AssertRight(cluster.Log.Lines);
        TestContext.Out.WriteLine(string.Join(
            ", ", repeated.Counts.OrderBy(static pair => pair.Key).Select(static pair => $"{pair.Key} {pair.Value}")));
    }

    [Test]
    public async Task What_a_part_is_told_late_is_out_of_date_and_changes_nothing()
    {
        await using FleetCluster cluster = await FleetCluster.StartAsync();
        IRolloutPartGrain part = await PartAsync(cluster);
        await part.GoAsync(0, RolloutStatus.Paused, 5);
        await part.GoAsync(0, RolloutStatus.Running, 4);
        await Task.Delay(200);
        Assert.That(await part.WhyAsync("rack-0/h0"), Is.EqualTo("the roll-out is paused"));
        Assert.That(cluster.Updater.Count, Is.Zero);

        await part.GoAsync(0, RolloutStatus.Running, 6);
        Assert.That(() => cluster.Updater.Count, Is.EqualTo(4).After(20_000, 20));
    }

    [Test]
    public async Task A_part_that_is_told_to_end_too_early_gives_its_permits_back_first()
    {
        await using FleetCluster cluster = await FleetCluster.StartAsync();
        cluster.Updater.Takes = TimeSpan.FromMilliseconds(500);
        IRolloutPartGrain part = await PartAsync(cluster);
        await part.GoAsync(0, RolloutStatus.Running, 2);
        Assert.That(() => cluster.Updater.Count, Is.EqualTo(2).After(20_000, 5));
        await part.GoAsync(0, RolloutStatus.Aborted, 3);
        await part.GoAsync(0, RolloutStatus.Ended, 3);

        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(20));
        while ((await Domain(cluster, "rack-0").StandingAsync()).Away.Any(static away => away.Status == PermitStatus.Updating))
        {
            Assert.That(patience.IsCancellationRequested, Is.False, "a permit is forgotten");
            await Task.Delay(20);
        }
    }

    [Test]
    public async Task What_a_part_told_before_does_not_come_back_when_it_comes_late()
    {
        await using FleetCluster cluster = await FleetCluster.StartAsync();
        List<FleetHost> hosts = await cluster.DeclareAsync(domains: 1, hosts: 4, backends: 0);
        IRolloutGrain rollout = cluster.Grains.GetGrain<IRolloutGrain>("r");
        await rollout.StartAsync(new RolloutRequest([.. hosts], Policy, 0));
        RolloutStanding ended = await cluster.UntilAsync("r", static standing => standing.Status == RolloutStatus.Ended);
        await rollout.TellAsync("rack-0", [new WaveCounts(2, 2, 0, 0, 0)]);
        await Task.Delay(100);
        Assert.That((await rollout.StandingAsync()).Waves, Is.EqualTo(ended.Waves));
    }

    [Test]
    public async Task Who_has_not_heard_what_happened_last_in_a_domain_gets_no_permit_that_was_given_back()
    {
        await using FleetCluster cluster = await FleetCluster.StartAsync();
        IFailureDomainGrain domain = Domain(cluster, "d");
        UpdateOrder order = new("a", "r", 1);
        PermitReplies given = await domain.TakeAsync([order], 0);
        PermitReplies again = await domain.TakeAsync([order, new("b", "r", 1)], 0);
        await domain.WithdrawAsync(order);
        PermitReplies late = await domain.TakeAsync([order], 0);

        PermitReply granted = new(PermitAnswer.Granted, 1);
        Assert.That((given.Each.Single(), given.Sequence), Is.EqualTo((granted, 1)));
        Assert.That(again.Each, Is.EqualTo(new[] { granted, new(PermitAnswer.Outdated, 0) }));
        Assert.That((late.Each.Single().Answer, late.Sequence), Is.EqualTo((PermitAnswer.Outdated, 2)));
        Assert.That((await domain.TakeAsync([new("b", "r", 1)], 2)).Each.Single().Answer, Is.EqualTo(PermitAnswer.Granted));
    }

    // The part alone: the roll-out that it tells was never started, and hears nothing.
    private static async Task<IRolloutPartGrain> PartAsync(FleetCluster cluster)
    {
        List<FleetHost> hosts = await cluster.DeclareAsync(domains: 1, hosts: 4, backends: 0);
        await Domain(cluster, "rack-0").AllowAsync(Policy);
        IRolloutPartGrain part = cluster.Grains.GetGrain<IRolloutPartGrain>("x/rack-0");
        await part.PrepareAsync([.. hosts], [0, 0, 0, 0], Policy.AwayMax);
        return part;
    }

    private static IFailureDomainGrain Domain(FleetCluster cluster, string name) =>
        cluster.Grains.GetGrain<IFailureDomainGrain>(name);

    private static async Task<RolloutStanding> GoAsync(FleetCluster cluster, string id, List<FleetHost> hosts)
    {
        IRolloutGrain rollout = cluster.Grains.GetGrain<IRolloutGrain>(id);
        await rollout.StartAsync(new RolloutRequest([.. hosts], Policy, 9));
        await cluster.UntilAsync(id, static standing => standing.Waves.Sum(static wave => wave.Done) > 2);
        await rollout.PauseAsync();
        await rollout.ResumeAsync();
        RolloutStanding standing;
        do
        {
            standing = await cluster.UntilAsync(
                id, static standing => standing.Status != RolloutStatus.Running);
            // The repetition of a pause is a pause; somebody looks.
            await rollout.ResumeAsync();
        }
        while (standing.Status != RolloutStatus.Ended);
        return standing;
    }

    // Where the answer to the repetition counts, it is that there was nothing left to repair; and the end of
    // the update that failed may still be on its way to the domain.
    private static async Task RepairAsync(IFailureDomainGrain domain, string host)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(20));
        do
        {
            Assert.That(patience.IsCancellationRequested, Is.False, "the repaired host is still away");
            await domain.RepairAsync(host);
        }
        while ((await domain.StandingAsync()).Away.Any(away => away.Order.Host == host));
    }

    private static async Task StopAsync(FleetCluster cluster, string id, List<FleetHost> hosts)
    {
        IRolloutGrain rollout = cluster.Grains.GetGrain<IRolloutGrain>(id);
        await rollout.StartAsync(new RolloutRequest([.. hosts], Policy, 9));
        await cluster.UntilAsync(id, static standing => standing.Waves.Sum(static wave => wave.Done) > 4);
        await rollout.AbortAsync();
        await cluster.UntilAsync(
            id, static standing => standing.Waves.All(static wave => wave.Updating == 0));
    }
}
