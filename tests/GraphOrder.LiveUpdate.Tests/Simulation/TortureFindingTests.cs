namespace GraphOrder.LiveUpdate.Tests.Simulation;

/// <summary>What random calls on Linux 7.3.4 found to be otherwise in the simulator, each as it was made
/// short.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TortureFindingTests
{
    private readonly SimulatedProcess _process = new SimulatedKernel().StartProcess();

    [Test]
    public void Closing_a_path_to_a_session_is_not_closing_the_session()
    {
        int memory = _process.Memory(4096);
        int session = _process.Create(_process.OpenDevice(), "a").Descriptor;
        Assert.That(_process.Preserve(session, memory, 1).IsDone);
        CallResult path = _process.Open(
            System.Text.Encoding.ASCII.GetBytes($"/proc/self/fd/{session}"), OpenModes.PathOnly);
        Assert.That(_process.Close(path.Descriptor).IsDone);

        Assert.That(_process.SetLength(memory, 1), Is.EqualTo(CallResult.Failed(Errno.NotPermitted)));
    }

    [Test]
    public void What_is_no_regular_file_has_no_page_to_store_into()
    {
        int folder = _process.Open("/tmp"u8, OpenModes.PathOnly).Descriptor;
        Assert.That(_process.WriteThroughMapping(folder, "x"u8, 1), Is.EqualTo(CallResult.Failed(Errno.Invalid)));

        LinuxCalls linux = new();
        int real = linux.Open("/tmp"u8, OpenModes.PathOnly).Descriptor;
        Assert.That(linux.WriteThroughMapping(real, "x"u8, 1), Is.EqualTo(CallResult.Failed(Errno.Invalid)));
        Assert.That(linux.Close(real).IsDone);
    }

    [Test]
    public void The_link_of_a_file_that_lost_its_name_says_so()
    {
        int file = _process.Open("/tmp/a"u8, OpenModes.ReadWrite | OpenModes.Create).Descriptor;
        Assert.That(_process.Link(file), Is.EqualTo("/tmp/a"));
        Assert.That(_process.Unlink("/tmp/a"u8).IsDone);
        Assert.That(_process.Link(file), Is.EqualTo("/tmp/a (deleted)"));
    }

    [Test]
    public void An_empty_preserved_memfd_has_no_pinned_page()
    {
        int session = _process.Create(_process.OpenDevice(), "a").Descriptor;
        int empty = _process.Memory(0);
        int full = _process.Memory(1);
        Assert.That(_process.Preserve(session, empty, 1).IsDone && _process.Preserve(session, full,
            2).IsDone);

        Assert.That(_process.AddSeals(empty, Seals.Write), Is.EqualTo(CallResult.Done()));
        Assert.That(_process.AddSeals(full, Seals.Write), Is.EqualTo(CallResult.Failed(Errno.Busy)));
    }

    [Test]
    public void The_name_that_comes_back_leaves_what_lies_behind_its_last_word()
    {
        int session = _process.Create(_process.OpenDevice(), "torture-16-1").Descriptor;
        byte[] argument = new byte[LiveUpdateAbi.NameArgumentBytes];
        argument[0] = LiveUpdateAbi.NameArgumentBytes;
        argument.AsSpan(LiveUpdateAbi.NameOffset).Fill(1);
        Assert.That(_process.Control(session, LiveUpdateAbi.GetName, argument).IsDone);

        byte[] expected = [.. "torture-16-1\0\0\0\0"u8, .. Enumerable.Repeat((byte)1, 48)];
        Assert.That(argument[LiveUpdateAbi.NameOffset..], Is.EqualTo(expected));
    }

    [TestCase(0x40, Errno.NoDevice)]
    [TestCase(0x08, Errno.NoDevice)]
    [TestCase(0x09, Errno.NotSupported)]
    [TestCase(0x100, Errno.NotSupported)]
    public void Fallocate_asks_for_the_mode_then_for_the_file(int mode, Errno error) => Assert.That(
        _process.Allocate(_process.OpenDevice(), (AllocateModes)mode, 0, 1),
            Is.EqualTo(CallResult.Failed(error)));

    [Test]
    public void A_mode_that_memory_does_not_know_is_refused_before_it_is_frozen()
    {
        int memory = _process.Memory(4096);
        int session = _process.Create(_process.OpenDevice(), "a").Descriptor;
        Assert.That(_process.Preserve(session, memory, 1).IsDone);

        Assert.That(
            _process.Allocate(memory, (AllocateModes)0x40, 0, 1),
                Is.EqualTo(CallResult.Failed(Errno.NotSupported)));
        Assert.That(
            _process.Allocate(memory, AllocateModes.None, 0, 1),
                Is.EqualTo(CallResult.Failed(Errno.NotPermitted)));
    }

    [Test]
    public void A_folder_has_no_holes()
    {
        int folder = _process.Open("/tmp"u8, OpenModes.ReadOnly).Descriptor;
        Assert.That(
            _process.SeekExtent(folder, 4096, toHole: true), Is.EqualTo(CallResult.Failed(Errno.Invalid)));
    }
}
