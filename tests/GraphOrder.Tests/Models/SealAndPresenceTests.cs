namespace GraphOrder.Tests.Models;

/// <summary>Mapped memfds and their seals; files that a handler looks up in its own session.</summary>
[TestFixture]
public sealed class SealAndPresenceTests
{
    private const Seals Demanded = Seals.Seal | Seals.Shrink | Seals.Grow;

    /// <summary>The ways in which a device comes to a memfd.</summary>
    public enum Way
    {
        DomainNeeds,
        IoasNeeds,
        Area,
    }

    [Test]
    public void A_mapped_memfd_without_its_seals_is_told([Values] Way way)
    {
        Assert.That(Told(way, Demanded), Is.EqualTo(new[] { "OnlySeals ram " }), "holes can be punched");
        Assert.That(Told(way, Demanded | Seals.Write), Is.Empty);
        Assert.That(Told(way, Demanded | Seals.FutureWrite), Is.Empty);
        Assert.That(Told(way, null), Is.EqualTo(new[] { "SealsUnknown ram,domain seal, shrink, grow" }));
        Assert.That(
            Told(way, Seals.None), Is.EqualTo(new[] { "MissingSeals ram,domain seal, shrink, grow" }));
        Assert.That(
            Told(way, Seals.Seal | Seals.Shrink), Is.EqualTo(new[] { "MissingSeals ram,domain grow" }));
        Assert.That(
            Told(way, Seals.Shrink | Seals.Grow), Is.EqualTo(new[] { "MissingSeals ram,domain seal" }));
    }

    [Test]
    public void A_memfd_that_no_domain_maps_needs_no_seals()
    {
        DependencyGraph graph = new DependencyGraphBuilder()
            .AddSession("s", out SessionId s)
            .AddFile(s, "ram", ObjectKind.Memfd, out ObjectId ram)
            .AddFile(s, "iommufd", ObjectKind.Iommufd, out ObjectId iommufd)
            .AddObject(iommufd, "ioas", ObjectKind.Ioas, out ObjectId ioas)
            .AddNeed(ioas, ram)
            .Build();
        Assert.That(Codes(graph), Does.Not.Contain(DiagnosticCode.SealsUnknown));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void An_ioas_looks_for_its_memfds_in_its_own_session(bool isOwn)
    {
        DependencyGraph graph = new DependencyGraphBuilder()
            .AddSession("a", out SessionId a)
            .AddSession("b", out SessionId b)
            .AddFile(isOwn ? b : a, "ram", ObjectKind.Memfd, out ObjectId ram)
            .AddFile(b, "iommufd", ObjectKind.Iommufd, out ObjectId iommufd)
            .AddObject(iommufd, "ioas", ObjectKind.Ioas, out ObjectId ioas)
            .AddNeed(ioas, ram)
            .Build();
        Assert.That(Codes(graph).Contains(DiagnosticCode.CrossesSessions), Is.EqualTo(!isOwn));
    }

    [Test]
    public void A_row_that_looks_nothing_up_may_cross_sessions()
    {
        DependencyGraph graph = new DependencyGraphBuilder()
            .AddSession("a", out SessionId a)
            .AddSession("b", out SessionId b)
            .AddFile(a, "ram", ObjectKind.Memfd, out ObjectId ram)
            .AddFile(b, "vm", ObjectKind.KvmVm, out ObjectId vm)
            .AddNeed(vm, ram)
            .Build();
        Assert.That(Codes(graph), Does.Not.Contain(DiagnosticCode.CrossesSessions));
    }

    private static string[] Told(Way way, Seals? seals)
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession("s", out SessionId s)
            .AddFile(s, "ram", ObjectKind.Memfd, out ObjectId ram, facts: new ObjectFacts { Seals = seals })
            .AddFile(s, "iommufd", ObjectKind.Iommufd, out ObjectId iommufd)
            .AddObject(iommufd, "ioas", ObjectKind.Ioas, out ObjectId ioas, way != Way.Area ? null : new()
            {
                Areas = [new IoasArea(0x1000, 4096, ram, 0, Access.ReadWrite)],
            })
            .AddObject(iommufd, "domain", ObjectKind.IommuDomain, out ObjectId domain)
            .AddObject(iommufd, "hwpt", ObjectKind.Hwpt, out ObjectId hwpt)
            .AddNeed(hwpt, ioas)
            .AddNeed(hwpt, domain);
        _ = way switch
        {
            Way.DomainNeeds => builder.AddNeed(domain, ram),
            Way.IoasNeeds => builder.AddNeed(ioas, ram),
            _ => builder,
        };
        return [.. Check(builder.Build())
            .Where(d => d.Code is DiagnosticCode.MissingSeals or DiagnosticCode.SealsUnknown
                or DiagnosticCode.OnlySeals)
            .Select(d => $"{d.Code} {string.Join(',', d.Subjects)} {d.Fact("missing")}")];
    }

    private static DiagnosticCode[] Codes(DependencyGraph graph) => [.. Check(graph).Select(d => d.Code)];

    private static Diagnostic[] Check(DependencyGraph graph)
    {
        DiagnosticList found = new();
        KernelAcceptance.Check(graph, KernelPair.Linux73, found);
        return [.. found.ToImmutable()];
    }
}
