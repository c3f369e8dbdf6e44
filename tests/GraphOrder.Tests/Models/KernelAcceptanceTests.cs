using System.Text;

using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Models;

/// <summary>What Linux 7.3.4 refuses, at the very edges of each limit.</summary>
[TestFixture]
public sealed class KernelAcceptanceTests
{
    private const long Page = 4096;
    private const long TiB = 1L << 40;

    [TestCase(TiB - Page, null)]
    [TestCase(TiB, "ENOMEM")]
    [TestCase(16 * TiB, "ENOMEM")]
    [TestCase(16 * TiB + Page, "EFBIG")]
    public void A_memfd_is_refused_from_1_TiB_on(long bytes, string? errno)
    {
        SessionSet set = Memfd(new ObjectFacts { Bytes = bytes });
        Diagnostic? found = Check(set, DiagnosticCode.MemfdTooLarge).SingleOrDefault();
        Assert.That(found?.Fact("errno"), Is.EqualTo(errno));
    }

    [TestCase(Seals.Exec, true)]
    [TestCase(Seals.Exec | Seals.Grow, true)]
    [TestCase(Seals.Seal | Seals.Shrink | Seals.Grow, false)]
    public void A_memfd_with_the_exec_seal_comes_back_read_only(Seals seals, bool isTold) =>
        Assert.That(
            Check(Memfd(new ObjectFacts { Seals = seals }), DiagnosticCode.ComesBackReadOnly),
            Has.Length.EqualTo(isTold ? 1 : 0));

    [TestCase(3 * Page, 0)]
    [TestCase(2 * Page, Page)]
    [TestCase(Page, 2 * Page)]
    public void Holes_are_what_the_extents_leave_out(long present, long holes)
    {
        SessionSet set = Memfd(new ObjectFacts
        {
            Bytes = 3 * Page,
            Extents = [new FileExtent(0, 0x100000, present)],
        });
        Assert.That(
            Check(set, DiagnosticCode.HolesFilled).Select(found => found.Fact("bytes")),
            Is.EqualTo(holes == 0 ? Array.Empty<string>() : [$"{holes}"]));
    }

    [Test]
    public void The_same_inode_twice_is_an_error_wherever_it_lies()
    {
        ObjectFacts facts = new() { Inode = "1:42" };
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("a", out SessionId a)
            .AddSession("b", out SessionId b)
            .AddFile(a, "one", ObjectKind.Memfd, out _, facts: facts)
            .AddFile(b, "two", ObjectKind.Memfd, out _, facts: facts)
            .BuildSet();

        Diagnostic found = Check(set, DiagnosticCode.DuplicateInode).Single();
        Assert.That(found.IsError, Is.True);
        Assert.That(found.Subjects, Is.EqualTo(new[] { "one", "two" }));
    }

    [TestCase(50, false)]
    [TestCase(51, true)]
    [TestCase(52, false)]
    [TestCase(102, true)]
    public void A_full_block_of_sessions_is_told(int sessions, bool isTold)
    {
        DependencyGraphBuilder builder = new();
        for (int i = 0; i < sessions; i++)
        {
            builder.AddSession($"s{i}", out _);
        }

        Diagnostic[] found = Check(builder.BuildSet(), DiagnosticCode.BlockEdge);
        Assert.That(found, Has.Length.EqualTo(isTold ? 1 : 0));
    }

    [TestCase(63, false)]
    [TestCase(64, true)]
    public void There_are_at_most_63_file_lifecycle_bound_objects(int flbs, bool isTold)
    {
        DependencyGraphBuilder builder = new();
        for (int i = 0; i < flbs; i++)
        {
            builder.AddKernelObject($"flb{i}", ObjectKind.Flb, out _);
        }

        Diagnostic[] found = Check(builder.BuildSet(), DiagnosticCode.TooManyFlbs);
        Assert.That(found, Has.Length.EqualTo(isTold ? 1 : 0));
    }

    [TestCase(44_721, false, Description = "44,721 x 44,720 / 2 = 999,961,560")]
    [TestCase(44_722, true, Description = "44,722 x 44,721 / 2 = 1,000,006,281")]
    public void A_list_that_is_searched_too_often_is_told(int files, bool isTold)
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder().AddSession("s", out SessionId s);
        for (int i = 0; i < files; i++)
        {
            builder.AddFile(s, $"f{i}", ObjectKind.Memfd, out _);
        }

