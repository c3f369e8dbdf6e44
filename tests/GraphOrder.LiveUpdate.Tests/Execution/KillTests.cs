using System.Collections.Immutable;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// kill -9 at every write of the journal: before it, in the middle of it, and right behind it, before the
/// act.
/// </summary>
public class KillTests
{
    internal static readonly DeathMoment[] Moments =
        [DeathMoment.BeforeTheWrite, DeathMoment.InTheWrite, DeathMoment.AfterTheWrite];

    [Test]
    public void Without_a_kill_everything_comes_back_in_the_order_of_the_plan(
        [Values(CustodyKind.Self, CustodyKind.Luod)] CustodyKind custody)
    {
        UpdateWorld world = new(custody);
        DyingStore store = new([]);
        RunOutcome old = RunOld(world, store);
        RunEnd expected = custody == CustodyKind.Self ? RunEnd.Jumped : RunEnd.Ready;
        Assert.That(old.End, Is.EqualTo(expected), old.ToString());
        world.Jump();
        DyingStore next = new([]);
        Assert.That(RunNew(world, next).End, Is.EqualTo(RunEnd.Done));
        DemandAllIsWell(world);
        Journal journal = JournalReader.Read(next.Bytes);
        Assert.That(journal.IsDone, Is.True);
        Assert.That(journal.Checked.Values.All(differs => differs.IsEmpty) && journal.Checked.Count == 4);
        Assert.That(world.Acts.Done, Is.EqualTo(new[] { "pause", "resume" }));
    }

    [Test]
    public void Killed_in_the_old_kernel_the_run_goes_on_where_it_was(
        [ValueSource(nameof(Moments))] DeathMoment moment)
    {
        int writes = WritesOf(CustodyKind.Luod, isNew: false);
        Assert.That(writes, Is.GreaterThan(15));
        for (int dieAt = 0; dieAt < writes; dieAt++)
        {
            UpdateWorld world = new(CustodyKind.Luod);
            DyingStore store = new([], dieAt, moment);
            Assert.Throws<KilledException>(() => RunOld(world, store));
            world.Runner.End();
            Assert.That(Unpreserved(world.Kernel), Is.Empty, $"write {dieAt}: released early");
            Assert.That(RunOld(world, new DyingStore(Whole(store.Bytes))).End, Is.EqualTo(RunEnd.Ready), $"write {dieAt}");
            world.Jump();
            Assert.That(RunNew(world, new DyingStore([])).End, Is.EqualTo(RunEnd.Done), $"write {dieAt}");
            DemandAllIsWell(world);
        }
    }

    [Test]
    public void Killed_in_the_old_kernel_the_update_can_be_called_off(
        [ValueSource(nameof(Moments))] DeathMoment moment)
    {
        int writes = WritesOf(CustodyKind.Luod, isNew: false);
        for (int dieAt = 4; dieAt < writes; dieAt++)
        {
            UpdateWorld world = new(CustodyKind.Luod);
            DyingStore store = new([], dieAt, moment);
            Assert.Throws<KilledException>(() => RunOld(world, store));
            world.Runner.End();
            Journal journal = JournalReader.Read(store.Bytes);
            DyingStore rest = new(Whole(store.Bytes));
            using JournalWriter writer = new(rest, TimeProvider.System, journal.Sum);
            RunContext context = world.Start(writer);
            RunOutcome outcome = new OldKernelRun(world.Plan, context, CustodyKind.Luod)
                .CallOff(new RunOutcome(RunEnd.Stopped));
            Assert.That(outcome.End, Is.EqualTo(RunEnd.CalledOff));
            Journal after = JournalReader.Read(rest.Bytes);
            Assert.That(after.IsDone, Is.False);
            Assert.That(after.Closed, Is.EquivalentTo(new[] { "vm-01", "vm-02", "graphorder" }));
        }
    }

    [Test]
    public void Killed_in_the_new_kernel_the_run_goes_on_where_it_was(
        [ValueSource(nameof(Moments))] DeathMoment moment)
    {
        int writes = WritesOf(CustodyKind.Luod, isNew: true);
        Assert.That(writes, Is.GreaterThan(20));

        // The first write brings the journal over: a file that is moved into its place when it is whole.
        for (int dieAt = moment == DeathMoment.InTheWrite ? 1 : 0; dieAt < writes; dieAt++)
        {
            UpdateWorld world = new(CustodyKind.Luod);
            Assert.That(RunOld(world, new DyingStore([])).End, Is.EqualTo(RunEnd.Ready));
            world.Jump();
            DyingStore store = new([], dieAt, moment);
            Assert.Throws<KilledException>(() => RunNew(world, store));
            world.Runner.End();

            // Every write was asked for with everything else in the kernel as it was.
            Assert.That(RunNew(world, new DyingStore(Whole(store.Bytes))).End, Is.EqualTo(RunEnd.Done), $"write {dieAt}");
            DemandAllIsWell(world);
        }
    }

