using System.Text;
using GraphOrder.Tests.Planning;
using GraphOrder.Tests.Verification;

namespace GraphOrder.Tests.Documents;

/// <summary>One example of every diagnostic; <c>GRAPHORDER_GOLDEN=write</c> rewrites them.</summary>
[TestFixture]
public sealed partial class DiagnosticGoldenTests
{
    // The tool has them built in, and 'explain' shows them.
    private static readonly string Golden = RepositoryFiles.In("src", "GraphOrder.Cli", "Explanations", "Examples.txt");

    [Test]
    public void Every_code_has_an_example_that_reads_as_it_should()
    {
        StringBuilder text = new();
        foreach ((DiagnosticCode code, Diagnostic example) in Examples().OrderBy(entry => entry.Key))
        {
            text.Append($"{code.Text()} {code}: {DiagnosticSentences.Sentence(example)}\n");
            text.Append(DiagnosticSentences.WayOut(example) is { Length: > 0 } wayOut ? $"       -> {wayOut}\n" : "");
        }

        if (Environment.GetEnvironmentVariable("GRAPHORDER_GOLDEN") == "write")
        {
            File.WriteAllText(Golden, text.ToString());
        }

        Assert.That(text.ToString(), Is.EqualTo(File.ReadAllText(Golden)));
    }

    [Test]
    public void Every_code_has_an_example() =>
        Assert.That(Examples().Keys, Is.EquivalentTo(Enum.GetValues<DiagnosticCode>()));

    [Test]
    public void Every_sentence_begins_with_a_capital_or_a_name_and_ends_with_a_period()
    {
        foreach (Diagnostic example in Examples().Values)
        {
            string[] sentences = [DiagnosticSentences.Sentence(example), DiagnosticSentences.WayOut(example)];
            foreach (string sentence in sentences)
            {
                Assert.That(sentence, Does.EndWith(".").Or.EndsWith("...").Or.Empty, example.Code.Text());
                Assert.That(sentence, Does.Not.Contain("{").And.Not.Contain("  "), example.Code.Text());
                Assert.That(sentence.Length, Is.LessThan(300), example.Code.Text());
            }
        }
    }

    private static Dictionary<DiagnosticCode, Diagnostic> Examples()
    {
        Dictionary<DiagnosticCode, Diagnostic> examples = [];
        Diagnostic[] all =
        [
            .. FromSets(), .. FromPlanner(), .. FromVerifier(), .. ByHand(), .. PageTableExamples.All(),
                .. ImportExamples.All(),
        ];
        foreach (Diagnostic found in all)
        {
            examples.TryAdd(found.Code, found);
        }

        return examples;
    }

    private static IEnumerable<Diagnostic> FromSets()
    {
        foreach (MalformedCase malformed in MalformedSets.All)
        {
            byte[] document = Encoding.UTF8.GetBytes(malformed.Marked.Replace("¶", "", StringComparison.Ordinal));
            foreach (Diagnostic found in Catch(() => SessionSet.Read(new MemoryStream(document))))
            {
                yield return found;
            }
        }

        foreach (MalformedCase malformed in ModelReaderTests.Malformed)
        {
            byte[] document = Encoding.UTF8.GetBytes(malformed.Marked.Replace("¶", "", StringComparison.Ordinal));
            foreach (Diagnostic found in Catch(() => ModelReader.Read(new MemoryStream(document))))
            {
                yield return found;
            }
        }

        ReaderLimits limits = new() { ListCountMax = 1 };
        foreach (Diagnostic found in Catch(() => SessionSetReader.Read(
            new MemoryStream(File.ReadAllBytes(RepositoryFiles.In("tests", "samples", "two-vms.json"))), null, limits)))
        {
            yield return found;
        }

        byte[] plan = """{ "schema": "graphorder/plan/1", "requires": [ "acts" ] }"""u8.ToArray();
        foreach (Diagnostic found in Catch(() => PlanReader.Read(new MemoryStream(plan))))
        {
            yield return found;
        }
    }

    private static Diagnostic[] Catch(Action read) =>
        [.. Assert.Throws<MalformedDocumentException>(read)!.Diagnostics];

