using System.Diagnostics;
using System.Text.RegularExpressions;

namespace GraphOrder.Reports.Tests;

[TestFixture]
public sealed class TextReportTests
{
    private const string Escape = "\u001b";

    private static readonly TextReportOptions Options = Sample.Options("set.json");
    private static readonly DependencyOrigin Ring =
        new(DependencySource.Declared, DeclaredBy: "vmm", Why: "ring");

    [Test]
    public void Legal_stands_alone_where_nothing_speaks_against_it()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "a", ObjectKind.Memfd, out ObjectId a, token: 1)
            .AddFile(session, "b", ObjectKind.Memfd, out ObjectId b, token: 2)
            .AddDependency(a, b, PhaseSet.All - PhaseSet.Of(Phase.Unfreeze))
            .BuildSet();
        Assert.That(Sample.Lines(Sample.Report(set, Options))[0], Is.EqualTo("LEGAL in all six phases."));
    }

    [Test]
    public void A_set_that_orders_nothing_says_so() =>
        Assert.That(
            Sample.Lines(Sample.Report(new DependencyGraphBuilder().BuildSet(), Options))[0],
            Is.EqualTo("LEGAL in all six phases, for nothing orders them."));

    [Test]
    public void A_waived_dependency_is_told_in_the_first_line_and_by_name_below()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "a", ObjectKind.Memfd, out ObjectId a, token: 1)
            .AddFile(session, "b", ObjectKind.Memfd, out ObjectId b, token: 2)
            .AddDependency(a, b, PhaseSet.Of(Phase.Finish), strength: DependencyStrength.Soft)
            .AddDependency(b, a, PhaseSet.Of(Phase.Preserve))
            .BuildSet();
        Assert.That(Waiver.TryParse("a=>b", out Waiver? waiver), Is.True);
        string report = Sample.Report(set, Options, new PlanOptions { Waivers = [waiver!] });
        Assert.Multiple(() =>
        {
            Assert.That(
                Sample.Lines(report)[0], Is.EqualTo("LEGAL in all six phases. 1 dependency is waived."));
            Assert.That(report, Does.Contain("WAIVED     a=>b@finish"));
            Assert.That(report, Does.Match(
                @"NOT HELD   freeze, unfreeze, unpreserve, retrieve: nobody asked; finish: all\s+waived\n"));
            Assert.That(report, Does.Contain("b           needs 2"), "a waived dependency is no reason");
        });
    }

    [Test]
    public void What_the_kernel_has_already_is_marked()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session, created: true)
            .AddFile(session, "a", ObjectKind.Memfd, out ObjectId a)
            .AddFile(session, "b", ObjectKind.Memfd, out ObjectId b)
            .AddDependency(b, a)
            .SetPreserved(session, a)
            .BuildSet();
        string report = Sample.Report(set, Options);
        Assert.Multiple(() =>
        {
            Assert.That(report, Does.Match(@"1 create   s +done already\n"));
            Assert.That(report, Does.Match(@"2 preserve s +0x1   a +done already\n"));
            Assert.That(report, Does.Match(@"3 preserve s +0x2   b +needs 2\n"));
        });
    }

    [Test]
    public void A_reason_of_another_phase_names_that_phase()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "memory", ObjectKind.GuestMemfd, out ObjectId memory)
            .AddFile(session, "vm", ObjectKind.KvmVm, out ObjectId vm)
            .AddNeed(memory, vm)
            .BuildSet();
        Assert.That(Sample.Report(set, Options), Does.Contain("after 2 for finish: memory of vm"));
    }

    [Test]
    public void Unfreeze_inside_a_session_runs_forward_and_the_reason_says_so()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "on", ObjectKind.Memfd, out ObjectId on)
            .AddFile(session, "dependent", ObjectKind.Memfd, out ObjectId dependent)
            .AddDependency(dependent, on, PhaseSet.Of(Phase.Unfreeze))
            .BuildSet();
        Assert.That(
            Sample.Report(set, Options),
            Does.Match(@"0x1   on +after 2 for unfreeze: dependent goes\s+first\n"));
    }

    [Test]
    public void A_whole_session_is_waited_for_by_its_last_file()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("one", out SessionId one)
            .AddSession("two", out SessionId two)
            .AddFile(one, "a", ObjectKind.Memfd, out _)
            .AddFile(one, "b", ObjectKind.Memfd, out _)
            .AddFile(two, "c", ObjectKind.Memfd, out ObjectId c)
            .AddDependency(c, one)
            .BuildSet();
        Assert.That(
            Sample.Report(set, Options), Does.Match(@"5 preserve two +0x1   c +needs 4: the last of one\n"));
    }

    [Test]
    public void A_path_through_an_object_that_the_kernel_moves_is_a_reason()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "a", ObjectKind.Memfd, out ObjectId a)
            .AddFile(session, "b", ObjectKind.Memfd, out ObjectId b)
            .AddKernelObject("dmar0", ObjectKind.IommuUnit, out ObjectId unit)
            .AddDependency(a, unit)
            .AddDependency(unit, b)
            .BuildSet();
        Assert.That(
            Sample.Report(set, Options), Does.Match(@"3 preserve s +0x1   a +needs 2: through dmar0\n"));
    }

    [Test]
    public void An_empty_session_is_opened_after_all_files_and_finished()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("empty", out _)
            .AddSession("full", out SessionId full)
            .AddFile(full, "a", ObjectKind.Memfd, out _)
            .BuildSet();
        string[] lines = Sample.Lines(Sample.Report(set, Options));
        int newKernel = Array.IndexOf(lines, "NEW KERNEL");
        Assert.Multiple(() =>
        {
            Assert.That(lines[newKernel + 1], Does.Contain("retrieve full"));
            Assert.That(lines[newKernel + 3], Does.Contain("retrieve empty"));
            Assert.That(lines[newKernel + 4], Does.Contain("finish   empty"));
        });
    }

    [Test]
    public void Colour_is_on_the_verdict_word_and_nowhere_else()
    {
        foreach (string name in (string[])["two-vms.json", "shared.json"])
        {
            SessionSet set = Sample.Read(name);
            string plain = Sample.Report(set, Sample.Options(name));
            string coloured = Sample.Report(set, Sample.Options(name) with { Colour = true });
            Assert.Multiple(() =>
            {
                Assert.That(plain, Does.Not.Contain(Escape));
                Assert.That(coloured.Split(Escape), Has.Length.EqualTo(3));
                Assert.That(coloured, Does.Match($@"^{Escape}\[3[123]m(LEGAL|ILLEGAL){Escape}\[0m"));
                Assert.That(
                    Regex.Replace(coloured, $@"{Escape}\[\d+m", ""), Is.EqualTo(plain));
            });
        }
    }

    [Test]
    public void An_accepted_set_is_told_as_accepted_and_legal()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "a", ObjectKind.Memfd, out _, token: 1)
            .BuildSet();
        Assert.That(
            Sample.Lines(Sample.Report(set, Options with { IsCheck = true }))[0],
            Does.StartWith("ACCEPTED: Linux 7.3.4 takes 1 file. The order is legal in all six phases"));
    }

    [Test]
    public void A_cycle_of_objects_prints_as_the_file_has_it()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "a", ObjectKind.Memfd, out ObjectId a, token: 1)
            .AddFile(session, "b", ObjectKind.Memfd, out ObjectId b, token: 2)
            .AddFile(session, "c", ObjectKind.Memfd, out ObjectId c, token: 3)
            .AddDependency(a, b, origin: Ring)
            .AddNeed(b, c)
            .AddDependency(c, a, origin: new(DependencySource.Declared, DeclaredBy: "agent"))
            .BuildSet();
        Golden.Compare("cycle-of-objects", Sample.Report(set, Options));
    }

    [Test]
    public void A_cycle_of_files_prints_as_the_file_has_it()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "one", ObjectKind.Iommufd, out ObjectId one, token: 1)
            .AddObject(one, "one/a", ObjectKind.Ioas, out ObjectId a)
            .AddObject(one, "one/b", ObjectKind.Ioas, out ObjectId b)
            .AddFile(session, "two", ObjectKind.Iommufd, out ObjectId two, token: 2)
            .AddObject(two, "two/c", ObjectKind.Ioas, out ObjectId c)
            .AddObject(two, "two/d", ObjectKind.Ioas, out ObjectId d)
            .AddDependency(a, c, PhaseSet.Of(Phase.Preserve), Ring)
            .AddDependency(d, b, PhaseSet.Of(Phase.Finish), Ring)
            .BuildSet();
        Golden.Compare("cycle-of-files", Sample.Report(set, Options));
    }

    [Test]
    public void A_contradicted_beginning_prints_as_the_file_has_it()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session, created: true)
            .AddFile(session, "a", ObjectKind.Memfd, out ObjectId a, token: 1)
            .AddFile(session, "b", ObjectKind.Memfd, out ObjectId b, token: 2)
            .AddDependency(a, b, origin: Ring)
            .SetPreserved(session, a, b)
            .BuildSet();
        Golden.Compare("contradicted-beginning", Sample.Report(set, Options));
    }

    [Test]
    public void A_refusal_of_the_kernel_is_not_called_illegal()
    {
        DependencyGraphBuilder builder = new();
        builder.AddSession("s", out SessionId session)
            .AddFile(session, "a", ObjectKind.Memfd, out _, facts: new ObjectFacts { Inode = "0:1" })
            .AddFile(session, "b", ObjectKind.Memfd, out _, facts: new ObjectFacts { Inode = "0:1" });
        Assert.That(Sample.Report(builder.BuildSet(), Options), Does.StartWith("REFUSED: "));
    }

    [Test]
    public void A_checked_plan_prints_as_the_file_has_it()
    {
        SessionSet set = Sample.Read("two-vms.json");
        Plan plan = Planner.Plan(set, KernelPair.Linux73).GetPlanOrThrow();
        TextReportOptions options = Sample.Options("two-vms.json") with { PlanName = "plan.json" };
        StringWriter legal = new();
        TextReport.WriteVerify(legal, set, plan, new VerifyResult([]), options);
        Golden.Compare("verified", legal.ToString());

        Diagnostic violated = new(DiagnosticCode.DependencyViolated, DiagnosticSeverity.Error)
        {
            Subjects = ["vm-02/domain", "vm-01/ram"],
            Facts = [new("phase", "finish"), new("first", "vm-02/iommufd"), new("then", "vm-01/ram")],
        };
        Diagnostic other = new(DiagnosticCode.OtherSet, DiagnosticSeverity.Error)
        {
            Facts = [new("found", "sha256:00"), new("expected", set.Digest.ToString())],
        };
        StringWriter illegal = new();
        VerifyResult verdict = new([other, violated]);
        TextReport.WriteVerify(illegal, Sample.Read("shared.json"), plan, verdict, options);
        Golden.Compare("not-verified", illegal.ToString());
    }

    [Test]
    public void A_way_out_that_is_refused_all_the_same_is_for_nobody_to_apply()
    {
        SessionSet read = Sample.Read("hidden-map.json");
        read.TryFind("vm-02/domain", out ObjectId domain);
        read.TryFind("vm-01/ram", out ObjectId ram);
        MappedOwner[] owners = [new MappedOwner(ram, 0x1000, 0x2000, 4096, Access.Write)];
        WalkedDomain walked = new(domain) { Owners = [.. owners] };

        string refused = Sample.Report(read.With([walked]), Options);
        string accepted = Sample.Report(read.With([walked], acceptsMapped: true), Options);

        Assert.That(refused, Does.StartWith("ILLEGAL: vm-01/ram would be released"));
        Assert.That(refused, Does.Contain("WAYS OUT").And.Not.Contain("\nDO "));
        Assert.That(accepted, Does.Contain("\nDO ").And.Contain("--accept-derived"));
    }

    [TestCase("linux-next", "linux-7.3", true)]
    [TestCase("linux-next", "linux-next", false)]
    [TestCase(null, "linux-7.3", false)]
    [TestCase(null, "linux-next", true)]
    public void Commands_name_the_model_where_the_host_would_choose_another(
        string? kernel, string model, bool isNamed)
    {
        DependencyGraphBuilder builder = new();
        SessionSet set = builder.SetHost(new HostFacts { Kernel = kernel }).BuildSet();
        KernelPair.TryFindByModel(model, out KernelPair? kernels);
        Plan plan = Planner.Plan(set, kernels!).GetPlanOrThrow();
        StringWriter report = new();
        TextReport.WriteVerify(report, set, plan, new VerifyResult([]), Options);

        Assert.That(report.ToString().Contains($"--model {model}", StringComparison.Ordinal), Is.EqualTo(isNamed));
    }

    [Test]
    public void A_plan_of_another_set_is_misuse()
    {
        PlanResult plan = Planner.Plan(Sample.Read("two-vms.json"), KernelPair.Linux73);
        SessionSet other = ManySessions.Of(1);
        Assert.That(
            () => TextReport.WritePlan(TextWriter.Null, other, KernelPair.Linux73, plan, Options),
            Throws.ArgumentException);
    }

    [Test]
    public void A_narrow_report_wraps_at_its_width()
    {
        foreach (string name in (string[])["two-vms.json", "shared.json"])
        {
            TextReportOptions narrow = Sample.Options(name) with { Width = TextReportOptions.WidthMin };
            string report = Sample.Report(Sample.Read(name), narrow);
            Assert.That(Sample.Lines(report), Has.All.Length.AtMost(TextReportOptions.WidthMin));
        }
    }

    [Test]
    public void A_long_chain_prints_in_linear_time()
    {
        // Ten times the steps may take no more than forty times as long; a quadratic report would take a
        // hundred.
        SessionSet small = ManySessions.Chain(4_000);
        SessionSet large = ManySessions.Chain(40_000);
        Sample.Report(small, Options);
        Assert.That(Seconds(large), Is.LessThan(40 * Seconds(small)));
    }

    [Test]
    public void Many_equal_sessions_print_on_few_lines() =>
        Assert.That(Sample.Lines(Sample.Report(ManySessions.Of(3_000), Options)), Has.Length.LessThan(60));

    [Test]
    public void A_long_walk_shows_its_ends_and_counts_the_rest()
    {
        SessionSet cycle = SessionSetGenerator.Generate("cycle", new GeneratorOptions { Objects = 1_000 });

        string report = Sample.Report(cycle, Options);

        Assert.That(report, Does.Contain("... 980 more steps; --format json has them all ..."));
        Assert.That(report, Does.Contain(" 1000. object-1 before object-0, since"));
        Assert.That(Sample.Lines(report), Has.Length.LessThan(120));
    }

    private static double Seconds(SessionSet set)
    {
        PlanResult plan = Planner.Plan(set, KernelPair.Linux73);
        double best = double.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            TextReport.WritePlan(TextWriter.Null, set, KernelPair.Linux73, plan, Options);
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }

        return best;
    }
}