        Diagnostic[] found = Check(builder.BuildSet(), DiagnosticCode.SlowLists);
        Assert.That(found.Select(d => d.Subjects[0]), Is.EqualTo(isTold ? ["session:s"] : Array.Empty<string>()));
    }

    [Test]
    public void A_kind_without_a_handler_gets_one_warning_and_a_huge_page_memfd_is_one()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s", out SessionId s)
            .AddFile(s, "ram", ObjectKind.Memfd, out _)
            .AddFile(s, "nic", ObjectKind.VfioDevice, out ObjectId nic)
            .AddFile(s, "gpu", ObjectKind.VfioDevice, out _)
            .AddFile(s, "huge", ObjectKind.MemfdHugetlb, out _)
            .AddObject(nic, "bar", ObjectKind.DmaBuf, out _)
            .BuildSet();

        Diagnostic[] found = Check(set, DiagnosticCode.NoHandler);
        Assert.That(
            found.Select(d => $"{d.Fact("kind")} {d.Fact("fileCount")} {d.Fact("errno")}"),
            Is.EqualTo(new[] { "vfio-device 2 ENOENT", "memfd-hugetlb 1 ENOENT" }));
    }

    [TestCase("7.3.4", "7.3.4", 0)]
    [TestCase("7.3.4", "7.9.0", 1)]
    [TestCase("6.1.0", "7.9.0", 2)]
    public void A_kernel_that_is_not_known_is_told(string kernel, string next, int told)
    {
        SessionSet set = Read($$"""
            { "schema": "graphorder/session-set/1", "host": { "kernel": "{{kernel}}", "nextKernel": "{{next}}" },
              "sessions": [], "objects": [], "dependencies": [] }
            """);
        Assert.That(Check(set, DiagnosticCode.UnknownKernel), Has.Length.EqualTo(told));
    }

    [TestCase(2 << 20, false, Description = "8 bytes for each of 262,144 pages")]
    [TestCase((2 << 20) - 1, true)]
    public void Preserving_a_memfd_wants_8_bytes_a_page(long free, bool isTold)
    {
        SessionSet set = Read($$"""
            { "schema": "graphorder/session-set/1", "host": { "kernel": "7.3.4", "freeBytes": {{free}} },
              "sessions": [ { "name": "s" } ],
              "objects": [ { "id": "ram", "kind": "memfd", "session": "s", "bytes": {{1L << 30}} } ],
              "dependencies": [] }
            """);
        Diagnostic[] found = Check(set, DiagnosticCode.NotEnoughMemory);
        Assert.That(found.Select(d => d.Fact("needed")), Is.EqualTo(isTold ? ["2097152"] : Array.Empty<string>()));
    }

    [TestCase(3 << 20, false, Description = "a hole of 1 MiB and 8 bytes for each of 262,144 pages")]
    [TestCase((3 << 20) - 1, true)]
    public void Preserving_fills_holes_too(long free, bool isTold)
    {
        SessionSet set = Read($$"""
            { "schema": "graphorder/session-set/1", "host": { "freeBytes": {{free}} },
              "sessions": [ { "name": "s" } ],
              "objects": [ { "id": "ram", "kind": "memfd", "session": "s", "bytes": {{1L << 30}}, "extents":
                [ { "offset": "0x0", "physical": "0x0", "bytes": {{(1L << 30) - (1L << 20)}} } ] } ] }
            """);
        Diagnostic[] found = Check(set, DiagnosticCode.NotEnoughMemory);
        Assert.That(found.Select(d => d.Fact("needed")), Is.EqualTo(isTold ? ["3145728"] : Array.Empty<string>()));
    }

    [Test]
    public void A_refusal_is_found_behind_a_thousand_warnings_of_other_codes()
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder().AddSession("s", out SessionId s);
        for (int i = 0; i < 1_000; i++)
        {
            builder.AddFile(s, $"f{i}", ObjectKind.Memfd, out _, facts: new ObjectFacts
            {
                Bytes = 8192,
                Extents = [new FileExtent(0, (ulong)i << 12, 4096)],
            });
        }

        SessionSet set = builder.BuildSet();
        SessionSet crowded = new(set.Ids, set.SessionNames)
        {
            Sessions = set.Sessions,
            Objects = set.Objects,
            Host = new HostFacts { FreeBytes = 1 },
        };
        PlanResult result = Planner.Plan(crowded, KernelPair.Linux73);
        Assert.That(result.Diagnostics.Count(d => d.Code == DiagnosticCode.HolesFilled), Is.EqualTo(100));
        Assert.That(result.Diagnostics.Any(d => d.Code == DiagnosticCode.NotEnoughMemory), Is.True);
        Assert.That(
            result.Diagnostics.Single(d => d.Code == DiagnosticCode.MoreProblems).Fact("of"), Is.EqualTo("GO4011"));
    }

    [TestCase(null, null, "linux-7.3")]
    [TestCase("linux-next", null, "linux-next")]
    [TestCase("7.3.4", "linux-next", "linux-7.3:linux-next")]
    [TestCase("6.1.0", "7.3.4", "linux-7.3", Description = "a kernel that is not known is taken for 7.3.4")]
    public void The_kernels_are_those_that_the_host_names(string? kernel, string? next, string model) =>
        Assert.That(
            KernelPair.Of(new HostFacts { Kernel = kernel, NextKernel = next }).ModelName, Is.EqualTo(model));

    [TestCase(true)]
    [TestCase(false)]
    public void That_the_order_is_legal_is_said_only_where_it_is(bool isLegal)
    {
        DependencyGraphBuilder builder = Small.TwoFiles(out ObjectId ram, out ObjectId iommufd)
            .AddDependency(iommufd, on: ram, PhaseSet.Default);
        Diagnostic warning = Planner.Plan(
            (isLegal ? builder : builder.AddDependency(ram, on: iommufd, PhaseSet.Default)).BuildSet(),
            KernelPair.Linux73).Diagnostics.Single(d => d.Code == DiagnosticCode.NoHandler);
        Assert.That(
            DiagnosticSentences.Sentence(warning),
            isLegal ? Does.StartWith("The order is legal; Linux") : Does.StartWith("Linux 7.3.4 itself"));
    }

    [Test]
    public void What_was_not_walked_is_named()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s", out SessionId s)
            .AddFile(s, "iommufd", ObjectKind.Iommufd, out ObjectId iommufd)
            .AddObject(iommufd, "domain", ObjectKind.IommuDomain, out _, new ObjectFacts
            {
                PageTable = new PageTableFacts("vtd-second-stage", 3, 0x1000),
            })
            .BuildSet();
        Assert.That(
            Check(set, DiagnosticCode.PageTablesNotWalked).Single().Subjects,
            Is.EqualTo(new[] { "domain" }));
    }

    [TestCase("linux-7.3", "linux-next", "preserving iommufd ENOENT")]
    [TestCase("linux-next", "linux-7.3", "retrieving iommufd EIO iommufd-v1")]
    [TestCase("linux-next", "linux-next", "")]
    [TestCase("explicit-graph", "explicit-graph", "preserving iommufd ENOENT")]
    public void The_old_kernel_needs_a_handler_and_the_next_one_the_string_that_it_writes(
        string old, string next, string expected)
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s", out SessionId s)
            .AddFile(s, "ram", ObjectKind.Memfd, out _)
            .AddFile(s, "iommufd", ObjectKind.Iommufd, out _)
            .BuildSet();
        Assert.That(KernelPair.TryFindByModel($"{old}:{next}", out KernelPair? kernels), Is.True);
        DiagnosticList found = new();
        KernelAcceptance.Check(DependencyGraph.Of(set), kernels!, found);
        Assert.That(
            string.Join(", ", found.ToImmutable()
                .Where(each => each.Code == DiagnosticCode.NoHandler)
                .Select(each => string.Join(' ', each.Fact("act"), each.Fact("kind"), each.Fact("errno"),
                    each.Fact("compatible")).Trim())),
            Is.EqualTo(expected));
        Assert.That(kernels!.Old.IsHypothetical, Is.EqualTo(old == "explicit-graph"));
    }

    private static SessionSet Memfd(ObjectFacts facts) => new DependencyGraphBuilder()
        .AddSession("s", out SessionId s)
        .AddFile(s, "ram", ObjectKind.Memfd, out _, facts: facts)
        .BuildSet();

    private static SessionSet Read(string json) =>
        SessionSet.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    private static Diagnostic[] Check(SessionSet set, DiagnosticCode code)
    {
        DiagnosticList found = new();
        KernelAcceptance.Check(DependencyGraph.Of(set), KernelPair.Linux73, found);
        return [.. found.ToImmutable().Where(diagnostic => diagnostic.Code == code)];
    }
}
