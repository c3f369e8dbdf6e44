using System.Text.Json;

namespace GraphOrder.LiveUpdate.Tests;

[TestFixture]
public sealed class HostImportTests
{
    private static HostTree Machine()
    {
        HostTree tree = new();
        tree.Process(
            200, "qemu-system-x86",
            (3, "/memfd:ram (deleted)"), (4, "/dev/iommu"), (5, "/dev/vfio/devices/vfio0"),
            (6, "anon_inode:kvm-vm"), (7, "anon_inode:kvm-vcpu:0"), (8, "anon_inode:kvm-vcpu:1"), (9, "socket:[77]"),
            (10, "/memfd:memory (deleted)"), (11, "/dmabuf:"));
        tree.Inode(200, 3, 5001);
        tree.Inode(200, 10, 5002);
        tree.Map(200, "7f0000000000-7f0000200000 rw-s 00000000 00:01 5001                       /memfd:ram (deleted)");
        tree.Link("sys/class/vfio-dev/vfio0", "../../devices/pci0000:80/0000:80:01.0/0000:81:00.0/vfio-dev/vfio0");
        tree.Link("sys/bus/pci/devices/0000:81:00.0/iommu_group", "../../../../kernel/iommu_groups/17");

        // It has a lower number than the machine whose memory it shares, and state of its own.
        tree.Process(100, "spdk_tgt", (20, "/memfd:ram (deleted)"), (21, "/memfd:state (deleted)"));
        tree.Inode(100, 20, 5001);
        tree.Inode(100, 21, 5003);
        tree.Map(100, "7f0000000000-7f0000200000 rw-s 00000000 00:01 5001                       /memfd:ram (deleted)");

        // One that only shares; one that only maps; one that holds sessions; one that holds nothing.
        tree.Process(101, "dpdk:0", (5, "/memfd:ram (deleted)"));
        tree.Inode(101, 5, 5001);
        tree.Process(102, "mapper");
        tree.Map(102, "7f0000000000-7f0000001000 rw-s 00000000 00:01 5009                       /memfd:gone (deleted)");
        tree.Process(
            300, "luo-agent", (3, "/dev/liveupdate"), (4, "anon_inode:[luo_session] vm-07"), (5, "/memfd:db (deleted)"));
        tree.Inode(300, 5, 5010);
        tree.Process(301, "bash", (0, "/dev/pts/0"), (1, "/memfd:"));
        return tree;
    }

    [Test]
    public void A_made_up_host_is_imported_as_it_always_was()
    {
        using HostTree tree = Machine();
        HandOverImportTests.Sound(HostImport.Read(tree.Root), out string document);

        Golden.Compare(
            Repository.In("tests", "GraphOrder.LiveUpdate.Tests", "Golden", "Importing", "host.json"), document);
    }

    [Test]
    public void A_shared_inode_is_one_object_of_the_machine_that_it_is_memory_of()
    {
        using HostTree tree = Machine();
        SessionSet set = HandOverImportTests.Sound(HostImport.Read(tree.Root), out _);

        string[] owners =
        [
            .. Enumerable.Range(0, set.Objects.Length).Where(i => set.Objects[i].Facts.Inode == "0:1:5001")
                .Select(i => set.NameOf(new ObjectId(i))),
        ];
        Assert.That(owners, Is.EqualTo(new[] { "qemu-system-x86-200/ram" }));
        DeclaredDependency dependency = set.Dependencies.Single();
        Assert.That(set.NameOf(dependency.Dependent), Is.EqualTo("session:spdk_tgt-100"));
        Assert.That(set.NameOf(dependency.On), Is.EqualTo("qemu-system-x86-200/ram"));
        PlanResult result = PlanRequest.Answer(set, KernelPair.Linux73, new PlanOptions()).Result;
        Assert.That(result.TryGetPlan(out _), Is.True);
    }

    [Test]
    public void A_host_without_anything_is_an_empty_set_that_says_so()
    {
        using HostTree tree = new();
        tree.Process(1, "init", (0, "/dev/null"));
        ImportResult result = HostImport.Read(tree.Root);
        SessionSet set = HandOverImportTests.Sound(result, out _);

        Assert.That(set.Objects, Is.Empty);
        Assert.That(result.Diagnostics.Single().Code, Is.EqualTo(DiagnosticCode.ImportFoundNothing));
        Assert.That(
            PlanRequest.Answer(set, KernelPair.Of(set.Host), new PlanOptions()).IsAccepted, Is.True);
    }

