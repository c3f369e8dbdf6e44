using System.Text;

namespace GraphOrder.Orleans.Tests;

[TestFixture]
public sealed class HostGrainTests
{
    private FleetCluster? _cluster;

    private FleetCluster Cluster => _cluster!;

    [OneTimeSetUp]
    public async Task StartAsync() => _cluster = await FleetCluster.StartAsync();

    [OneTimeTearDown]
    public async Task EndAsync() => await Cluster.DisposeAsync();

    [Test]
    public async Task It_plans_what_is_declared_and_keeps_the_plan_with_its_certificate()
    {
        IHostGrain host = Cluster.Host("plans");
        HostStanding standing = await host.DeclareAsync(Sets.Legal);
        byte[] plan = await host.PlanAsync();

        Assert.That(standing.IsReady);
        Assert.That(standing.Input, Does.Match("^sha256:[0-9a-f]{64}$"));
        Assert.That(PlanReader.Read(new MemoryStream(plan), "plan").TryGetPlan(out Plan? read));
        Assert.That(read!.Certificate, Is.Not.Null);
        Assert.That(read.Input.ToString(), Is.EqualTo(standing.Input));
        Assert.That(await host.StandingAsync(), Is.EqualTo(standing));
    }

    [Test]
    public async Task A_change_that_closes_a_cycle_is_refused_and_what_was_stays()
    {
        IHostGrain host = Cluster.Host("cycle");
        HostStanding first = await host.DeclareAsync(Sets.Legal);
        HostStanding refused = await host.DeclareAsync(Sets.Cyclic);

        Assert.That(refused.IsReady, Is.False);
        Assert.That(refused.Codes, Has.Some.StartsWith("GO2"));
        Assert.That(refused.Why, Is.Not.Empty);
        Assert.That(await host.StandingAsync(), Is.EqualTo(first));
        Assert.That(PlanReader.Read(new MemoryStream(await host.PlanAsync()), "plan").IsLegal);
    }

    [TestCase(true, "it cannot be updated (GO2")]
    [TestCase(false, "it cannot be updated (malformed)")]
    public async Task What_was_refused_last_keeps_it_from_an_update_by_the_plan_before(
        bool isCycle, string why)
    {
        IHostGrain host = Cluster.Host($"refused {isCycle}");
        UpdateRequest request = new(new($"refused {isCycle}", "r", 1), new("domain/d", 1), []);
        await host.DeclareAsync(Sets.Legal);
        if (isCycle)
        {
            await host.DeclareAsync(Sets.Cyclic);
        }
        else
        {
            Assert.That(() => host.DeclareAsync("{"u8.ToArray()), Throws.TypeOf<HostDocumentException>());
        }

        Assert.That((await host.UpdateAsync(request)).Refused, Does.StartWith(why));
        await Cluster.ForgetAsync();
        Assert.That((await host.UpdateAsync(request)).Refused, Does.StartWith(why));
        await host.DeclareAsync(Sets.Legal);
        Assert.That((await host.UpdateAsync(request)).Refused, Does.StartWith(why), "its permit was given back");
        UpdateRequest next = request with { Order = request.Order with { Attempt = 2 } };
        Assert.That((await host.UpdateAsync(next)).Refused, Is.Null);
    }

    [Test]
    public async Task A_host_that_never_had_a_plan_says_why()
    {
        IHostGrain host = Cluster.Host("never");
        Assert.That((await host.StandingAsync()).Input, Is.Null);
        HostStanding standing = await host.DeclareAsync(Sets.Cyclic);
        Assert.That(await host.StandingAsync(), Has.Property("Input").EqualTo(standing.Input).And.Property("IsReady").False);
        UpdateReport report = await host.UpdateAsync(new UpdateRequest(new("never", "r", 1), new("domain/d", 1), []));
        Assert.That(report.Refused, Does.StartWith("it cannot be updated (GO2"));
    }

    [Test]
    public void A_malformed_document_is_told_and_changes_nothing() => Assert.That(
        () => Cluster.Host("malformed").DeclareAsync(Encoding.UTF8.GetBytes("{ \"schema\": 1 }")),
        Throws.TypeOf<HostDocumentException>().With.Message.StartsWith("1:"));

    [Test]
    public async Task The_same_order_is_carried_out_once_and_another_one_waits_its_turn()
    {
        IHostGrain host = Cluster.Host("once");
        await host.DeclareAsync(Sets.Legal);
        UpdateRequest request = new(new("once", "r", 1), new("domain/d", 1), []);
        int before = Cluster.Updater.Count;

        Assert.That(await host.UpdateAsync(request), Is.EqualTo(UpdateReport.Running));
        UpdateReport other = await host.UpdateAsync(request with { Order = new("once", "q", 1) });
        UpdateReport ended = await EndOf(host, request);

        Assert.That(other.Refused, Is.EqualTo("roll-out 'r' updates it (attempt 1)"));
        Assert.That(ended, Is.EqualTo(new UpdateReport(null, UpdateOutcome.Done, 3)));
        Assert.That(await host.EndAsync("r"), Is.EqualTo(ended));
        Assert.That(await host.EndAsync("q"), Is.Null);
        Assert.That(Cluster.Updater.Count, Is.EqualTo(before + 1));
    }

    [Test]
    public async Task An_order_that_comes_again_behind_another_gets_its_own_answer_and_begins_nothing()
    {
        IHostGrain host = Cluster.Host("again");
        await host.DeclareAsync(Sets.Legal);
        UpdateRequest first = new(new("again", "r", 1), new("domain/d", 1), []);
        UpdateRequest second = new(new("again", "q", 1), new("domain/d", 4), []);
        UpdateReport ended = await EndOf(host, first);
        await EndOf(host, second);
        int before = Cluster.Updater.Count;
        await Cluster.ForgetAsync();

        Assert.That(await host.UpdateAsync(first), Is.EqualTo(ended));
        Assert.That(await host.EndAsync("r"), Is.EqualTo(ended));
        Assert.That((await host.EndAsync("q"))!.Ended, Is.EqualTo(5));
        Assert.That(Cluster.Updater.Count, Is.EqualTo(before));
    }

    // A serializer that fills what it finds would change what all hosts begin with.
    [Test]
    public async Task What_is_read_again_is_the_same_and_changes_no_other_host()
    {
        HostStanding standing = await Cluster.Host("read again").DeclareAsync(Sets.Legal);
        byte[] plan = await Cluster.Host("read again").PlanAsync();
        await Cluster.ForgetAsync();
        HostStanding again = await Cluster.Host("read again").StandingAsync();

        Assert.That((again.Input, again.IsReady), Is.EqualTo((standing.Input, true)));
        Assert.That(await Cluster.Host("read again").PlanAsync(), Is.EqualTo(plan));
        Assert.That((await Cluster.Host("another").StandingAsync()).Input, Is.Null);
        Assert.That(HostStanding.None.Input, Is.Null);
    }

    private static async Task<UpdateReport> EndOf(IHostGrain host, UpdateRequest request)
    {
        UpdateReport report;
        while ((report = await host.UpdateAsync(request)).Outcome is null)
        {
            await Task.Delay(5);
        }

        return report;
    }
}
