namespace GraphOrder.LiveUpdate;

/// <summary>
/// What the journal says, times what the kernel says or cannot say: the verdict. Nothing is called lost, let
/// go or rebooted where only the journal tells.
/// </summary>
[TestFixture]
public sealed class StandingTests
{
    private const string Its = "machine-1";

    // The kernel that wrote last: sessions are held, nobody holds one, nobody could look. Another one: of a
    // machine that may be any, is the same, is another; with the device and without. A '?' stands for: as the
    // journal has it, and nobody could look.
    private const string Table = """
        journal         held    free    unseen   new+     new-     same+    same-    other+   other-
        luod-preserving Stopped LetGo   Stopped? Unknown? Unknown? Rebooted Rebooted Unknown? Unknown?
        luod-ready      Ready   LetGo   Ready?   Waiting? Unknown? Waiting? Unknown? Unknown? Unknown?
        self-preserving Stopped LetGo   Stopped? Unknown? Unknown? Rebooted Rebooted Unknown? Unknown?
        self-jumping    Stopped LetGo   Stopped? Waiting? Unknown? Waiting? Unknown? Unknown? Unknown?
        luod-retrieving Stopped Stopped Stopped? Unknown? Unknown? Rebooted Rebooted Unknown? Unknown?
        self-retrieving Stopped Lost    Stopped? Unknown? Unknown? Rebooted Rebooted Unknown? Unknown?
        luod-failed     Stopped Stopped Stopped? Unknown? Unknown? Rebooted Rebooted Unknown? Unknown?
        luod-differs    Stopped Stopped Stopped? Unknown? Unknown? Rebooted Rebooted Unknown? Unknown?
        luod-finished   Done    Done    Done     Done     Done     Done     Done     Done     Done
        luod-finished-1 Done    Done    Done     Done     Done     Done     Done     Done     Done
        luod-finished-2 Done    Done    Done     Done     Done     Done     Done     Done     Done
        luod-finished-3 Done    Done    Done     Done     Done     Done     Done     Done     Done
        self-finished-3 Done    Lost    Done     Done     Done     Done     Done     Done     Done
        """;

    private static IEnumerable<TestCaseData> Cells()
    {
        string[][] rows = [.. Table.Split('\n')
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        return
            from row in rows.Skip(1)
            from column in Enumerable.Range(1, row.Length - 1)
            select new TestCaseData(row[0], rows[0][column]).Returns(row[column]);
    }

    [TestCaseSource(nameof(Cells))]
    public string The_verdict_is_what_the_journal_and_the_kernel_tell_together(string journal, string kernel)
    {
        (UpdatePlan plan, Journal read) = Recorded(journal);
        RunStatus status = RunStatus.Of(plan, read, HostOf(kernel, read));
        bool isOver = status.Standing is UpdateStanding.Done or UpdateStanding.CalledOff;
        return status.Standing + (isOver || status.IsSeen ? "" : "?");
    }

    [Test]
    public void What_was_called_off_is_so_in_every_kernel()
    {
        (UpdatePlan plan, Journal read) = Recorded("self-called-off");
        string[] kernels = Table.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..];
        foreach (string kernel in kernels)
        {
            RunStatus status = RunStatus.Of(plan, read, HostOf(kernel, read));
            Assert.That(status.Standing, Is.EqualTo(UpdateStanding.CalledOff), kernel);
        }
    }

    [TestCase("luod-failed", "vm-02/ram", null)]
    [TestCase("luod-differs", "vm-01/ram", "it came back and is not as it was")]
    public void The_step_that_failed_is_told_in_every_kernel(string journal, string id, string? why)
    {
        (UpdatePlan plan, Journal read) = Recorded(journal);
        foreach (string kernel in (string[])["held", "unseen", "new-", "same+"])
        {
            StepRecord? failed = RunStatus.Of(plan, read, HostOf(kernel, read)).Failed;
            Assert.That((failed?.ObjectName, failed?.Why), Is.EqualTo((id, why)), kernel);
        }
    }

