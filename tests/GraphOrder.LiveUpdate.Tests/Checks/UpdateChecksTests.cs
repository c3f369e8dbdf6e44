using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// The traps are told before the kernel is asked for anything: by what descriptors show, not by what a set
/// says.
/// </summary>
public class UpdateChecksTests
{
    private const string Sealed = """
        { "schema": "graphorder/session-set/1", "sessions": [ { "name": "vm-01" } ],
          "objects": [
            { "id": "ram", "kind": "memfd", "session": "vm-01", "bytes": 8192, "seals": [ "seal", "shrink", "grow" ] },
            { "id": "state", "kind": "memfd", "session": "vm-01" } ] }
        """;

    private readonly SimulatedKernel _kernel = new();

    [Test]
    public void What_is_as_the_set_says_has_nothing_against_it()
    {
        SimulatedProcess process = _kernel.StartProcess();
        Assert.That(
            Check(Sealed, process, ("ram", Memory(process, 8192, Seals.Seal | Seals.Shrink | Seals.Grow)),
                ("state", Memory(process, 100, Seals.None))),
            Is.Empty);
    }

    [Test]
    public void A_missing_descriptor_is_told_by_name()
    {
        SimulatedProcess process = _kernel.StartProcess();
        Assert.That(
            Check(Sealed, process, ("state", Memory(process, 100, Seals.None))),
            Is.EqualTo(new[] { "GO6101 ram" }));
    }

    [Test]
    public void Size_and_seals_that_differ_are_told()
    {
        SimulatedProcess process = _kernel.StartProcess();
        Assert.That(
            Check(Sealed, process, ("ram", Memory(process, 4096, Seals.Grow)), ("state", Memory(process, 1, Seals.None))),
            Is.EqualTo(new[] { "GO6102 ram", "GO6102 ram" }));
    }

    [Test]
    public void A_descriptor_that_is_not_open_or_no_memfd_is_told()
    {
        SimulatedProcess process = _kernel.StartProcess();
        Assert.That(
            Check(Sealed, process, ("ram", 777), ("state", process.CreateEvent().Descriptor)),
            Is.EqualTo(new[] { "GO6102 ram", "GO6102 state" }));
    }

    [Test]
    public void Shared_memory_with_a_name_is_told_though_it_has_seals()
    {
        SimulatedProcess process = _kernel.StartProcess();
        int named = process.Open("/tmp/state"u8, OpenModes.ReadWrite | OpenModes.Create).Descriptor;
        Assert.That(process.GetSeals(named).IsDone);
        Assert.That(
            Check(Sealed, process, ("ram", Memory(process, 8192, Seals.Seal | Seals.Shrink | Seals.Grow)), ("state", named)),
            Is.EqualTo(new[] { "GO6102 state" }));
    }

    [Test]
    public void One_memfd_under_two_ids_is_told()
    {
        SimulatedProcess process = _kernel.StartProcess();
        int memory = Memory(process, 8192, Seals.Seal | Seals.Shrink | Seals.Grow);
        Assert.That(
            Check(Sealed, process, ("ram", memory), ("state", process.Duplicate(memory).Descriptor)),
            Has.Some.StartsWith("GO4002"));
    }

    [Test]
    public void A_memfd_that_would_come_back_read_only_is_told()
    {
        SimulatedProcess process = _kernel.StartProcess();
        int memory = process.CreateMemory("state"u8, MemoryModes.NoExecSeal).Descriptor;
        Assert.That(
            Check(Sealed, process, ("ram", Memory(process, 8192, Seals.Seal | Seals.Shrink | Seals.Grow)), ("state", memory)),
            Is.EqualTo(new[] { "GO4004 state" }));
    }

    [Test]
    public void A_memfd_of_a_tebibyte_is_told()
    {
        SimulatedProcess process = _kernel.StartProcess();
        Assert.That(
            Check(Sealed, process, ("ram", Memory(process, 8192, Seals.Seal | Seals.Shrink | Seals.Grow)),
                ("state", Memory(process, 1L << 40, Seals.None))),
            Is.EqualTo(new[] { "GO4003 state" }));
    }

    [Test]
    public void An_unsealed_memfd_under_an_iommufd_is_told_and_so_is_the_iommufd()
    {
        const string mapped = """
            { "schema": "graphorder/session-set/1", "sessions": [ { "name": "vm-01" } ],
              "objects": [
                { "id": "ram", "kind": "memfd", "session": "vm-01" },
                { "id": "iommufd", "kind": "iommufd", "session": "vm-01" },
                { "id": "domain", "kind": "iommu_domain", "within": "iommufd", "needs": [ "ram" ] } ] }
            """;
        SimulatedProcess process = _kernel.StartProcess();
        string[] found = Check(
            mapped, process, ("ram", Memory(process, 4096, Seals.None)), ("iommufd", Memory(process, 0, Seals.None)));
        Assert.That(found, Has.Some.StartsWith("GO4201 ram"));
        Assert.That(found, Has.Some.StartsWith("GO4001 iommufd"));
    }

    [Test]
    public void The_journals_own_name_is_taken()
    {
        SimulatedProcess process = _kernel.StartProcess();
        const string named = """
            { "schema": "graphorder/session-set/1", "sessions": [ { "name": "graphorder" } ], "objects": [] }
            """;
        Assert.That(Check(named, process), Is.EqualTo(new[] { "GO6107 graphorder" }));
    }