    [Test]
    public void Killed_in_its_own_custody_in_the_old_kernel_everything_is_let_go_and_nothing_is_lost(
        [ValueSource(nameof(Moments))] DeathMoment moment)
    {
        int writes = WritesOf(CustodyKind.Self, isNew: false);
        for (int dieAt = 0; dieAt < writes; dieAt++)
        {
            UpdateWorld world = new(CustodyKind.Self);
            DyingStore store = new([], dieAt, moment);
            Assert.Throws<KilledException>(() => RunOld(world, store));
            world.Runner.End();
            Assert.That(
                world.Kernel.Events.Count(found => found.Kind == SimulationEventKind.Preserve),
                Is.EqualTo(Unpreserved(world.Kernel).Length));

            // It can simply be done again, by a new journal.
            Assert.That(RunOld(world, new DyingStore([])).End, Is.EqualTo(RunEnd.Jumped));
        }
    }

    [Test]
    public void Killed_in_its_own_custody_in_the_new_kernel_what_is_lost_is_told(
        [ValueSource(nameof(Moments))] DeathMoment moment, [Values] bool hasTaker)
    {
        int writes = WritesOf(CustodyKind.Self, isNew: true, hasTaker);
        int losses = 0;

        // Behind the last write nothing is told any more: all is done, and the program is about to have it.
        for (int dieAt = 1; dieAt < writes - (moment == DeathMoment.AfterTheWrite ? 1 : 0); dieAt++)
        {
            UpdateWorld world = new(CustodyKind.Self) { HasTaker = hasTaker };
            Assert.That(RunOld(world, new DyingStore([])).End, Is.EqualTo(RunEnd.Jumped));
            world.Jump();
            DyingStore store = new([], dieAt, moment);
            Assert.Throws<KilledException>(() => RunNew(world, store));
            world.Runner.End();
            Journal journal = JournalReader.Read(store.Bytes);
            SessionSight sight = world.Sight(isRunnerAlive: false);
            HostState state = RunStates.Of(world.Plan, journal, world.Boot, sight);
            Assert.That(
                RecoveryPlanner.Recover(world.Plan.Graph, world.Plan.Kernels, state)
                    .TryGetRecovery(out Recovery? recovery));
            string[] told = [.. recovery!.Lost.Select(world.Plan.Set.NameOf)];
            string[] gone = [.. Gone(world)];
            losses += gone.Length;

            // What somebody took and nobody wrote down counts as lost: that is the safe side.
            string[] unsaid = [.. world.Taken.Keys.Where(id => !journal.Handed.Contains(id))];
            Assert.That(told, Is.SubsetOf(gone.Concat(unsaid)), $"write {dieAt}: {string.Join(", ", told)}");
            foreach (string id in gone.Except(told))
            {
                Assert.That(IsInDoubt(journal, id), $"write {dieAt}: {id} is gone, and nobody says so");
            }
        }

        Assert.That(losses, Is.GreaterThan(0), "the test sees a loss at all");
    }

    [Test]
    public void A_failed_retrieve_stops_the_run_and_the_rest_can_be_finished()
    {
        UpdateWorld world = new(CustodyKind.Luod);
        Assert.That(RunOld(world, new DyingStore([])).End, Is.EqualTo(RunEnd.Ready));
        world.Jump();
        world.Kernel.Inject(new SimulatedFault(Phase.Retrieve, "vm-02", 1, Errno.InputOutput));
        DyingStore store = new([]);
        RunOutcome outcome = RunNew(world, store);
        Assert.That(outcome.End, Is.EqualTo(RunEnd.Stopped));
        Assert.That(outcome.Error, Is.EqualTo(Errno.InputOutput));
        RunStep failed = world.Plan.Steps[outcome.Step];
        Assert.That(world.Plan.Set.NameOf(failed.Object!.Value), Is.EqualTo("vm-02/ram"));
        world.Runner.End();

        RunOutcome again = RunNew(world, new DyingStore(Whole(store.Bytes)));
        Assert.That(again.End, Is.EqualTo(RunEnd.Stopped));
        Assert.That(again.Step, Is.Zero, "nothing failed; not everything may be finished");
    }

    [Test]
    public void An_act_that_fails_stops_the_run_before_the_jump()
    {
        UpdateWorld world = new(CustodyKind.Self) { Acts = { Fails = "pause" } };
        RunOutcome outcome = RunOld(world, new DyingStore([]));
        Assert.That(outcome.End, Is.EqualTo(RunEnd.CalledOff));
        Assert.That(outcome.Why, Is.EqualTo("it said no"));
        SessionName[] closed = [.. world.Kernel.Events
            .Where(found => found.Kind == SimulationEventKind.EndSession && found.Session != "graphorder")
            .Select(found => new SessionName(found.Session))];
        Assert.That(closed, Is.EqualTo(world.Plan.Plan.Sessions.Close));
    }

