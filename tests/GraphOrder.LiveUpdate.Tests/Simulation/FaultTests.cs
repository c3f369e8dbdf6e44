namespace GraphOrder.LiveUpdate.Tests.Simulation;

/// <summary>What goes wrong: handlers that fail, memory that is damaged, limits that are reached.</summary>
[TestFixture]
public sealed class FaultTests
{
    [TestCase(HandoverDamage.UnknownSeals, Errno.NotSupported)]
    [TestCase(HandoverDamage.NoTable, Errno.Invalid)]
    [TestCase(HandoverDamage.WrongTableLength, Errno.Invalid)]
    [TestCase(HandoverDamage.UnpreservedPage, Errno.InputOutput)]
    public void A_damaged_record_fails_for_good_and_for_itself_alone(HandoverDamage damage, Errno expected)
    {
        SimulatedProcess old = Two(out SimulatedKernel kernel);
        kernel.Damage("a", 1, damage);
        SimulatedProcess next = old.Kexec();
        int session = next.RetrieveSession(next.OpenDevice(), "a").Descriptor;
        long free = next.Kernel.FreeBytes;
        Assert.That(next.RetrieveFile(session, 1).Error, Is.EqualTo(expected));
        Assert.That(next.RetrieveFile(session, 1).Error, Is.EqualTo(expected));
        Assert.That(next.Kernel.FreeBytes, Is.GreaterThan(free));
        Assert.That(next.RetrieveFile(session, 2).IsDone, Is.True);
        Assert.That(next.Finish(session).IsDone, Is.True);
    }

    [TestCase(HandoverDamage.MissingPage, 0, 4096)]
    [TestCase(HandoverDamage.FewerPages, 4096, 5000)]
    public void A_page_that_is_missing_in_the_table_reads_as_zeros(HandoverDamage damage, int first, int end)
    {
        SimulatedProcess old = Two(out SimulatedKernel kernel);
        kernel.Damage("a", 1, damage);
        SimulatedProcess next = old.Kexec();
        long free = next.Kernel.FreeBytes;
        int session = next.RetrieveSession(next.OpenDevice(), "a").Descriptor;
        byte[] read = new byte[5000];
        int memory = next.RetrieveFile(session, 1).Descriptor;
        Assert.That(next.ReadAt(memory, read, 0).Value, Is.EqualTo(5000));
        Assert.That(
            read.Select((value, i) => value == (i >= first && i < end ? 0 : 3)), Is.All.True);
        Assert.That(next.SeekExtent(memory, first, toHole: true).Value, Is.EqualTo(first));
        next.SetLength(memory, 0);
        Assert.That(next.Kernel.FreeBytes - free, Is.EqualTo(4096), "the page that is missing does not come back");
    }

    [Test]
    public void Another_version_of_the_list_panics_and_one_of_the_hand_over_loses_all()
    {
        SimulatedProcess first = Two(out SimulatedKernel kernel);
        kernel.Damage("a", 1, HandoverDamage.ListVersion);
        Assert.That(first.TryKexec().IsDone, Is.True);
        Assert.That(kernel.Next!.HasPanicked, Is.True);
        Assert.That(() => kernel.Next.StartProcess(), Throws.InvalidOperationException);

        SimulatedProcess second = Two(out kernel);
        kernel.Damage("a", 1, HandoverDamage.HandoverVersion);
        SimulatedProcess next = second.Kexec();
        Assert.That(next.RetrieveSession(next.OpenDevice(), "a").Error, Is.EqualTo(Errno.NoEntry));
    }

    [Test]
    public void A_legacy_image_jumps_and_carries_nothing()
    {
        SimulatedProcess old = Two(out SimulatedKernel kernel);
        kernel.LoadsLegacyImage = true;
        SimulatedProcess next = old.Kexec();
        Assert.That(next.RetrieveSession(next.OpenDevice(), "a").Error, Is.EqualTo(Errno.NoEntry));
    }

    [Test]
    public void A_preserve_that_fails_takes_everything_back()
    {
        SimulatedKernel kernel = new(new SimulationOptions { Flbs = [new("v0", [ObjectKind.Memfd])] });
        SimulatedProcess process = kernel.StartProcess();
        kernel.Inject(new SimulatedFault(Phase.Preserve, "a", 1, Errno.NoMemory, 1));
        int session = process.Create(process.OpenDevice(), "a").Descriptor;
        int memory = process.Memory(100);
        Assert.That(process.Preserve(session, memory, 1).Error, Is.EqualTo(Errno.NoMemory));
        Assert.That(process.SetLength(memory, 50).IsDone, Is.True);
        Assert.That(process.Preserve(session, memory, 1).IsDone, Is.True);
        Assert.That(
            kernel.Events.Where(found => found.Session == "v0").Select(found => found.Kind),
            Is.EqualTo(new[]
            {
                SimulationEventKind.FlbPreserve, SimulationEventKind.FlbUnpreserve,
                SimulationEventKind.FlbPreserve,
            }));
    }

    [Test]
    public void A_refused_finish_does_nothing_and_a_refused_close_leaks_the_session()
    {
        SimulatedProcess old = Two(out SimulatedKernel kernel);
        kernel.Inject(new SimulatedFault(Phase.Finish, "a", 2, Errno.Busy));
        SimulatedProcess next = old.Kexec();
        int device = next.OpenDevice();
        int session = next.RetrieveSession(device, "a").Descriptor;
        Assert.That(next.Finish(session).Error, Is.EqualTo(Errno.Busy));
        Assert.That(next.RetrieveFile(session, 1).IsDone, Is.True);
        next.Close(session);
        Assert.That(next.RetrieveSession(device, "a").Error, Is.EqualTo(Errno.Invalid));
    }

