using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// A machine with two guests, and a process beside the one that runs the plan, which holds what it is given:
/// luod and the guests' own processes in one.
/// </summary>
internal sealed class UpdateWorld
{
    private const string Document = """
        { "schema": "graphorder/session-set/1",
          "sessions": [ { "name": "vm-01" }, { "name": "vm-02" } ],
          "objects": [
            { "id": "vm-01/ram", "kind": "memfd", "session": "vm-01", "token": "0x1", "bytes": 20480 },
            { "id": "vm-01/state", "kind": "memfd", "session": "vm-01", "token": "0x2", "describes": [ "vm-01/ram" ] },
            { "id": "vm-02/ram", "kind": "memfd", "session": "vm-02", "token": "0x1" },
            { "id": "vm-02/state", "kind": "memfd", "session": "vm-02", "token": "0x2", "describes": [ "vm-02/ram" ] },
            { "id": "pause", "kind": "act", "session": "vm-01", "phase": "preserve", "when": "late" },
            { "id": "resume", "kind": "act", "session": "vm-01", "phase": "retrieve" } ],
          "dependencies": [
            { "dependent": "vm-02/ram", "on": "vm-01/ram", "phases": [ "preserve", "finish" ], "declaredBy": "vmm" },
            { "dependent": "resume", "on": "vm-01/ram", "phases": [ "retrieve" ] },
            { "dependent": "vm-01/state", "on": "pause", "phases": [ "preserve" ] } ] }
        """;

    private const int Bytes = 20_480;

    private static readonly string[] Ids = ["vm-01/ram", "vm-01/state", "vm-02/ram", "vm-02/state"];

    private readonly Dictionary<string, int> _files = [];
    private readonly Dictionary<string, int> _sessions = [];
    private SimulatedProcess _agent;
    private int _device = -1;

    /// <summary>A machine before the update.</summary>
    /// <param name="custody">Who holds the sessions.</param>
    /// <param name="more">More objects, each with a comma behind it.</param>
    public UpdateWorld(CustodyKind custody, string more = "")
    {
        Custody = custody;
        string document = Document.Replace("\"objects\": [", $"\"objects\": [{more}");
        SessionSet set = SessionSet.Read(new MemoryStream(Encoding.UTF8.GetBytes(document)));
        Assert.That(Planner.Plan(set, KernelPair.Linux73).TryGetPlan(out Plan? plan));
        MemoryStream written = new();
        PlanWriter.Write(written, PlanResultOf(set));
        Plan = UpdatePlan.Of(set, plan!, document, Encoding.UTF8.GetString(written.ToArray()));
        Kernel = new SimulatedKernel();
        Kernel.PlaceFile("/kernel", "image"u8);
        _agent = Kernel.StartProcess();
        foreach (string id in Ids)
        {
            int memory = _agent.CreateMemory("ram"u8, MemoryModes.AllowSealing).Descriptor;
            Assert.That(_agent.SetLength(memory, Bytes).IsDone);
            Assert.That(_agent.WriteAt(memory, Encoding.UTF8.GetBytes(id), 5000).IsDone);
            _files[id] = memory;
        }

        if (custody == CustodyKind.Luod)
        {
            _device = _agent.OpenDevice().Descriptor;
            foreach (SessionName name in plan!.Sessions.Create)
            {
                _sessions[name.Text] = _agent.CreateSession(_device, name).Descriptor;
            }

            _sessions["graphorder"] = _agent.CreateSession(_device, new SessionName("graphorder")).Descriptor;
        }
    }

    public CustodyKind Custody { get; }

    public UpdatePlan Plan { get; }

    public SimulatedKernel Kernel { get; private set; }

    public SimulatedKernel? OldKernel { get; private set; }

    public FakeActs Acts { get; } = new();

    /// <summary>Whether somebody takes what is retrieved; else the runner alone has it.</summary>
    public bool HasTaker { get; init; } = true;

    /// <summary>The process that runs the plan.</summary>
    public SimulatedProcess Runner { get; private set; } = null!;

    public string Boot => $"boot-{Kernel.Number}";

    /// <summary>What the runner retrieved and somebody took over, by id.</summary>
    public Dictionary<string, (SimulatedProcess Holder, int Descriptor)> Taken { get; } = [];

    /// <summary>Starts the process that runs the plan; under luod's custody it gets copies of all.</summary>
    public RunContext Start(JournalWriter writer)
    {
        Runner = _agent.Fork();
        UpdateDescriptors descriptors = new(Plan.Set);
        foreach ((string id, int descriptor) in _files)
        {
            descriptors[Find(id)] = descriptor;
        }

        foreach ((string name, int descriptor) in _sessions)
        {
            if (Plan.Set.TryFindSession(name, out SessionId session))
            {
                descriptors[session] = descriptor;
            }
            else
            {
                descriptors.Journal = descriptor;
            }
        }

        if (Custody == CustodyKind.Self)
        {
            CallResult image = Runner.Open("/kernel"u8, OpenModes.ReadOnly);
            Assert.That(Runner.LoadKernel(image.Descriptor, -1, "liveupdate=on"u8).IsDone);
            descriptors.Device = Runner.OpenDevice().Descriptor;
        }

        return new RunContext(Runner, descriptors, writer, TimeProvider.System)
        {
            Acts = Acts,
            Taker = HasTaker ? new ForkingTaker(this) : null,
            Stable = new HashSet<string> { "vm-01/ram", "vm-01/state", "vm-02/ram", "vm-02/state" },
        };
    }

