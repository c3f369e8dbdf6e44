using System.Collections.Immutable;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// An update whose sessions a daemon holds is called off: in the plan's close order, and whole however often
/// the process that asks is killed.
/// </summary>
[TestFixture]
public sealed class CallingOffTests
{
    private const string Own = "graphorder";

    private const string Thaw =
        """{ "id": "thaw", "kind": "act", "session": "vm-01", "phase": "unpreserve" },""";

    [Test]
    public void Killed_at_any_write_the_rest_is_called_off_and_nothing_is_released_early(
        [ValueSource(typeof(KillTests), nameof(KillTests.Moments))] DeathMoment moment)
    {
        UpdateWorld whole = Ready(out byte[] before);
        DyingStore all = new(before);
        Assert.That(CallOff(whole, all), Is.Null);
        Assert.That(all.Writes, Is.EqualTo(4), "three sessions and the end");
        for (int dieAt = 0; dieAt < all.Writes; dieAt++)
        {
            UpdateWorld world = Ready(out before);
            string[] order = [.. world.Plan.Plan.Sessions.Close.Select(static name => name.Text), Own];
            DyingStore store = new(before, dieAt, moment);
            Assert.Throws<KilledException>(() => CallOff(world, store));

            // A session is closed, and then the journal says so.
            string[] closed = order[..Math.Min(dieAt + 1, order.Length)];
            Assert.That(Ended(world), Is.EqualTo(closed), $"write {dieAt}");
            Assert.That(Unpreserved(world), Is.EquivalentTo(closed), $"write {dieAt}: released early");
            world.DemandAtHome(closed.Contains);
            DemandStatus(world, store, closed);

            byte[] left = store.Bytes[..(int)JournalReader.Read(store.Bytes).Bytes];
            DyingStore rest = new(left);
            Assert.That(CallOff(world, rest), Is.Null, $"write {dieAt}");
            Assert.That(Ended(world), Is.EqualTo(order), $"write {dieAt}");
            Journal journal = JournalReader.Read(rest.Bytes);
            Assert.That(journal.IsDone, Is.False);
            Assert.That(journal.Closed, Is.EquivalentTo(order));
            world.DemandAtHome(static _ => true);
            DemandStatus(world, rest, order);
        }
    }

    [Test]
    public void A_session_that_stays_open_stops_it_there_and_the_ones_behind_it_are_not_touched()
    {
        UpdateWorld world = Ready(out byte[] before);
        string first = world.Plan.Plan.Sessions.Close[0].Text;
        string second = world.Plan.Plan.Sessions.Close[1].Text;
        DyingStore store = new(before);
        Assert.That(
            CallOff(world, store, static _ => "not now"), Is.EqualTo($"session {first} is not closed: not now"));
        string held = $"session {first} is still held by process 812 (luod); close it there";
        Assert.That(CallOff(world, store, static _ => null), Is.EqualTo(held));
        Assert.That(CallOff(world, store, close: null), Is.EqualTo(held));
        Assert.That(store.Writes, Is.Zero);
        world.DemandAtHome(static _ => false);

        // It is closed by hand, and then the next one is waited for.
        Assert.That(world.CloseSession(first), Is.Null);
        Assert.That(CallOff(world, store, close: null), Does.StartWith($"session {second} is still held"));
        Assert.That(JournalReader.Read(store.Bytes).Closed, Is.EqualTo(new[] { first }));
        Assert.That(JournalReader.Read(store.Bytes).IsDone, Is.Null);
        world.DemandAtHome(session => session == first);
    }

    [Test]
    public void An_act_of_unpreserve_is_done_at_its_place_and_not_behind_what_stays_open()
    {
        UpdateWorld world = Ready(out byte[] before, Thaw);
        string[] expected = [.. world.Plan.Plan[Phase.Unpreserve]
            .Select(static step => step.ActName ?? step.Session!.Value.Text)
            .Distinct()];
        Assert.That(expected, Is.EquivalentTo(new[] { "thaw", "vm-01", "vm-02" }));
        Assert.That(expected[0], Is.Not.EqualTo("thaw"), "something is closed before the act");
        List<string> done = [];
        Assert.That(CallOff(world, new DyingStore(before), Refuse, new ToldActs(done)), Does.Contain("not now"));
        Assert.That(done, Is.EqualTo(expected[..1]), "neither the act nor another session");

        done.Clear();
        Assert.That(CallOff(world, new DyingStore(before), Close, new ToldActs(done)), Is.Null);
        Assert.That(done, Is.EqualTo([.. expected, Own]));

        string? Refuse(string name)
        {
            done.Add(name);
            return "not now";
        }

        string? Close(string name)
        {
            done.Add(name);
            return world.CloseSession(name);
        }
    }

    private static UpdateWorld Ready(out byte[] journal, string more = "")
    {
        UpdateWorld world = new(CustodyKind.Luod, more);
        DyingStore store = new([]);
        Assert.That(KillTests.RunOld(world, store).End, Is.EqualTo(RunEnd.Ready));
        world.Runner.End();
        journal = store.Bytes;
        return world;
    }

    private static string? CallOff(UpdateWorld world, DyingStore store) =>
        CallOff(world, store, world.CloseSession);

    private static string? CallOff(
        UpdateWorld world, DyingStore store, Func<string, string?>? close, IActRunner? acts = null)
    {
        Journal known = JournalReader.Read(store.Bytes);
        using JournalWriter writer = new(store, TimeProvider.System, known.Sum);
        return CallingOff.Run(UpdatePlan.Of(known), known, writer, new Holders(world), close, acts);
    }

    private static void DemandStatus(UpdateWorld world, DyingStore store, string[] closed)
    {
        Journal journal = JournalReader.Read(store.Bytes);
        RunStatus status = RunStatus.Of(world.Plan, journal, world.Host(isRunnerAlive: false));
        SessionName[] sessions = [.. world.Plan.Plan.Sessions.Close];
        Assert.That(status.Standing, Is.EqualTo(
            journal.IsDone is not null ? UpdateStanding.CalledOff
            : sessions.All(name => closed.Contains(name.Text)) ? UpdateStanding.LetGo
            : UpdateStanding.Stopped));
        for (int i = 0; i < sessions.Length; i++)
        {
            SessionId session = new(i);
            Assert.That(status.State[session], Is.EqualTo(
                closed.Contains(world.Plan.Set.NameOf(session)) ? SessionState.Closed : SessionState.Open));
        }
    }

    private static string[] Ended(UpdateWorld world) => Sessions(world, SimulationEventKind.EndSession);

    private static string[] Unpreserved(UpdateWorld world) =>
        [.. Sessions(world, SimulationEventKind.Unpreserve).Distinct()];

    private static string[] Sessions(UpdateWorld world, SimulationEventKind kind) =>
        [.. world.Kernel.Events.Where(found => found.Kind == kind).Select(static found => found.Session)];

    // What luod holds, as the kernel of the test shows it.
    private sealed class Holders(UpdateWorld world) : ISessionHolders
    {
        public ImmutableArray<HeldSession> Find() => world.Sight(isRunnerAlive: false).Held;

        public CallResult Take(HeldSession held) => CallResult.Failed(Errno.NotPermitted);
    }

    // Acts in one list with what is closed.
    private sealed class ToldActs(List<string> done) : IActRunner
    {
        public string? Run(string act, string session, Phase phase)
        {
            Assert.That((session, phase), Is.EqualTo(("vm-01", Phase.Unpreserve)));
            done.Add(act);
            return null;
        }
    }
}
