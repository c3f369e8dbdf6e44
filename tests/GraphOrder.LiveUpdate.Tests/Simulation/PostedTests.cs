namespace GraphOrder.LiveUpdate.Tests.Simulation;

/// <summary>What the posted series ask for, kind by kind.</summary>
[TestFixture]
public sealed class PostedTests
{
    private const Seals Sealed = Seals.Seal | Seals.Shrink | Seals.Grow;

    private SimulatedKernel _kernel = null!;
    private SimulatedProcess _process = null!;
    private int _device;
    private int _session;

    [SetUp]
    public void Start()
    {
        _kernel = new SimulatedKernel(new SimulationOptions
        {
            Handlers =
            [
                ObjectKind.Iommufd, ObjectKind.VfioDevice, ObjectKind.GuestMemfd, ObjectKind.KvmVm,
                ObjectKind.KvmVcpu,
            ],
        });
        _process = _kernel.StartProcess();
        _device = _process.OpenDevice();
        _session = _process.Create(_device, "vm").Descriptor;
    }

    [Test]
    public void An_iommufd_wants_its_memory_in_front_of_it_in_its_session()
    {
        int memory = Memory(Sealed);
        int iommufd = Iommufd(memory);
        Assert.That(_process.Preserve(_session, iommufd, 1).Error, Is.EqualTo(Errno.NoEntry));
        int other = _process.Create(_device, "other").Descriptor;
        _process.Preserve(other, memory, 1);
        Assert.That(_process.Preserve(_session, iommufd, 1).Error, Is.EqualTo(Errno.NoEntry));
        _process.Close(other);
        _process.Preserve(_session, memory, 2);
        Assert.That(_process.Preserve(_session, iommufd, 1).IsDone, Is.True);
        Assert.That(_process.Map(iommufd, 0, memory).Error, Is.EqualTo(Errno.Busy));
    }

    [TestCase(Seals.None)]
    [TestCase(Seals.Shrink | Seals.Grow)]
    public void An_iommufd_wants_memory_that_was_sealed_as_it_was_mapped(Seals seals)
    {
        int memory = Memory(seals);
        int iommufd = Iommufd(memory);
        _process.AddSeals(memory, Sealed);
        _process.Preserve(_session, memory, 2);
        Assert.That(_process.Preserve(_session, iommufd, 1).Error, Is.EqualTo(Errno.Invalid));
    }

    [Test]
    public void An_iommufd_maps_files_alone()
    {
        int iommufd = Iommufd(-1);
        Assert.That(_process.Preserve(_session, iommufd, 1).Error, Is.EqualTo(Errno.Invalid));
    }

    [Test]
    public void A_device_wants_its_iommufd_in_front_of_it_and_dies_in_the_freeze()
    {
        int memory = Memory(Sealed);
        int iommufd = Iommufd(memory);
        int device = _process.CreateDevice("0000:81:00.0").Descriptor;
        Assert.That(_process.Preserve(_session, device, 3).Error, Is.EqualTo(Errno.Invalid));
        _process.Attach(device, iommufd, 0);
        Assert.That(_process.Preserve(_session, device, 3).Error, Is.EqualTo(Errno.NoEntry));
        _process.Preserve(_session, memory, 1);
        _process.Preserve(_session, iommufd, 2);
        Assert.That(_process.Preserve(_session, device, 3).IsDone, Is.True);

        _process.Run(device, true);
        Assert.That(_process.TryKexec().Error, Is.EqualTo(Errno.Invalid));
        _process.Run(device, false);
        _kernel.Inject(new SimulatedFault(Phase.Freeze, "vm", 9, Errno.InputOutput, 1));
        _process.Preserve(_session, Memory(Sealed), 9);
        Assert.That(_process.TryKexec().Error, Is.EqualTo(Errno.InputOutput));
        Assert.That(_process.Run(device, false).Error, Is.EqualTo(Errno.InputOutput), "dead for good");
    }

    [Test]
    public void A_session_finishes_once_tables_have_owners_and_devices_are_open()
    {
        int memory = Memory(Sealed);
        int iommufd = Iommufd(memory);
        int device = _process.CreateDevice("0000:81:00.0").Descriptor;
        _process.Attach(device, iommufd, 0);
        _process.Preserve(_session, memory, 1);
        _process.Preserve(_session, iommufd, 2);
        _process.Preserve(_session, device, 3);
        SimulatedProcess next = _process.Kexec();
        int session = next.RetrieveSession(next.OpenDevice(), "vm").Descriptor;
        int back = next.RetrieveFile(session, 2).Descriptor;
        next.Reclaim(back, 77);
        Assert.That(next.Finish(session).Error, Is.EqualTo(Errno.Busy), "the device is not retrieved");
        int held = next.RetrieveFile(session, 3).Descriptor;
        next.Attach(held, back, 0);
        Assert.That(next.Finish(session).Error, Is.EqualTo(Errno.Busy), "it is attached to the old table");
        next.Attach(held, back, next.CreateTable(back, next.CreateSpace(back).Value).Value);
        Assert.That(next.Finish(session).IsDone, Is.True);
    }

    [Test]
    public void Guest_memory_wants_its_machine_at_the_freeze_and_fetches_it()
    {
        int machine = _process.CreateFile(ObjectKind.KvmVm, "vm").Descriptor;
        int memory = _process.CreatePart(ObjectKind.GuestMemfd, machine).Descriptor;
        Assert.That(_process.Preserve(_session, memory, 1).IsDone, Is.True);
        Assert.That(_process.TryKexec().Error, Is.EqualTo(Errno.NoEntry));
        _process.Preserve(_session, machine, 2);
        SimulatedProcess next = _process.Kexec();
        int session = next.RetrieveSession(next.OpenDevice(), "vm").Descriptor;
        Assert.That(next.RetrieveFile(session, 1).IsDone, Is.True);
        Assert.That(
            _kernel.Events.Where(found => found.Kind == SimulationEventKind.Retrieve)
                .Select(found => found.Token),
            Is.EqualTo(new ulong[] { 2, 1 }));
    }

    [Test]
    public void A_processor_wants_its_machine_first_and_rest()
    {
        int machine = _process.CreateFile(ObjectKind.KvmVm, "vm").Descriptor;
        int processor = _process.CreatePart(ObjectKind.KvmVcpu, machine).Descriptor;
        _process.Run(processor, true);
        Assert.That(_process.Preserve(_session, processor, 1).Error, Is.EqualTo(Errno.Busy));
        _process.Run(processor, false);
        Assert.That(_process.Preserve(_session, processor, 1).Error, Is.EqualTo(Errno.NoEntry));
        _process.Preserve(_session, machine, 2);
        Assert.That(_process.Preserve(_session, processor, 1).IsDone, Is.True);
    }

    private int Memory(Seals seals)
    {
        int memory = _process.Memory(4096);
        _process.AddSeals(memory, seals);
        return memory;
    }

    private int Iommufd(int memory)
    {
        int iommufd = _process.CreateFile(ObjectKind.Iommufd, "iommufd").Descriptor;
        _process.CreateSpace(iommufd);
        _process.Map(iommufd, 0, memory);
        _process.CreateTable(iommufd, 0);
        _process.Mark(iommufd, 0, 77);
        return iommufd;
    }
}