    [Test]
    public void Memory_that_changed_on_the_way_is_found_before_anybody_has_it()
    {
        UpdateWorld world = new(CustodyKind.Luod);
        Assert.That(RunOld(world, new DyingStore([])).End, Is.EqualTo(RunEnd.Ready));
        world.Kernel.Damage("vm-01", 1, HandoverDamage.MissingPage);
        world.Jump();
        RunOutcome outcome = RunNew(world, new DyingStore([]));
        Assert.That(outcome.End, Is.EqualTo(RunEnd.Stopped));
        Assert.That(outcome.Why, Does.StartWith("vm-01/ram is not as it was: content"));
        Assert.That(world.Taken, Does.Not.ContainKey("vm-01/ram"));
    }

    internal static RunOutcome RunOld(UpdateWorld world, DyingStore store, TimeProvider? time = null)
    {
        Journal? known = store.Bytes.Length > 0 ? JournalReader.Read(store.Bytes) : null;
        using JournalWriter writer = new(store, time ?? TimeProvider.System, known?.Sum ?? 0);
        RunContext context = world.Start(writer) with { Time = time ?? TimeProvider.System };
        KernelIdentity kernel = new("7.3.4", world.Boot, 100) { Machine = world.Machine };
        if (known is null)
        {
            writer.Begin(new JournalHeader("an update", world.Custody, "linux-7.3", kernel));
            known = new Journal(new JournalHeader("an update", world.Custody, "linux-7.3", kernel)) { Kernels = [kernel] };
        }

        if (!known.Documents.ContainsKey("plan"))
        {
            writer.Document("set", world.Plan.SetText);
            writer.Document("plan", world.Plan.PlanText);
        }

        return new OldKernelRun(world.Plan, context, world.Custody).Run(known, () => store.Bytes);
    }

    internal static RunOutcome RunNew(UpdateWorld world, DyingStore store, TimeProvider? time = null)
    {
        Journal? known = store.Bytes.Length > 0 ? JournalReader.Read(store.Bytes) : null;
        using JournalWriter late = new(store, time ?? TimeProvider.System, known?.Sum ?? 0);
        RunContext context = world.Start(late) with { Time = time ?? TimeProvider.System };
        byte[] copy = known is null ? world.ReadCopy(context) : [];
        if (known is null)
        {
            known = JournalReader.Read(copy);
            store.Append(copy.AsSpan(0, (int)known.Bytes));
        }

        using JournalWriter writer = new(store, time ?? TimeProvider.System, known.Sum);
        context = context with { Journal = writer };
        KernelIdentity kernel = new("7.3.4", world.Boot, 200) { Machine = world.Machine };
        writer.Kernel(kernel);
        known = known with { Kernels = known.Kernels.Add(kernel) };
        UpdatePlan plan = UpdatePlan.Of(known);
        HostState state = RunStates.Of(plan, known, world.Boot, world.Sight(isRunnerAlive: true));
        Assert.That(plan.Plan.Input, Is.EqualTo(world.Plan.Plan.Input));
        Assert.That(
            RecoveryPlanner.Recover(plan.Graph, plan.Kernels, state).TryGetRecovery(out Recovery? recovery));
        return new NewKernelRun(plan, context, known).Run(recovery!);
    }

    private static byte[] Whole(byte[] bytes)
    {
        try
        {
            return bytes[..(int)JournalReader.Read(bytes).Bytes];
        }
        catch (JournalException)
        {
            return [];
        }
    }

    private static int WritesOf(CustodyKind custody, bool isNew, bool hasTaker = true)
    {
        UpdateWorld world = new(custody) { HasTaker = hasTaker };
        DyingStore old = new([]);
        _ = RunOld(world, old);
        if (!isNew)
        {
            return old.Writes;
        }

        world.Jump();
        DyingStore next = new([]);
        _ = RunNew(world, next);
        return next.Writes;
    }

    private static void DemandAllIsWell(UpdateWorld world)
    {
        world.DemandContent();
        PlanOrder.Demand(world);
        Assert.That(world.Kernel.Events.Any(found => found.Kind == SimulationEventKind.Discard), Is.False);
    }

    private static ImmutableArray<SimulationEvent> Unpreserved(SimulatedKernel kernel) =>
        [.. kernel.Events.Where(found => found.Kind == SimulationEventKind.Unpreserve)];

    // What nobody holds, neither a process nor a session that can still be retrieved.
    private static IEnumerable<string> Gone(UpdateWorld world)
    {
        HashSet<string> ended = [.. world.Kernel.Events
            .Where(found => found.Kind == SimulationEventKind.EndSession).Select(found => found.Session)];
        foreach (string id in (string[])["vm-01/ram", "vm-01/state", "vm-02/ram", "vm-02/state"])
        {
            if (ended.Contains(id[..5]) && !world.Taken.ContainsKey(id))
            {
                yield return id;
            }
        }
    }

    private static bool IsInDoubt(Journal journal, string id) =>
        journal.Steps.Any(step => !step.IsEnded && step.Kernel == 1
            && (step.ObjectName == id || step.Session == id[..5]));
}