    private static IEnumerable<Diagnostic> FromPlanner()
    {
        string[] samples = RepositoryFiles.Samples(SessionSetReader.Schema);
        foreach (string sample in samples)
        {
            using FileStream stream = File.OpenRead(sample);
            SessionSet set = SessionSet.Read(stream);
            foreach (Diagnostic found in Planner.Plan(set, KernelPair.Linux73).Diagnostics)
            {
                yield return found;
            }
        }

        foreach (Diagnostic found in Planner.Plan(Troublesome(), KernelPair.Linux73, Waiving()).Diagnostics)
        {
            yield return found;
        }

        foreach (Diagnostic found in Planner.Plan(WithIdleActs(), KernelPair.Linux73).Diagnostics)
        {
            yield return found;
        }

        yield return FileCycle();

        DependencyGraphBuilder many = new();
        for (int i = 0; i < 510_051; i++)
        {
            many.AddSession($"s{i}", out _);
        }

        foreach (Diagnostic found in Planner.Plan(many.BuildSet(), KernelPair.Linux73).Diagnostics)
        {
            yield return found;
        }
    }

    private static SessionSet WithIdleActs() => new DependencyGraphBuilder()
        .AddSession("vm-01", out SessionId session)
        .AddAct(session, "vm-01/pause", Phase.Freeze, out ObjectId pause)
        .AddAct(session, "vm-01/resume", Phase.Retrieve, out ObjectId resume)
        .AddDependency(pause, on: resume)
        .BuildSet();

