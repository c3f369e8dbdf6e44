using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Verification;

[TestFixture]
public sealed class PlanCertificateTests
{
    [Test]
    public void Nobody_gets_a_certificate_without_asking()
    {
        Plan plan = Planner.Plan(Set(), KernelPair.Linux73).GetPlanOrThrow();

        Assert.That(plan.Certificate, Is.Null);
        Assert.That(
            PlanVerifier.VerifyCertificate(plan).Diagnostics.Select(d => d.Code),
            Is.EqualTo(new[] { DiagnosticCode.CertificateMissing }));
    }

    [Test]
    public void It_holds_what_orders_the_set_and_nothing_else()
    {
        SessionSet set = Set();
        PlanCertificate certificate = Certified(set, KernelPair.Linux73).Certificate!;

        Assert.That(certificate.Rules.IsDefault, Is.True, "linux-7.3 stands in the contract");
        Assert.That(
            certificate.Set.Objects.Select(found => found.DeclaredToken),
            Is.EqualTo(new ulong?[] { 1, 2, null }));
        Assert.That(certificate.Set.Needs, Is.Empty);
        Assert.That(certificate.Set.Dependencies.Select(found => found.Phases), Is.All.Not.Null);
        Assert.That(certificate.Set.Objects.Select(found => found.Facts.Bytes), Is.All.Null);
    }

    [Test]
    public void A_model_of_ones_own_brings_its_rules_and_a_pair_finds_both()
    {
        KernelPair own = ModelText.Own.Kernels;
        SessionSet set = Small.TwoFiles(out _, out _).BuildSet();
        Plan plan = Certified(set, own);

        KernelPair? found = plan.Certificate!.KernelsOf(plan.Model);

        Assert.That(Phases.All.ToArray().Select(phase => found![phase]), Is.EqualTo(
            Phases.All.ToArray().Select(phase => own[phase])));
        Assert.That(plan.Certificate.KernelsOf("a:b")!.ModelName, Is.EqualTo("a:b"));
        Assert.That(plan.Certificate.KernelsOf(""), Is.Null);
        Assert.That(PlanVerifier.Verify(set, plan).IsLegal, Is.True, "the certificate describes the model");
    }

    [TestCase("another dependency", "dependencies")]
    [TestCase("another token", "object 1")]
    [TestCase("another beginning", "session 0")]
    [TestCase("one object less", "object 2")]
    public void A_certificate_that_says_something_else_than_the_set_is_refused(string change, string what)
    {
        SessionSet set = Set();
        Plan plan = Certified(set, KernelPair.Linux73);
        bool hasIoas = change != "one object less";
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session, created: change == "another beginning")
            .AddFile(session, "ram", ObjectKind.Memfd, out ObjectId ram, token: 1)
            .AddFile(
                session,
                "iommufd",
                ObjectKind.Iommufd,
                out ObjectId iommufd,
                change == "another token" ? 7u : 2u);
        ObjectId ioas = iommufd;
        if (hasIoas)
        {
            builder.AddObject(iommufd, "ioas", ObjectKind.Ioas, out ioas);
        }

        PhaseSet phases = change == "another dependency" ? PhaseSet.Of(Phase.Preserve) : PhaseSet.Default;
        DependencyGraph other = builder.AddDependency(ioas, on: ram, phases).Build();
        Plan forged = new(
            plan.Model,
            plan.Input,
            plan.Rules,
            plan.Sessions,
            [.. Phases.All.ToArray().Select(phase => plan[phase])])
        {
            Certificate = PlanCertificate.Of(other, KernelPair.Linux73),
        };

        VerifyResult verdict = PlanVerifier.Verify(set, forged);

        Assert.That(verdict.IsLegal, Is.False);
        Assert.That(
            verdict.Diagnostics.Where(d => d.Code == DiagnosticCode.CertificateDiffers)
                .Select(d => d.Fact("what")),
            Does.Contain(what));
    }

    [TestCase(Phase.Preserve, true, true)]
    [TestCase(Phase.Preserve, false, false)]
    [TestCase(Phase.Retrieve, true, false)]
    public void It_says_of_an_act_its_session_and_phase_and_whether_it_is_late(
        Phase phase, bool isLate, bool isSame)
    {
        SessionSet set = WithAct(Phase.Preserve, isLate: true);
        Plan plan = Certified(set, KernelPair.Linux73);
        PreservedObject act = plan.Certificate!.Set.Objects[2];
        Plan forged = Certified(WithAct(phase, isLate), KernelPair.Linux73);
        Plan other = new(
            plan.Model,
            plan.Input,
            plan.Rules,
            plan.Sessions,
            [.. Phases.All.ToArray().Select(each => plan[each])])
        {
            Certificate = forged.Certificate,
        };

        Assert.That(act.Act, Is.EqualTo(new ActFacts(new SessionId(0), Phase.Preserve, IsLate: true)));
        Assert.That(act.Facts.CostMicroseconds, Is.Empty);
        Assert.That(
            PlanVerifier.Verify(set, other).Diagnostics.Select(d => (d.Code, d.Fact("what"))),
            isSame ? Is.Empty : Is.EqualTo(new[] { (DiagnosticCode.CertificateDiffers, "object 2") }));

        static SessionSet WithAct(Phase phase, bool isLate) => Small.TwoFiles(out _, out _)
            .AddAct(
                new SessionId(0),
                "pause",
                phase,
                out _,
                isLate,
                new ObjectFacts
                {
                    CostMicroseconds = [3, 0, 0, 0, 0, 0],
                    CostPhases = PhaseSet.Of(Phase.Preserve),
                })
            .BuildSet();
    }

    private static SessionSet Set() => Small.TwoFiles(out ObjectId ram, out ObjectId iommufd)
        .AddObject(iommufd, "ioas", ObjectKind.Ioas, out ObjectId ioas)
        .AddDependency(ioas, on: ram)
        .BuildSet();

    private static Plan Certified(SessionSet set, KernelPair kernels) =>
        Planner.Plan(set, kernels, new PlanOptions { WithCertificate = true }).GetPlanOrThrow();
}
