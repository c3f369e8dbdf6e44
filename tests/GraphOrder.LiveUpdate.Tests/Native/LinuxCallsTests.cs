namespace GraphOrder.LiveUpdate;

/// <summary>The calls that need no live update, asked of the kernel that runs the tests.</summary>
[Platform("Linux")]
public class LinuxCallsTests
{
    private readonly LinuxCalls _calls = new();

    [Test]
    public void A_memfd_is_written_read_resized_and_sealed()
    {
        int memory = _calls.CreateMemory("ram"u8, MemoryModes.AllowSealing | MemoryModes.CloseOnExec).Descriptor;
        Assert.That(_calls.SetLength(memory, 3 * 4096), Is.EqualTo(CallResult.Done()));
        Assert.That(_calls.WriteAt(memory, "device"u8, 5000), Is.EqualTo(CallResult.Done(6)));
        byte[] read = new byte[6];
        Assert.That(_calls.ReadAt(memory, read, 5000), Is.EqualTo(CallResult.Done(6)));
        Assert.That(read, Is.EqualTo("device"u8.ToArray()));
        Assert.That(_calls.WriteThroughMapping(memory, "D"u8, 5000), Is.EqualTo(CallResult.Done()));
        _ = _calls.ReadAt(memory, read, 5000);
        Assert.That(read, Is.EqualTo("Device"u8.ToArray()));
        Assert.That(_calls.SeekExtent(memory, 0, toHole: false), Is.EqualTo(CallResult.Done(4096)));
        Assert.That(
            _calls.SeekExtent(memory, 8192, toHole: false),
            Is.EqualTo(CallResult.Failed(Errno.NothingThere)));
        Assert.That(_calls.Status(memory, out FileStatus status).IsDone);
        Assert.That(
            (status.Bytes, status.AllocatedBytes, status.LinkCount), Is.EqualTo((12288L, 4096L, 0UL)));
        Assert.That(_calls.AddSeals(memory, Seals.Shrink | Seals.Grow), Is.EqualTo(CallResult.Done()));
        Assert.That(_calls.GetSeals(memory).Value, Is.EqualTo((long)(Seals.Shrink | Seals.Grow)));
        Assert.That(_calls.SetLength(memory, 0), Is.EqualTo(CallResult.Failed(Errno.NotPermitted)));
        Assert.That(_calls.Link(memory), Is.EqualTo("/memfd:ram (deleted)"));
        Assert.That(_calls.Close(memory).IsDone);
        Assert.That(_calls.Close(memory), Is.EqualTo(CallResult.Failed(Errno.BadDescriptor)));
    }

    [Test]
    public void A_mapping_that_is_refused_is_an_error_like_any_other()
    {
        int memory = _calls.CreateMemory("a"u8, MemoryModes.AllowSealing | MemoryModes.CloseOnExec).Descriptor;
        _ = _calls.SetLength(memory, 4096);
        _ = _calls.AddSeals(memory, Seals.Write);
        Assert.That(_calls.WriteThroughMapping(memory, "a"u8, 0), Is.EqualTo(CallResult.Failed(Errno.NotPermitted)));
        _ = _calls.Close(memory);
    }

    [Test]
    public void Two_descriptors_of_one_open_file_compare_equal()
    {
        int memory = _calls.CreateMemory("a"u8, MemoryModes.CloseOnExec).Descriptor;
        int second = _calls.Duplicate(memory).Descriptor;
        int other = _calls.CreateMemory("a"u8, MemoryModes.CloseOnExec).Descriptor;
        CallResult same = _calls.Compare(memory, second);
        if (same.Error is Errno.NoSystemCall or Errno.NotPermitted)
        {
            Assert.Ignore("kcmp is not allowed here, and what needs GRAPHORDER_KERNEL asks it there");
        }

        Assert.That(same, Is.EqualTo(CallResult.Done()));
        Assert.That(_calls.Compare(memory, other).Value, Is.Not.Zero);
        Assert.That(_calls.DescriptorFlags(second).Value, Is.EqualTo(1));
    }

    [Test]
    public void A_call_that_a_file_does_not_know_is_told_by_its_number()
    {
        int memory = _calls.CreateMemory("a"u8, MemoryModes.CloseOnExec).Descriptor;
        byte[] argument = new byte[LiveUpdateAbi.FinishArgumentBytes];
        Assert.That(
            _calls.Control(memory, LiveUpdateAbi.Finish, argument),
            Is.EqualTo(CallResult.Failed(Errno.WrongCall)));
        Assert.That(
            _calls.Open("/there/is/no/such/device"u8, OpenModes.ReadWrite),
            Is.EqualTo(CallResult.Failed(Errno.NoEntry)));
    }
}