    [Test]
    public void Global_state_comes_with_the_first_file_and_goes_with_the_last()
    {
        SimulatedKernel kernel = new(new SimulationOptions
        {
            Flbs = [new("v0", [ObjectKind.Memfd]), new("v1", [ObjectKind.Memfd], IsRetrievedAtBoot: false)],
        });
        SimulatedProcess old = kernel.StartProcess();
        int device = old.OpenDevice();
        old.Preserve(old.Create(device, "a").Descriptor, old.Memory(1), 1);
        old.Preserve(old.Create(device, "b").Descriptor, old.Memory(1), 1);
        SimulatedProcess next = old.Kexec();
        device = next.OpenDevice();
        int first = next.RetrieveSession(device, "a").Descriptor;
        int second = next.RetrieveSession(device, "b").Descriptor;
        next.Finish(first);
        Assert.That(Flbs(kernel), Is.EqualTo("v0 FlbPreserve, v1 FlbPreserve, v0 FlbRetrieve"));
        next.Finish(second);
        Assert.That(Flbs(kernel), Does.EndWith("v0 FlbRetrieve, v0 FlbFinish"));
    }

    [Test]
    public void A_kernel_registers_sixty_three_global_states_of_different_names()
    {
        static SimulationOptions Of(int count, string prefix) => new()
        {
            Flbs = [.. Enumerable.Range(0, count).Select(
                i => new SimulatedFlb(prefix.Length == 0 ? $"v{i}" : prefix, [ObjectKind.Memfd]))],
        };

        SimulatedKernel kernel = new(Of(63, ""));
        Assert.That(
            () => new SimulatedKernel(Of(64, "")),
            Throws.ArgumentException.With.Message.EqualTo(
                "A kernel registers at most 63 global states, and these are 64: leave some out."));
        Assert.That(() => kernel.NextOptions = Of(64, ""), Throws.ArgumentException);
        Assert.That(
            () => new SimulatedKernel(Of(2, "v")),
            Throws.ArgumentException.With.Message.EqualTo(
                "Two global states are called v: give one another name."));
    }

    [Test]
    public void Lists_end_where_their_blocks_end()
    {
        SimulatedKernel kernel = new(
            new SimulationOptions { BlocksMax = 2, FilesPerBlock = 2, SessionsPerBlock = 1 });
        SimulatedProcess process = kernel.StartProcess();
        int device = process.OpenDevice();
        int session = process.Create(device, "a").Descriptor;
        Assert.That(process.Create(device, "b").IsDone, Is.True);
        Assert.That(process.Create(device, "a").Error, Is.EqualTo(Errno.NoSpace), "the list grows first");
        for (ulong token = 0; token < 4; token++)
        {
            Assert.That(process.Preserve(session, process.Memory(1), token).IsDone, Is.True);
        }

        Assert.That(process.Preserve(session, process.Memory(1), 9).Error, Is.EqualTo(Errno.NoSpace));
    }

    [Test]
    public void A_name_tried_twice_at_the_end_of_a_block_panics_the_next_kernel()
    {
        SimulatedKernel kernel = new(new SimulationOptions { SessionsPerBlock = 1 });
        SimulatedProcess process = kernel.StartProcess();
        int device = process.OpenDevice();
        process.Create(device, "a");
        Assert.That(process.Create(device, "a").Error, Is.EqualTo(Errno.Exists));
        process.TryKexec();
        Assert.That(kernel.Next!.HasPanicked, Is.True);
    }

    [TestCase(1L << 40, Errno.NoMemory)]
    [TestCase((1L << 40) - 4096, Errno.None)]
    [TestCase(1L << 44, Errno.FileTooBig)]
    [TestCase((1L << 44) - 4096, Errno.NoMemory)]
    public void A_memfd_has_a_greatest_size(long bytes, Errno expected)
    {
        SimulatedProcess process = new SimulatedKernel().StartProcess();
        int session = process.Create(process.OpenDevice(), "a").Descriptor;
        int memory = process.Memory(0);
        process.SetLength(memory, bytes);
        Assert.That(process.Preserve(session, memory, 1).Error, Is.EqualTo(expected));
    }

    [Test]
    public void A_kernel_without_the_handler_cannot_open_its_device()
    {
        SimulatedKernel kernel = new(new SimulationOptions { Handlers = [ObjectKind.KvmVm] });
        SimulatedProcess process = kernel.StartProcess();
        int session = process.Create(process.OpenDevice(), "a").Descriptor;
        process.Preserve(session, process.CreateFile(ObjectKind.KvmVm, "vm").Descriptor, 1);
        kernel.NextOptions = new SimulationOptions();
        SimulatedProcess next = process.Kexec();
        for (int i = 0; i < 2; i++)
        {
            CallResult opened = next.Open("/dev/liveupdate"u8, OpenModes.ReadWrite);
            Assert.That(opened.Error, Is.EqualTo(Errno.InputOutput));
        }
    }

    private static SimulatedProcess Two(out SimulatedKernel kernel)
    {
        kernel = new SimulatedKernel();
        SimulatedProcess process = kernel.StartProcess();
        int session = process.Create(process.OpenDevice(), "a").Descriptor;
        process.Preserve(session, process.Memory(5000, 3), 1);
        process.Preserve(session, process.Memory(5000, 4), 2);
        return process;
    }

    private static string Flbs(SimulatedKernel kernel) => string.Join(
        ", ",
        kernel.Events.Where(found => found.Session.StartsWith('v')).Select(found => $"{found.Session} {found.Kind}"));
}
