using GraphOrder.PageTables;

namespace GraphOrder.Mappings.Tests;

/// <summary>
/// One walk feeds the owners and another sink; what it finds is what a plan is refused for.
/// </summary>
[TestFixture]
public sealed class OwnerWalkTests
{
    private static readonly DiagnosticCode[] OfOneDomain =
    [
        DiagnosticCode.MissingEdge, DiagnosticCode.ExtraEdge, DiagnosticCode.EdgeCrossesSession,
        DiagnosticCode.CrossesSessions,
    ];

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("graphorder-owners-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Owners_and_runs_are_those_of_two_walks([Values(1, 2, 3, 4)] int seed)
    {
        Random random = new(seed);
        for (int round = 0; round < 20; round++)
        {
            SessionSet set = new ShuffledCase(random, usesFolios: round % 2 == 0).Write(_folder);
            WalkedDomain expected = new PageTableSource(_folder).Walk(set).Single();
            PageTableFacts table = set.Objects[expected.Domain.Index].Facts.PageTable!;
            using PhysicalImage image = Open(table.Image!);
            RunSink alone = new([]);
            PageTableWalker.Walk<VtdSecondStage, FileMemory, RunSink>(
                table.Root, table.TopLevel, image.Memory, ref alone, WalkLimits.Default,
                CancellationToken.None);
            OwnerWalk owners = OwnerWalk.Of(set, expected.Domain, _folder);
            RunSink sink = new([]);

            owners.Walk<VtdSecondStage, FileMemory, RunSink>(
                table.Root, table.TopLevel, image.Memory, ref sink, owners.Facts, WalkLimits.Default, new(),
                CancellationToken.None, out WalkedDomain walked);

            Assert.That(owners.Flaw, Is.Null);
            Assert.That(walked.Domain, Is.EqualTo(expected.Domain));
            Assert.That(walked.Owners, Is.EqualTo(expected.Owners), $"seed {seed}, round {round}");
            Assert.That(walked.Findings.Select(Text), Is.EqualTo(expected.Findings.Select(Text)));
            Assert.That(sink.Found, Is.EqualTo(alone.Found).And.Not.Empty);
            Assert.That(sink.Count, Is.EqualTo(alone.Found.Count), "a sink that counts in itself");
        }
    }

    [Test]
    public void What_is_given_as_preserved_is_nobodys_and_no_stray()
    {
        SessionSet set = Samples.Read("hidden-map.json");
        Assert.That(set.TryFind("vm-02/domain", out ObjectId domain), Is.True);
        SessionSet less = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "ram", ObjectKind.Memfd, out _, facts: new()
            {
                Extents = [new FileExtent(0, 0x1_0000_0000, 16 << 20)],
            })
            .AddFile(session, "iommufd", ObjectKind.Iommufd, out ObjectId iommufd)
            .AddObject(iommufd, "domain", ObjectKind.IommuDomain, out ObjectId other, set.Objects[domain.Index].Facts)
            .BuildSet();
        using PhysicalImage image = Open(Path.Combine(Samples.Folder, "hidden-map.img"));
        OwnerWalk owners = OwnerWalk.Of(less, other, Samples.Folder);

        Assert.That(Findings(owners, image, owners.Facts), Is.EqualTo(new[] { "OutputNotPreserved Error" }));
        WalkFacts all = owners.Facts with
        {
            Preserved = new PhysicalRangeSet([new PageTables.PhysicalRange(0x2_0000_0000, 0x2_FFFF_FFFF)]),
        };
        Assert.That(Findings(owners, image, all), Is.Empty);
    }

    // The plan walks the same rule for all domains; here it is asked of one.
    [TestCase("linux-7.3")]
    [TestCase("linux-next")]
    public void One_domain_is_compared_as_a_plan_compares_it(string model)
    {
        Assert.That(KernelPair.TryFindByModel(model, out KernelPair? kernels), Is.True);
        Random random = new(11);
        HashSet<DiagnosticCode> met = [];
        for (int round = 0; round < 400; round++)
        {
            SessionSet set = RandomSet(random, out WalkedDomain walked);

            string[] found = [.. MappedAcceptance.Compare(set, walked, kernels!).Select(Text)];

            string domain = set.NameOf(walked.Domain);
            string[] mapped = [.. walked.Owners.Select(owner => set.NameOf(owner.Memfd))];
            Diagnostic[] expected =
            [
                .. Planner.Plan(set.With([walked]), kernels!).Diagnostics.Where(each =>
                    OfOneDomain.Contains(each.Code) && each.Subjects[0] == domain
                    && (each.Code != DiagnosticCode.CrossesSessions || mapped.Contains(each.Subjects[1]))),
            ];
            met.UnionWith(expected.Select(each => each.Code));
            Assert.That(found, Is.EquivalentTo(expected.Select(Text)), $"round {round}");
        }

        Assert.That(met, Is.EquivalentTo(OfOneDomain), "the rounds meet all of them");
    }