    [Test]
    public void Sessions_that_were_created_in_another_order_are_told()
    {
        const string two = """
            { "schema": "graphorder/session-set/1", "sessions": [ { "name": "a" }, { "name": "b" } ], "objects": [],
              "dependencies": [ { "dependent": "session:a", "on": "session:b", "phases": [ "freeze" ] } ] }
            """;
        UpdatePlan plan = PlanOf(two);
        DiagnosticList found = UpdateChecks.Check(
            plan,
            _kernel.StartProcess(),
            new UpdateDescriptors(plan.Set) { Device = 1 },
            ["a", "b"],
            CustodyKind.Luod,
            new HashSet<DiagnosticCode>());
        Assert.That(Told(found), Is.EqualTo(new[] { "GO6108 a b" }));
    }

    [TestCase(CustodyKind.Self, null, "")]
    [TestCase(CustodyKind.Systemd, null, "GO6103 b")]
    [TestCase(CustodyKind.Luod, null, "GO6103 a")]
    [TestCase(CustodyKind.Luod, 812, "GO6103 a")]
    [TestCase(CustodyKind.Luod, 1, "GO6103 b")]
    public void Each_session_must_be_held_by_whoever_has_custody(
        CustodyKind custody, int? holder, string expected)
    {
        DiagnosticList found = new();
        CustodyCheck.Check(
            ["a", "b"],
            custody,
            self: 7,
            holder,
            [new("a", 1, "systemd", 3), new("a", 7, "luod", 3), new("b", 812, "luod", 3), new("b", 7, "luod", 4)],
            found);
        Assert.That(string.Join(' ', Told(found)), Is.EqualTo(expected));
    }

    [Test]
    public void The_machine_is_asked_for_device_release_image_and_open_sessions()
    {
        SessionSet set = SessionSet.Read(new MemoryStream(Encoding.UTF8.GetBytes("""
            { "schema": "graphorder/session-set/1", "host": { "kernel": "7.3.4" },
              "sessions": [ { "name": "b", "created": true }, { "name": "a" } ], "objects": [] }
            """)));
        RunningHost good = new("7.3.4-luo", "boot", true, "liveupdate=on", true, SessionSight.None);
        Assert.That(Told(Asked(set, good)), Is.Empty);
        Assert.That(
            Asked(set, good).ToImmutable().Select(found => (found.Code, found.Severity)),
            Is.EqualTo(new[] { (DiagnosticCode.ImageUnproven, DiagnosticSeverity.Warning) }));
        Assert.That(Told(Asked(set, good with { Release = "7.3.40" })), Is.EqualTo(new[] { "GO6109" }));
        Assert.That(Told(Asked(set, good with { HasDevice = false })), Is.EqualTo(new[] { "GO6106" }));
        Assert.That(Told(Asked(set, good with { IsImageLoaded = false })), Is.EqualTo(new[] { "GO6104" }));
        Assert.That(
            Told(Asked(set, good with { Sight = new([new("a", 5, "vmm", 3), new("b", 5, "vmm", 4), new("c", 5, "vmm", 5)], [5], true) })),
            Is.EqualTo(new[] { "GO6105 a" }));
    }

    [Test]
    public void Who_creates_the_journals_session_must_find_its_name_free()
    {
        RunningHost host = new("7.3.4", "boot", true, "", true, SessionSight.None);
        DiagnosticList found = new();
        HostChecks.CheckJournalName(host with { Sight = new([new("vm-01", 5, "vmm", 3)], [5], true) }, found);
        Assert.That(Told(found), Is.Empty);

        HostChecks.CheckJournalName(
            host with { Sight = new([new("graphorder", 5, "vmm", 3), new("graphorder", 6, "vmm", 3)], [5, 6], true) }, found);
        Assert.That(Told(found), Is.EqualTo(new[] { "GO6105 graphorder" }));
    }

    private static DiagnosticList Asked(SessionSet set, RunningHost host)
    {
        DiagnosticList found = new();
        HostChecks.Check(set, host, found);
        return found;
    }

    private static int Memory(SimulatedProcess process, long bytes, Seals seals)
    {
        int memory = process.CreateMemory("memory"u8, MemoryModes.AllowSealing).Descriptor;
        Assert.That(process.SetLength(memory, bytes).IsDone);
        Assert.That(seals == Seals.None || process.AddSeals(memory, seals).IsDone);
        return memory;
    }

    private static UpdatePlan PlanOf(string document)
    {
        SessionSet set = SessionSet.Read(new MemoryStream(Encoding.UTF8.GetBytes(document)));
        Assert.That(Planner.Plan(set, KernelPair.Linux73).TryGetPlan(out Plan? plan));
        return UpdatePlan.Of(set, plan!, document, "");
    }

    private static string[] Check(
        string document, SimulatedProcess process, params (string Id, int Descriptor)[] given)
    {
        UpdatePlan plan = PlanOf(document);
        UpdateDescriptors descriptors = new(plan.Set) { Device = 1 };
        foreach ((string id, int descriptor) in given)
        {
            Assert.That(plan.Set.TryFind(id, out ObjectId file));
            descriptors[file] = descriptor;
        }

        DiagnosticList found = UpdateChecks.Check(
            plan, process, descriptors, [], CustodyKind.Luod, new HashSet<DiagnosticCode>());
        Assert.That(process.Kernel.Events, Is.Empty, "the kernel was asked for nothing");
        return Told(found);
    }

    private static string[] Told(DiagnosticList found) =>
    [
        .. found.ToImmutable().Where(each => each.IsError)
            .Select(each => $"{each.Code.Text()} {string.Join(' ', each.Subjects)}".Trim()),
    ];
}