    /// <summary>Who has custody calls reboot.</summary>
    public void Jump()
    {
        if (Custody == CustodyKind.Luod)
        {
            CallResult image = _agent.Open("/kernel"u8, OpenModes.ReadOnly);
            Assert.That(_agent.LoadKernel(image.Descriptor, -1, "liveupdate=on"u8).IsDone);
            Assert.That(_agent.Jump().IsDone);
        }

        Boot2();
    }

    /// <summary>
    /// Takes the new kernel's side: luod retrieves every session, in the order of the plan.
    /// </summary>
    public void Boot2()
    {
        OldKernel = Kernel;
        Kernel = Kernel.Next!;
        Kernel.PlaceFile("/kernel", "image"u8);
        _agent = Kernel.StartProcess();
        _files.Clear();
        _sessions.Clear();
        if (Custody == CustodyKind.Luod)
        {
            _device = _agent.OpenDevice().Descriptor;
            foreach (SessionName name in (SessionName[])[new("graphorder"), .. Plan.Plan.Sessions.Retrieve])
            {
                _sessions[name.Text] = _agent.RetrieveSession(_device, name).Descriptor;
            }
        }
    }

    /// <summary>luod closes a session when it is asked to; what it says where it does not.</summary>
    public string? CloseSession(string name)
    {
        if (!_sessions.Remove(name, out int descriptor))
        {
            return "no such session";
        }

        Assert.That(_agent.Close(descriptor).IsDone);
        return null;
    }

    /// <summary>
    /// Every memory is where it was before the update, and can be made longer where the kernel let go of it.
    /// </summary>
    public void DemandAtHome(Func<string, bool> isLetGo)
    {
        foreach (string id in Ids)
        {
            byte[] read = new byte[id.Length];
            Assert.That(_agent.ReadAt(_files[id], read, 5000).IsDone);
            Assert.That(Encoding.UTF8.GetString(read), Is.EqualTo(id));
            bool isLonger = _agent.SetLength(_files[id], Bytes + 1).IsDone;
            Assert.That(_agent.SetLength(_files[id], Bytes).IsDone);
            Assert.That(isLonger, Is.EqualTo(isLetGo(id[..5])), id);
        }
    }

    /// <summary>The journal that came over in its own session, as the runner reads it.</summary>
    public byte[] ReadCopy(RunContext context)
    {
        if (context.Descriptors.Journal < 0)
        {
            context.Descriptors.Journal = Runner.RetrieveSession(
                context.Descriptors.Device, new SessionName("graphorder")).Descriptor;
        }

        CallResult copy = Runner.Retrieve(context.Descriptors.Journal, MemoryJournalStore.Token);
        Assert.That(copy.IsDone, copy.ToString());
        return MemoryJournalStore.Read(Runner, copy.Descriptor);
    }

    /// <summary>What identifies the machine in the journal; null for nothing.</summary>
    public string? Machine { get; init; }

    /// <summary>Everything that can be seen: luod, and the runner of the kernel that runs.</summary>
    public SessionSight Sight(bool isRunnerAlive)
    {
        IEnumerable<string> names = Custody == CustodyKind.Luod ? _sessions.Keys : [];
        return new SessionSight(
            [.. names.Select(name => new HeldSession(name, 812, "luod", 0))],
            isRunnerAlive ? [812, 100 * Kernel.Number] : [812],
            IsWhole: true);
    }

    public RunningHost Host(bool isRunnerAlive) =>
        new("7.3.4", Boot, HasDevice: true, "", IsImageLoaded: false, Sight(isRunnerAlive)) { Machine = Machine };

    public void DemandContent()
    {
        foreach (string id in Ids)
        {
            (SimulatedProcess holder, int descriptor) = Taken[id];
            byte[] read = new byte[id.Length];
            Assert.That(holder.ReadAt(descriptor, read, 5000).IsDone);
            Assert.That(Encoding.UTF8.GetString(read), Is.EqualTo(id));
        }
    }

    private static PlanResult PlanResultOf(SessionSet set) => Planner.Plan(set, KernelPair.Linux73);

    private ObjectId Find(string id)
    {
        Assert.That(Plan.Set.TryFind(id, out ObjectId found));
        return found;
    }

    /// <summary>A process that is forked right then holds what the runner holds.</summary>
    private sealed class ForkingTaker(UpdateWorld world) : IFileTaker
    {
        public string? Take(string id, string session, ulong token, int descriptor)
        {
            // Only the file: a copy of a session's descriptor would keep the session open.
            SimulatedProcess holder = world.Runner.Fork();
            for (int other = 0; other < 64; other++)
            {
                if (other != descriptor && holder.DescriptorFlags(other).IsDone)
                {
                    _ = holder.Close(other);
                }
            }

            world.Taken[id] = (holder, descriptor);
            return null;
        }
    }
}

/// <summary>Does acts by writing down that they were done.</summary>
internal sealed class FakeActs : IActRunner
{
    public List<string> Done { get; } = [];

    public string? Fails { get; set; }

    public string? Run(string act, string session, Phase phase)
    {
        if (act == Fails)
        {
            return "it said no";
        }

        Done.Add(act);
        return null;
    }
}