    [Test]
    public void An_image_that_changed_is_told_of_a_set_too()
    {
        File.Copy(Path.Combine(Samples.Folder, "sound-map.img"), Path.Combine(_folder, "sound-map.img"));
        using PhysicalImage image = Open("sound-map.img");
        SessionSet set = Samples.Read("sound-map.json");
        Assert.That(set.TryFind("vm-02/domain", out ObjectId domain), Is.True);
        OwnerWalk owners = OwnerWalk.Of(set, domain, _folder);
        RunSink sink = new([]);
        PageTableFacts table = set.Objects[domain.Index].Facts.PageTable!;
        WalkSummary summary = owners.Walk<VtdSecondStage, FileMemory, RunSink>(
            table.Root, table.TopLevel, image.Memory, ref sink, owners.Facts, WalkLimits.Default, new(),
            CancellationToken.None, out _);

        Assert.That(PageTableDiagnostics.Torn(image, "sound-map.img", summary), Is.Null);
        File.SetLastWriteTimeUtc(Path.Combine(_folder, "sound-map.img"), DateTime.UtcNow.AddDays(1));
        Diagnostic? torn = PageTableDiagnostics.Torn(image, "sound-map.img", summary);

        Assert.That(torn?.Code, Is.EqualTo(DiagnosticCode.TornRead));
        Assert.That(
            DiagnosticSentences.Sentence(torn!),
            Is.EqualTo("What was read of sound-map.img may be torn, so that a fault may be none: its size or time of change is no "
                + "longer what it was."));
    }

    private static string[] Findings(OwnerWalk owners, PhysicalImage image, WalkFacts facts)
    {
        RunSink sink = new([]);
        owners.Walk<VtdSecondStage, FileMemory, RunSink>(
            0x7F00_0000, 3, image.Memory, ref sink, facts, WalkLimits.Default, new(), CancellationToken.None,
            out WalkedDomain walked);
        return [.. walked.Findings.Select(static found => $"{found.Code} {found.Severity}")];
    }

    private static SessionSet RandomSet(Random random, out WalkedDomain walked)
    {
        DependencyGraphBuilder builder = new();
        List<SessionId> sessions = [];
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            builder.AddSession($"s{i}", out SessionId session);
            sessions.Add(session);
        }

        List<ObjectId> memfds = [];
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            ObjectFacts facts = random.Next(3) == 0
                ? ObjectFacts.None
                : new() { Extents = [new FileExtent(0, (ulong)i << 30, 1 << 20)] };
            builder.AddFile(
                sessions[random.Next(sessions.Count)], $"ram{i}", ObjectKind.Memfd, out ObjectId memfd, facts: facts);
            memfds.Add(memfd);
        }

        builder.AddFile(sessions[0], "iommufd", ObjectKind.Iommufd, out ObjectId iommufd)
            .AddObject(iommufd, "ioas", ObjectKind.Ioas, out ObjectId ioas)
            .AddObject(iommufd, "domain", ObjectKind.IommuDomain, out ObjectId domain)
            .AddObject(iommufd, "hwpt", ObjectKind.Hwpt, out ObjectId hwpt)
            .AddDependency(hwpt, on: ioas);
        if (random.Next(3) > 0)
        {
            builder.AddDependency(hwpt, on: domain);
        }

        PhaseSet[] phases = [PhaseSet.Default, PhaseSet.Of(Phase.Finish), PhaseSet.Of(Phase.Preserve)];
        List<MappedOwner> owners = [];
        foreach (ObjectId memfd in memfds)
        {
            ObjectId[] dependents = [domain, ioas, iommufd];
            if (random.Next(2) == 0)
            {
                builder.AddDependency(dependents[random.Next(3)], on: memfd, phases[random.Next(3)]);
            }

            if (random.Next(2) == 0)
            {
                ulong iova = (ulong)random.Next(100) << 12;
                owners.Add(new MappedOwner(memfd, iova, 0x5000, 4096, Access.ReadWrite));
            }
        }

        walked = new(domain) { Owners = [.. owners] };
        return builder.BuildSet();
    }

    private static string Text(Diagnostic found) =>
        $"{found.Code} {found.Severity} {string.Join(',', found.Subjects)} "
        + string.Join(',', found.Facts.Select(static fact => $"{fact.Name}={fact}"));

    private PhysicalImage Open(string name)
    {
        Assert.That(
            PhysicalImage.TryOpen(Path.Combine(_folder, name), new(), out PhysicalImage? image, out _),
            Is.True);
        return image!;
    }

    private struct RunSink(List<LeafRun> found) : ILeafSink
    {
        public readonly List<LeafRun> Found => found;

        public int Count { get; private set; }

        public readonly void OnRow(in LeafRow row)
        {
        }

        public void OnRun(in LeafRun run)
        {
            found.Add(run);
            Count++;
        }

        public void OnRuns(in LeafRuns runs) => runs.Tell(ref this);

        public readonly void OnFault(in PageTableFault fault)
        {
        }
    }
}
