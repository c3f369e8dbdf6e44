namespace GraphOrder.LiveUpdate.Tests.Simulation;

/// <summary>What one call at a time does not show: the orders, a chain of kernels, the hand-over.</summary>
[TestFixture]
public sealed class SimulatedKernelTests
{
    [Test]
    public void A_memfd_lives_through_two_kernels()
    {
        SimulatedProcess old = new SimulatedKernel().StartProcess();
        int device = old.OpenDevice();
        int session = old.Create(device, "vm").Descriptor;
        old.Preserve(session, old.Memory(10_000, 7), 5);

        SimulatedProcess second = old.Kexec();
        int incoming = second.RetrieveSession(second.OpenDevice(), "vm").Descriptor;
        int memory = second.RetrieveFile(incoming, 5).Descriptor;
        Assert.That(second.Finish(incoming).IsDone, Is.True);
        int outgoing = second.Create(3, "x").IsDone ? 0 : second.Create(0, "again").Descriptor;
        Assert.That(second.Preserve(outgoing, memory, 9).IsDone, Is.True);

        SimulatedProcess third = second.Kexec();
        int last = third.RetrieveSession(third.OpenDevice(), "again").Descriptor;
        byte[] bytes = new byte[20_000];
        Assert.That(third.ReadAt(third.RetrieveFile(last, 9).Descriptor, bytes, 0).Value, Is.EqualTo(10_000));
        Assert.That(bytes.AsSpan(0, 10_000).IndexOfAnyExcept((byte)7), Is.EqualTo(-1));
    }

    [Test]
    public void Freeze_and_its_rollback_walk_as_the_kernel_does()
    {
        SimulatedKernel kernel = new();
        SimulatedProcess process = kernel.StartProcess();
        int device = process.OpenDevice();
        foreach (string name in (string[])["a", "b", "c"])
        {
            int session = process.Create(device, name).Descriptor;
            for (ulong token = 1; token <= 3; token++)
            {
                process.Preserve(session, process.Memory(1), token);
            }
        }

        kernel.Inject(new SimulatedFault(Phase.Freeze, "c", 3, Errno.InputOutput, 1));
        Assert.That(process.TryKexec().Error, Is.EqualTo(Errno.InputOutput));
        Assert.That(Orders(kernel, SimulationEventKind.Freeze), Is.EqualTo("a1 a2 a3 b1 b2 b3 c1 c2"));
        Assert.That(Orders(kernel, SimulationEventKind.Unfreeze), Is.EqualTo("c1 c2 b1 b2 b3 a1 a2 a3"));

        SimulatedProcess next = process.Kexec();
        int incoming = next.RetrieveSession(next.OpenDevice(), "b").Descriptor;
        next.RetrieveFile(incoming, 3);
        next.Finish(incoming);
        Assert.That(Orders(kernel, SimulationEventKind.AskFinish), Is.EqualTo("b1 b2 b3"));
        Assert.That(
            Orders(kernel, SimulationEventKind.Finish, SimulationEventKind.Discard), Is.EqualTo("b3 b2 b1"));
    }

    [Test]
    public void Closing_a_session_unpreserves_backward_and_gives_everything_back()
    {
        SimulatedKernel kernel = new();
        SimulatedProcess process = kernel.StartProcess();
        SimulatedProcess child = process.Fork();
        int session = child.Create(child.OpenDevice(), "a").Descriptor;
        long free = kernel.FreeBytes;
        child.Preserve(session, child.Memory(5000), 1);
        child.Preserve(session, child.Memory(5000), 2);
        child.End();
        Assert.That(Orders(kernel, SimulationEventKind.Unpreserve), Is.EqualTo("a2 a1"));
        Assert.That(kernel.FreeBytes, Is.EqualTo(free));
        Assert.That(process.Create(process.OpenDevice(), "a").IsDone, Is.True);
    }

    [Test]
    public void A_process_of_a_kernel_that_jumped_is_gone()
    {
        SimulatedProcess process = new SimulatedKernel().StartProcess();
        process.Kexec();
        Assert.That(() => process.CreateEvent(), Throws.InvalidOperationException);
    }

    private static string Orders(SimulatedKernel kernel, params SimulationEventKind[] kinds) => string.Join(
        ' ',
        kernel.Events.Where(found => kinds.Contains(found.Kind) && found.Error == Errno.None)
            .Select(found => $"{found.Session}{found.Token}"));
}
