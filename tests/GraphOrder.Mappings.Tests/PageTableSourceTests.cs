using System.Buffers.Binary;

namespace GraphOrder.Mappings.Tests;

/// <summary>What a table maps, against a map of single pages.</summary>
[TestFixture]
public sealed class PageTableSourceTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("graphorder-mappings-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void Owners_are_those_of_the_single_pages(int seed)
    {
        Random random = new(seed);
        for (int round = 0; round < 40; round++)
        {
            ShuffledCase made = new(random, usesFolios: round % 2 == 0);
            SessionSet set = made.Write(_folder);

            WalkedDomain walked = new PageTableSource(_folder).Walk(set).Single();

            Assert.That(walked.WhyNot, Is.Null, $"seed {seed}, round {round}");
            Assert.That(walked.Owners, Is.EqualTo(made.Owners()), $"seed {seed}, round {round}");
            Assert.That(
                walked.Findings.SingleOrDefault(found => found.Code == DiagnosticCode.OutputNotPreserved)
                    ?.Fact("bytes"),
                Is.EqualTo(made.StrayBytes == 0 ? null : $"{made.StrayBytes}"),
                $"seed {seed}, round {round}");
        }
    }

    [Test]
    public void What_cannot_be_walked_is_answered_with_a_reason()
    {
        byte[] elf32 = new byte[64];
        "\u007fELF\u0001\u0001\u0001"u8.CopyTo(elf32);
        File.WriteAllBytes(Path.Combine(_folder, "elf32.img"), elf32);
        (string Format, int Level, string? Image, string Reason)[] cases =
        [
            ("vtd-second-stage", 3, "none.img", "none.img cannot be read"),
            ("vtd-second-stage", 3, "elf32.img", "elf32.img is no image of memory that is known"),
            ("vtd-second-stage", 3, null, "no image is named"),
            ("sparc", 3, "raw.img", "the format 'sparc' is not known"),
            ("amd-v1", 9, "raw.img", "the format 'amd-v1' has no top level 9"),
        ];
        File.WriteAllBytes(Path.Combine(_folder, "raw.img"), new byte[4096]);
        foreach ((string format, int level, string? image, string reason) in cases)
        {
            SessionSet set = Set(new PageTableFacts(format, level, 0) { Image = image });
            SessionSet walked = set.With(new PageTableSource(_folder).Walk(set));

            Assert.That(walked.Walked.Single().WhyNot, Is.EqualTo(reason));
            PlanResult result = Planner.Plan(walked, KernelPair.Linux73);
            Diagnostic told = result.Diagnostics.Single(
                static found => found.Code == DiagnosticCode.PageTablesNotWalked);
            Assert.That(told.Fact("reason"), Is.EqualTo(reason));
        }
    }

    [Test]
    public void Extents_and_records_that_cannot_be_believed_are_told()
    {
        File.WriteAllBytes(Path.Combine(_folder, "raw.img"), new byte[4096]);
        File.WriteAllBytes(Path.Combine(_folder, "odd"), new byte[24]);
        byte[] unordered = new byte[32];
        unordered[8] = 1;
        File.WriteAllBytes(Path.Combine(_folder, "unordered"), unordered);
        (ObjectFacts Facts, string Reason)[] cases =
        [
            (new() { Folios = "none", Bytes = 4096 }, "ram: its folio records cannot be read"),
            (new() { Folios = "odd", Bytes = 8192 }, "ram: its folio records end inside a record"),
            (
                new() { Folios = "unordered", Bytes = 8192 },
                "ram: its folio records are not in the order of its pages"),
            (new() { Folios = "odd" }, "ram: its folio records need its size to end"),
            (
                new() { Extents = [new FileExtent(0, ulong.MaxValue - 4095, 8192)] },
                "ram: its extent at 0xfffffffffffff000 ends nowhere"),
            (
                new() { Extents = [new FileExtent(0, 0, 8192), new FileExtent(8192, 4096, 4096)] },
                "ram and ram claim the same memory at 0x1000"),
        ];
        foreach ((ObjectFacts facts, string reason) in cases)
        {
            PageTableFacts table = new("vtd-second-stage", 3, 0) { Image = "raw.img" };
            SessionSet set = new DependencyGraphBuilder()
                .AddSession("s", out SessionId session)
                .AddFile(session, "ram", ObjectKind.Memfd, out _, facts: facts)
                .AddFile(session, "iommufd", ObjectKind.Iommufd, out ObjectId iommufd)
                .AddObject(
                    iommufd, "domain", ObjectKind.IommuDomain, out _, new ObjectFacts { PageTable = table })
                .BuildSet();

            Assert.That(new PageTableSource(_folder).Walk(set).Single().WhyNot, Is.EqualTo(reason));
        }
    }

    [Test]
    public void A_table_with_a_fault_is_refused()
    {
        byte[] image = new byte[3 * 4096];
        BinaryPrimitives.WriteUInt64LittleEndian(image, 0x0000_0000_0000_0003);
        File.WriteAllBytes(Path.Combine(_folder, "loop.img"), image);
        SessionSet set = Set(new PageTableFacts("vtd-second-stage", 3, 0) { Image = "loop.img" });

        PlanResult result = Planner.Plan(
            set.With(new PageTableSource(_folder).Walk(set)), KernelPair.Linux73);

        Assert.That(result.IsLegal, Is.False, "a table that points to itself");
        Assert.That(result.Diagnostics.Where(static found => found.IsError).Select(
            static found => (int)found.Code / 100), Has.All.EqualTo(31));
    }

    [Test]
    public void A_path_through_an_hwpt_is_a_declaration_and_one_in_another_phase_is_none()
    {
        foreach ((PhaseSet phases, bool isDeclared) in new[]
        {
            (PhaseSet.Default, true), (PhaseSet.Of(Phase.Finish), true), (PhaseSet.Of(Phase.Preserve), false),
        })
        {
            DependencyGraphBuilder builder = new();
            builder.AddSession("s", out SessionId session)
                .AddFile(session, "ram", ObjectKind.Memfd, out ObjectId ram)
                .AddFile(session, "iommufd", ObjectKind.Iommufd, out ObjectId iommufd)
                .AddObject(iommufd, "ioas", ObjectKind.Ioas, out ObjectId ioas)
                .AddObject(iommufd, "domain", ObjectKind.IommuDomain, out ObjectId domain)
                .AddObject(iommufd, "hwpt", ObjectKind.Hwpt, out ObjectId hwpt)
                .AddDependency(hwpt, on: domain)
                .AddDependency(hwpt, on: ioas)
                .AddDependency(ioas, on: ram, phases);
            SessionSet set = builder.BuildSet().With(
                [new WalkedDomain(domain) { Owners = [new MappedOwner(ram, 0, 0, 4096, Access.ReadWrite)] }]);

            PlanResult result = Planner.Plan(set, KernelPair.Linux73);

            Assert.That(result.IsLegal, Is.EqualTo(isDeclared), phases.ToString());
        }
    }

    [Test]
    public void What_is_declared_and_not_mapped_is_a_warning()
    {
        ObjectFacts placed = new() { Extents = [new FileExtent(0, 1 << 20, 4096)] };
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "ram", ObjectKind.Memfd, out ObjectId ram, facts: placed)
            .AddFile(session, "nowhere", ObjectKind.Memfd, out ObjectId nowhere)
            .AddFile(session, "iommufd", ObjectKind.Iommufd, out ObjectId iommufd)
            .AddObject(iommufd, "domain", ObjectKind.IommuDomain, out ObjectId domain)
            .AddDependency(domain, on: ram)
            .AddDependency(domain, on: nowhere)
            .BuildSet();

        PlanResult result = Planner.Plan(set.With([new WalkedDomain(domain)]), KernelPair.Linux73);

        Assert.That(result.IsLegal, Is.True);
        Diagnostic told = result.Diagnostics.Single(static found => found.Code == DiagnosticCode.ExtraEdge);
        Assert.That(told.Severity, Is.EqualTo(DiagnosticSeverity.Warning));
        Assert.That(told.Subjects, Is.EqualTo(new[] { "domain", "ram" }));
    }

    private static SessionSet Set(PageTableFacts table) => new DependencyGraphBuilder()
        .AddSession("s", out SessionId session)
        .AddFile(session, "iommufd", ObjectKind.Iommufd, out ObjectId iommufd)
        .AddObject(
            iommufd, "domain", ObjectKind.IommuDomain, out _, new ObjectFacts { PageTable = table })
        .BuildSet();
}