    [Test]
    public void Processes_that_share_memory_both_ways_have_no_cycle()
    {
        using HostTree tree = new();
        for (int process = 10; process < 20; process++)
        {
            (int, string)[] files = [.. Enumerable.Range(1, 10).Select(i => (i, $"/memfd:m{i} (deleted)"))];
            tree.Process(process, "mesh", [.. files, (11, "/memfd:own (deleted)")]);
            for (int i = 1; i <= 10; i++)
            {
                tree.Inode(process, i, 100 + i);
            }

            tree.Inode(process, 11, 200 + process);
        }

        SessionSet set = HandOverImportTests.Sound(HostImport.Read(tree.Root), out _);

        Assert.That(set.Objects, Has.Length.EqualTo(20));
        Assert.That(set.Dependencies, Has.Length.EqualTo(90));
        Assert.That(PlanRequest.Answer(set, KernelPair.Linux73, new PlanOptions()).IsAccepted, Is.True);
    }

    [Test]
    public void What_is_longer_than_anything_of_a_host_is_not_read_and_told()
    {
        using HostTree tree = new();
        tree.Process(7, "vmm", (3, "/memfd:ram (deleted)"));
        tree.Map(7, new string('x', 17 << 20));

        SessionSet set = HandOverImportTests.Sound(HostImport.Read(tree.Root), out string document);

        Assert.That(set.Objects, Has.Length.EqualTo(1));
        Assert.That(document, Does.Contain("what process 7 (vmm) maps"));
    }

    [Test]
    public void Random_trees_never_throw()
    {
        string[] links =
        [
            "/memfd: (deleted)", "/memfd:\u0001\"x", "anon_inode:[luo_session] ", "/dev/iommu", "/dev/vfio/devices/",
            "anon_inode:kvm-vm", "anon_inode:kvm-vcpu", "anon_inode:[kvm-gmem]", "x", "anon_inode:[luo_session] s",
        ];
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            using HostTree tree = new();
            for (int process = 1; process <= random.Next(1, 6); process++)
            {
                (int, string)[] files =
                [
                    .. Enumerable.Range(0, random.Next(8)).Select(i => (i, links[random.Next(links.Length)])),
                ];
                tree.Process(process, random.Next(3) == 0 ? "" : new string((char)random.Next(33, 400), 9), files);
                tree.Map(process, links[random.Next(links.Length)]);
                tree.Map(process, $"0-1 rw-s 0 zz:01 {random.Next()} /memfd:a b c");
                tree.Inode(process, 0, random.Next(3));
            }

            ImportResult result = HostImport.Read(tree.Root);
            Assert.That(result.TryGetSet(out _), Is.True, $"{seed}: " + string.Join("\n",
                result.Diagnostics.Select(DiagnosticSentences.Message)));
        }
    }

    [Test]
    public void The_machine_itself_shows_a_memfd_with_size_seals_and_inode()
    {
        LinuxCalls calls = new();
        CallResult made = calls.CreateMemory("graph-order-test"u8, MemoryModes.AllowSealing);
        Assert.That(made.IsDone, Is.True);
        calls.SetLength(made.Descriptor, 12_345);
        calls.AddSeals(made.Descriptor, Seals.Shrink | Seals.Grow);
        calls.Status(made.Descriptor, out FileStatus status);

        // A program that this process starts inherits what does not close on exec, and is another process.
        using System.Diagnostics.Process sleeper = System.Diagnostics.Process.Start("sleep", "60");
        try
        {
            ImportResult result = HostImport.Read();
            SessionSet set = HandOverImportTests.Sound(result, out string document);
            string id = $"sleep-{sleeper.Id}/graph-order-test";
            JsonElement found = JsonDocument.Parse(document).RootElement.GetProperty("objects").EnumerateArray()
                .Single(entry => entry.GetProperty("id").GetString() == id);
            Assert.That(found.GetProperty("kind").GetString(), Is.EqualTo("memfd"));
            Assert.That(found.GetProperty("bytes").GetInt64(), Is.EqualTo(12_345));
            Assert.That(found.GetProperty("seals").GetRawText(), Is.EqualTo("[\"shrink\",\"grow\"]"));
            Assert.That(
                found.GetProperty("inode").GetString(),
                Is.EqualTo($"{status.Device >> 32}:{status.Device & uint.MaxValue}:{status.Inode}"));
            Assert.That(found.GetProperty("session").GetString(), Is.EqualTo($"sleep-{sleeper.Id}"));
            Assert.That(set.Sessions.Select(session => session.Name.Text), Does.Contain($"sleep-{sleeper.Id}"));
        }
        finally
        {
            sleeper.Kill();
            calls.Close(made.Descriptor);
        }
    }
}