    private static Diagnostic FileCycle()
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "f", ObjectKind.Memfd, out ObjectId f)
            .AddFile(session, "g", ObjectKind.Memfd, out ObjectId g)
            .AddObject(f, "f1", ObjectKind.Custom("x-a"), out ObjectId f1)
            .AddObject(f, "f2", ObjectKind.Custom("x-a"), out ObjectId f2)
            .AddObject(g, "g1", ObjectKind.Custom("x-a"), out ObjectId g1)
            .AddDependency(f1, on: g1)
            .AddDependency(g1, on: f2);
        return Planner.Plan(builder.BuildSet(), KernelPair.Linux73).Diagnostics[0];
    }

    private static PlanOptions Waiving() => new()
    {
        Waivers = [new Waiver("big", "sealed", null), new Waiver("big", "nothing", null)],
    };

    // Everything at once that a kernel has against a set.
    private static SessionSet Troublesome()
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session)
            .AddFile(session, "big", ObjectKind.Memfd, out ObjectId big, facts: new() { Bytes = 1L << 40 })
            .AddFile(session, "sealed", ObjectKind.Memfd, out ObjectId kept, facts: new() { Seals = Seals.Exec })
            .AddFile(session, "holes", ObjectKind.Memfd, out _, facts: new()
            {
                Bytes = 8192,
                Extents = [new FileExtent(0, 0x1000, 4096)],
                Inode = "1:7",
            })
            .AddFile(session, "again", ObjectKind.Memfd, out _, facts: new() { Inode = "1:7" })
            .AddFile(session, "domain", ObjectKind.IommuDomain, out ObjectId domain)
            .AddDependency(domain, on: big)
            .AddDependency(domain, on: kept)
            .AddDependency(big, on: kept, strength: DependencyStrength.Soft);
        for (int i = 0; i < 64; i++)
        {
            builder.AddKernelObject($"flb{i}", ObjectKind.Flb, out _);
        }

        for (int i = 0; i < 630_001; i++)
        {
            builder.AddFile(session, $"f{i}", ObjectKind.Memfd, out _);
        }

        SessionSet set = builder.BuildSet();
        return new SessionSet(set.Ids, set.SessionNames)
        {
            Sessions = set.Sessions,
            Objects = set.Objects,
            Dependencies = set.Dependencies,
            Host = new HostFacts { Kernel = "6.1", FreeBytes = 4096 },
        };
    }

    private static IEnumerable<Diagnostic> FromVerifier()
    {
        SessionSet set = Small.TwoFiles(out ObjectId ram, out ObjectId iommufd)
            .AddObject(iommufd, "ioas", ObjectKind.Ioas, out ObjectId ioas)
            .AddDependency(ioas, on: ram)
            .BuildSet();
        Plan plan = Planner.Plan(set, KernelPair.Linux73).GetPlanOrThrow();
        int[] wrong = [iommufd.Index, ram.Index];
        Plan[] plans =
        [
            new PlanForge(DependencyGraph.Of(set)).Forge(wrong, wrong, [0], [0], [0]),
            PlanForge.With(plan, Phase.Retrieve, rows => rows[1..]),
            PlanForge.With(plan, Phase.Retrieve, rows => [.. rows, rows[0]]),
            PlanForge.With(plan, Phase.Retrieve, rows => [rows[0], rows[1] with { Object = ioas.Index }]),
            PlanForge.With(plan, Phase.Finish, rows => [rows[0] with { Token = 99 }, rows[1]]),
            PlanForge.With(plan, Phase.Finish, rows => [rows[0] with { Session = -1 }, rows[1]]),
            PlanForge.With(plan, Phase.Freeze, rows => [rows[1], rows[0]]),
            PlanForge.With(plan, Phase.Preserve, rows => [rows[0], rows[1] with { Wave = 0 }]),
            PlanForge.With(plan, Phase.Preserve, rows => [rows[0], rows[1] with { CarriedCount = 0 }]),
            Changed(plan, plan.Model, new Digest(new byte[Digest.ByteCount]), plan.Rules, plan.Sessions),
            Changed(plan, plan.Model, plan.Input, new Digest(new byte[Digest.ByteCount]), plan.Sessions),
            Changed(plan, "linux-9", plan.Input, plan.Rules, plan.Sessions),
            Changed(plan, plan.Model, plan.Input, plan.Rules, plan.Sessions with { Close = [] }),
        ];
        return plans.SelectMany(each => PlanVerifier.Verify(set, each).Diagnostics)
            .Concat(FromBeginning())
            .Concat(FromCertificates(set, plan));
    }

    private static IEnumerable<Diagnostic> FromCertificates(SessionSet set, Plan plan)
    {
        SessionSet other = Small.TwoFiles(out _, out ObjectId iommufd)
            .AddObject(iommufd, "ioas", ObjectKind.Ioas, out _)
            .BuildSet();
        Plan of = new(
            plan.Model,
            plan.Input,
            plan.Rules,
            plan.Sessions,
            [.. Phases.All.ToArray().Select(phase => plan[phase])])
        {
            Certificate = PlanCertificate.Of(DependencyGraph.Of(other), KernelPair.Linux73),
        };
        return PlanVerifier.Verify(set, of).Diagnostics
            .Concat(PlanVerifier.VerifyCertificate(plan).Diagnostics);
    }

    private static Diagnostic[] FromBeginning()
    {
        SessionSet set = new DependencyGraphBuilder()
            .AddSession("s", out SessionId session, created: true)
            .AddFile(session, "a", ObjectKind.Memfd, out _)
            .AddFile(session, "b", ObjectKind.Memfd, out ObjectId b)
            .SetPreserved(session, b)
            .BuildSet();
        Plan plan = new PlanForge(DependencyGraph.Of(set)).Forge([0, 1], [0, 1], [0], [0], [0]);
        return [.. PlanVerifier.Verify(set, plan).Diagnostics];
    }

    private static Plan Changed(
        Plan plan, string model, Digest input, Digest rules, SessionOrders sessions) =>
        new(model, input, rules, sessions, [.. Phases.All.ToArray().Select(phase => plan[phase])]);

    // What the tool says beside the engine, and what only very long lists show.
    private static Diagnostic[] ByHand() =>
    [
        new(DiagnosticCode.NoPlan, DiagnosticSeverity.Error),
        new(DiagnosticCode.SecondOpinionDiffers, DiagnosticSeverity.Error)
        {
            Subjects = ["finish"],
            Facts = [new("phase", "finish")],
        },
        new(DiagnosticCode.DocumentUnreadable, DiagnosticSeverity.Error) { Facts = [new("reason", "it may not be read")] },
        new(DiagnosticCode.NotSupportedYet, DiagnosticSeverity.Error) { Facts = [new("what", "member 'x'")] },
        new(DiagnosticCode.MoreProblems, DiagnosticSeverity.Info) { Facts = [new("count", 1204), new("of", "GO1004")] },
        new(DiagnosticCode.StateContradicted, DiagnosticSeverity.Error)
        {
            Facts =
            [
                new("id", "vm-01/ram"), new("state", "retrieved"), new("session", "vm-01"),
                new("sessionState", "held"), new("unnamed", "held"),
            ],
        },
        new(DiagnosticCode.StateOfNoFile, DiagnosticSeverity.Error)
        {
            Facts =
            [
                new("id", "vm-01/ioas"), new("rule", "it is in a file"), new("carrier", "vm-01/iommufd"),
            ],
        },
        new(DiagnosticCode.StateRepeated, DiagnosticSeverity.Error)
        {
            Facts = [new("id", "vm-01/ram"), new("firstLine", 4)],
        },
        new(DiagnosticCode.PreserveOrderAssumed, DiagnosticSeverity.Info),
        new(DiagnosticCode.PreserveOrderUnknown, DiagnosticSeverity.Warning),
        new(DiagnosticCode.QuietAssumed, DiagnosticSeverity.Info) { Subjects = ["vm-01/iommufd"] },
        new(DiagnosticCode.QuietAlready, DiagnosticSeverity.Warning) { Subjects = ["vm-01/ram"] },
        new(DiagnosticCode.FinishRefused, DiagnosticSeverity.Warning)
        {
            Subjects = ["vm-01/iommufd"],
            Facts = [new("session", "vm-01"), new("release", "linux-next"), new("errno", "EBUSY")],
        },
        new(DiagnosticCode.StillFrozen, DiagnosticSeverity.Warning) { Subjects = ["vm-01/gpu0"] },
        .. Runs,
        new(DiagnosticCode.NoRepairHelps, DiagnosticSeverity.Info) { Subjects = ["vm-01/hwpt", "vm-01/ioas"] },
        new(DiagnosticCode.NoRepairFound, DiagnosticSeverity.Info),
        new(DiagnosticCode.RepairSearchLimited, DiagnosticSeverity.Info),
        new(DiagnosticCode.MissingSeals, DiagnosticSeverity.Warning)
        {
            Subjects = ["vm-01/ram", "vm-01/domain"],
            Facts = [new("missing", "seal, grow")],
        },
        new(DiagnosticCode.NotPushed, DiagnosticSeverity.Error)
        {
            Subjects = ["vm-02/hwpt", "vm-01/ram"],
            Facts = [new("session", "vm-02"), new("through", "vm-02/ioas"), new("otherSession", "vm-01")],
        },
        new(DiagnosticCode.ReleasedWhileMapped, DiagnosticSeverity.Warning)
        {
            Subjects = ["vm-01/ram", "vm-02/domain"],
        },
        new(DiagnosticCode.BlackoutTooLong, DiagnosticSeverity.Error)
        {
            Subjects = ["session:vm-01", "session:vm-02"],
            Facts =
            [
                new("session", "vm-01"),
                new("blackout", "1174 ms"),
                new("allowed", "1000 ms"),
                new("least", "1129 ms"),
                new("others", 1),
            ],
        },
        new(DiagnosticCode.BlackoutNotSaid, DiagnosticSeverity.Error),
        new(DiagnosticCode.CostsTooLarge, DiagnosticSeverity.Warning),
        new(DiagnosticCode.CostsNotSaid, DiagnosticSeverity.Warning)
        {
            Facts = [new("count", 3), new("of", 24), new("kexec", "kexecMicroseconds")],
        },
        .. MappingExamples,
    ];

    private static Diagnostic[] Runs =>
    [
        new(DiagnosticCode.DescriptorMissing, DiagnosticSeverity.Error) { Subjects = ["vm-01/ram", "session:vm-01"] },
        new(DiagnosticCode.DescriptorDiffers, DiagnosticSeverity.Error)
        {
            Subjects = ["vm-01/ram"],
            Facts = [new("fact", "size"), new("found", "4096"), new("declared", "8192")],
        },
        new(DiagnosticCode.CustodyNotHeld, DiagnosticSeverity.Error)
        {
            Subjects = ["vm-01"],
            Facts =
            [
                new("holders", "nobody"), new("custody", "the service manager (process 1)"),
            ],
        },
        new(DiagnosticCode.ImageMissing, DiagnosticSeverity.Error),
        new(DiagnosticCode.SessionOpenAlready, DiagnosticSeverity.Error)
        {
            Subjects = ["vm-01"],
            Facts = [new("process", 812), new("command", "vm-agent")],
        },
        new(DiagnosticCode.LiveUpdateOff, DiagnosticSeverity.Error)
        {
            Facts = [new("missing", "liveupdate=on")],
        },
        new(DiagnosticCode.JournalNameTaken, DiagnosticSeverity.Error) { Subjects = ["graphorder"] },
        new(DiagnosticCode.CreatedInOtherOrder, DiagnosticSeverity.Error) { Subjects = ["vm-02", "vm-01"] },
        new(DiagnosticCode.OtherKernelRuns, DiagnosticSeverity.Error)
        {
            Facts = [new("found", "6.12.0"), new("declared", "7.3.4")],
        },
        new(DiagnosticCode.ActsWithoutRunner, DiagnosticSeverity.Error) { Subjects = ["vm-01/pause"] },
        new(DiagnosticCode.ImageUnproven, DiagnosticSeverity.Warning),
    ];
}