    [Test]
    public void A_session_that_was_seen_in_a_new_kernel_came_over_even_where_the_device_is_hidden()
    {
        (UpdatePlan plan, Journal read) = Recorded("luod-ready");
        RunningHost host = HostOf("new-", read) with { Sight = new([new("vm-01", 812, "luod", 3)], [812], false) };
        RunStatus status = RunStatus.Of(plan, read, host);
        Assert.That((status.Standing, status.IsSeen), Is.EqualTo((UpdateStanding.Waiting, true)));
    }

    [Test]
    public void What_was_finished_before_another_boot_is_not_lost_with_the_rest()
    {
        (UpdatePlan plan, Journal read) = Recorded("luod-finished-5");
        RunStatus status = RunStatus.Of(plan, read, HostOf("same+", read));
        Assert.That(status.Standing, Is.EqualTo(UpdateStanding.Rebooted));
        Assert.That(
            plan.Set.Sessions.Select((found, index) => (found.Name.Text, status.State[new SessionId(index)])),
            Is.EqualTo(new[] { ("vm-01", SessionState.Lost), ("vm-02", SessionState.Finished) }));
    }

    private static RunningHost HostOf(string kernel, Journal journal)
    {
        KernelIdentity last = journal.Kernels[^1];
        bool isIts = kernel is "held" or "free" or "unseen";
        SessionSight sight = kernel switch
        {
            "held" => new(
                [.. ((string[])["graphorder", "vm-01", "vm-02"]).Select(name => new HeldSession(name, last.Process, "luod", 0))],
                [1, last.Process],
                IsWhole: true),
            "free" => new([], [1], IsWhole: true),
            _ => SessionSight.None with { IsWhole = kernel.EndsWith('+') },
        };
        bool hasDevice = kernel is "held" or "free" || kernel.EndsWith('+');
        return new RunningHost("7.3.4", isIts ? last.Boot : "boot-9", hasDevice, "", IsImageLoaded: false, sight)
        {
            Machine = kernel.TrimEnd('+', '-') switch { "new" => null, "other" => "machine-2", _ => Its },
        };
    }

    // The number at the end says how many of the last records are cut off.
    private static (UpdatePlan Plan, Journal Journal) Recorded(string name)
    {
        string[] words = name.Split('-');
        CustodyKind custody = words[0] == "luod" ? CustodyKind.Luod : CustodyKind.Self;
        UpdateWorld world = new(custody) { Machine = Its, HasTaker = custody == CustodyKind.Luod };
        int cut = int.TryParse(words[^1], out int count) ? count : 0;
        byte[] bytes = BytesOf(world, words[1]);
        for (int i = 0; i < cut; i++)
        {
            bytes = bytes[..(Array.LastIndexOf(bytes, (byte)'\n', bytes.Length - 2) + 1)];
        }

        return (world.Plan, JournalReader.Read(bytes));
    }

    private static byte[] BytesOf(UpdateWorld world, string how)
    {
        DyingStore old = how == "preserving" ? new([], 12, DeathMoment.AfterTheWrite) : new([]);
        world.Acts.Fails = how == "called" ? "pause" : null;
        if (how == "preserving")
        {
            Assert.Throws<KilledException>(() => KillTests.RunOld(world, old));
            return old.Bytes;
        }

        RunOutcome outcome = KillTests.RunOld(world, old);
        if (how is "ready" or "jumping" or "called")
        {
            return old.Bytes;
        }

        Assert.That(outcome.End, Is.AnyOf(RunEnd.Ready, RunEnd.Jumped));
        if (how == "differs")
        {
            world.Kernel.Damage("vm-01", 1, HandoverDamage.MissingPage);
        }

        world.Jump();
        if (how == "failed")
        {
            world.Kernel.Inject(new SimulatedFault(Phase.Retrieve, "vm-02", 1, Errno.InputOutput));
        }

        DyingStore next = how == "retrieving" ? new([], 12, DeathMoment.AfterTheWrite) : new([]);
        if (how == "retrieving")
        {
            Assert.Throws<KilledException>(() => KillTests.RunNew(world, next));
        }
        else
        {
            RunEnd end = KillTests.RunNew(world, next).End;
            Assert.That(end, Is.EqualTo(how == "finished" ? RunEnd.Done : RunEnd.Stopped));
        }

        return next.Bytes;
    }
}
