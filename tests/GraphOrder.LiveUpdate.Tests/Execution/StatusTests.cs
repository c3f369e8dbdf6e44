namespace GraphOrder.LiveUpdate;

/// <summary>What is told of an update that stands between two runs.</summary>
[TestFixture]
public sealed class StatusTests
{
    [Test]
    public void An_update_is_ready_when_everything_is_preserved_and_the_journal_too()
    {
        UpdateWorld world = new(CustodyKind.Luod);
        DyingStore whole = new([]);
        Assert.That(KillTests.RunOld(world, whole).End, Is.EqualTo(RunEnd.Ready));
        Assert.That(Of(world, whole).Standing, Is.EqualTo(UpdateStanding.Ready));
        for (int dieAt = 4; dieAt < whole.Writes; dieAt++)
        {
            UpdateWorld killed = new(CustodyKind.Luod);
            DyingStore store = new([], dieAt, DeathMoment.BeforeTheWrite);
            Assert.Throws<KilledException>(() => KillTests.RunOld(killed, store));
            Assert.That(Of(killed, store).Standing, Is.Not.EqualTo(UpdateStanding.Ready), $"write {dieAt}");
        }
    }

    [Test]
    public void A_step_that_failed_and_was_done_since_is_not_told()
    {
        UpdateWorld world = new(CustodyKind.Luod) { Acts = { Fails = "pause" } };
        DyingStore store = new([]);
        Assert.That(KillTests.RunOld(world, store).End, Is.EqualTo(RunEnd.Stopped));
        RunStatus stopped = Of(world, store);
        Assert.That(stopped.Failed?.ObjectName, Is.EqualTo("pause"));
        Assert.That(stopped.Standing, Is.EqualTo(UpdateStanding.Stopped));

        world.Acts.Fails = null;
        DyingStore again = new(store.Bytes);
        Assert.That(KillTests.RunOld(world, again).End, Is.EqualTo(RunEnd.Ready));
        Assert.That(Of(world, again).Failed, Is.Null);
        Assert.That(Of(world, again).Standing, Is.EqualTo(UpdateStanding.Ready));
    }

    private static RunStatus Of(UpdateWorld world, DyingStore store) => RunStatus.Of(
        world.Plan, JournalReader.Read(store.Bytes), world.Host(isRunnerAlive: false));
}
