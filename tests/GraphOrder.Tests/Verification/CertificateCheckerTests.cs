using System.Text;
using GraphOrder.Tests.Documents;
using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Verification;

/// <summary>
/// A certificate is checked three times from the contract: here, in C and in Python, and each plan of these
/// tests is given to all three. What is broken is told by brute force or by the definition, never by what is
/// tested.
/// </summary>
[TestFixture]
public sealed class CertificateCheckerTests
{
    private const string Legal =
        "LEGAL: the plan keeps every dependency of its certificate, in all six phases.\n";

    [Test]
    public void The_certificate_of_every_sample_is_accepted_in_every_model()
    {
        List<byte[]> plans = [];
        foreach (string sample in RepositoryFiles.Samples(SessionSetReader.Schema))
        {
            using FileStream stream = File.OpenRead(sample);
            SessionSet set = SessionSet.Read(stream);
            foreach (LifecycleModel model in LifecycleModel.BuiltIn)
            {
                byte[]? plan = Certificate(set, KernelPair.Of(model));
                bool isLegal = Planner.Plan(set, KernelPair.Of(model)).IsLegal;
                Assert.That(plan is not null, Is.EqualTo(isLegal), sample);
                plans.AddRange(plan is null ? [] : [plan]);
            }
        }

        Assert.That(plans, Has.Count.GreaterThan(30));
        Assert.That(plans.Count(HasActs), Is.GreaterThanOrEqualTo(4), "blackout.json in all but linux-next");
        Assert.That(Answers(plans), Is.All.EqualTo(new CheckerAnswer(0, Legal)));
    }

    [Test]
    public void The_certificates_of_random_sets_are_accepted_in_every_model([Values] bool withActs)
    {
        List<byte[]> plans = [];
        for (int seed = 0; plans.Count < 300; seed++)
        {
            RandomSets sets = new(seed, withActs);
            SessionSet set = sets.Next(objectMax: 60, sessionMax: 6, isOrdered: true);
            ModelText model = ModelText.All[seed % ModelText.All.Length];
            plans.AddRange(Certificate(set, model.Kernels) is { } plan ? [plan] : []);
        }

        Assert.That(plans.Count(HasActs), withActs ? Is.GreaterThan(150) : Is.Zero);
        Assert.That(Answers(plans), Is.All.EqualTo(new CheckerAnswer(0, Legal)));
    }

    [Test]
    public void A_thousand_mutations_are_rejected_and_swaps_that_break_nothing_are_accepted()
    {
        Mutations mutations = new(seed: 23);
        List<byte[]> broken =
        [
            .. mutations.BrokenSwaps(550), .. mutations.Missing(150), .. mutations.Doubled(150),
            .. mutations.WrongTokens(150),
        ];
        List<byte[]> harmless = mutations.HarmlessSwaps(250);

        Assert.That(broken, Has.Count.EqualTo(1_000));
        Assert.That(Answers(broken).Select(answer => answer.ExitCode), Is.All.EqualTo(1));
        Assert.That(Answers(harmless), Is.All.EqualTo(new CheckerAnswer(0, Legal)));
    }

    [Test]
    public void Four_hundred_mutations_of_acts_are_rejected_and_moves_that_break_nothing_are_accepted()
    {
        Mutations mutations = new(seed: 31, withActs: true);
        List<byte[]> broken =
        [
            .. mutations.ActsMovedAgainstDependencies(150), .. mutations.ActsMissing(80),
            .. mutations.ActsDoubled(80), .. mutations.ActsInAnotherPhase(90),
        ];
        List<byte[]> harmless = mutations.ActsMovedHarmlessly(150);

        Assert.That(broken, Has.Count.EqualTo(400));
        Assert.That(broken.Concat(harmless).All(HasActs), Is.True);
        Assert.That(Answers(broken).Select(answer => answer.ExitCode), Is.All.EqualTo(1));
        Assert.That(Answers(harmless), Is.All.EqualTo(new CheckerAnswer(0, Legal)));
    }

    [Test]
    public void Any_orders_are_accepted_exactly_when_the_definition_says_so([Values] bool withActs)
    {
        List<byte[]> plans = [];
        List<bool> expected = [];
        for (int seed = 0; seed < 1_200; seed++)
        {
            ModelText model = ModelText.All[seed % ModelText.All.Length];
            Random random = new(seed);
            RandomSets sets = new(seed, withActs);
            SessionSet set = sets.Next(objectMax: 5, sessionMax: 3, isOrdered: true);
            SmallOrders orders = SmallOrders.Shuffled(set, model, random);
            plans.Add(orders.Write());
            expected.Add(orders.IsLegal);
        }

        TestContext.Out.WriteLine($"{expected.Count(legal => legal):N0} of {expected.Count:N0} legal");
        Assert.That(expected.Count(legal => legal), Is.InRange(100, 1_100));
        Assert.That(Answers(plans).Select(answer => answer.ExitCode == 0), Is.EqualTo(expected));
    }

    [Test]
    public void Rows_changed_at_random_are_judged_alike_by_all_three([Values] bool withActs)
    {
        List<byte[]> plans = new Mutations(seed: 29, withActs).ChangedRows(1_000);

        int legal = Answers(plans).Count(answer => answer.ExitCode == 0);

        TestContext.Out.WriteLine($"{legal:N0} of {plans.Count:N0} legal");
        Assert.That(legal, Is.InRange(50, 950));
    }

    [Test]
    public void A_waiver_counts_for_a_soft_dependency_in_its_phase_and_for_nothing_else()
    {
        SessionSet set = Small.TwoFiles(out ObjectId ram, out ObjectId iommufd)
            .AddDependency(iommufd, on: ram, PhaseSet.Of(Phase.Finish))
            .AddDependency(
                ram,
                on: iommufd,
                PhaseSet.Of(Phase.Retrieve, Phase.Finish),
                strength: DependencyStrength.Soft)
            .BuildSet();
        PlanOptions options = new()
        {
            Waivers = [new Waiver("ram", "iommufd", Phase.Finish)],
            WithCertificate = true,
        };
        string waived = Encoding.UTF8.GetString(
            PlanWriterTests.Write(Planner.Plan(set, KernelPair.Linux73, options)));
        string[] plans =
        [
            waived,
            waived.Replace("@finish\"", "\"", StringComparison.Ordinal),
            waived.Replace("@finish\"", "@retrieve\"", StringComparison.Ordinal),
            waived.Replace("\"waived\"", "\"x-waived\"", StringComparison.Ordinal),
            waived.Replace(",\"strength\":\"soft\"", "", StringComparison.Ordinal),
        ];

        List<CheckerAnswer> answers = Answers([.. plans.Select(Encoding.UTF8.GetBytes)]);

        Assert.That(answers.Select(answer => answer.ExitCode), Is.EqualTo(new[] { 0, 0, 1, 1, 1 }));
    }

    [Test]
    public void The_first_violated_dependency_of_each_phase_is_one_sentence()
    {
        SessionSet set = Small.TwoFiles(out ObjectId ram, out ObjectId iommufd)
            .AddObject(iommufd, "ioas", ObjectKind.Ioas, out ObjectId ioas)
            .AddDependency(ioas, on: ram)
            .BuildSet();
        DependencyGraph graph = DependencyGraph.Of(set);
        int[] wrong = [iommufd.Index, ram.Index];
        Plan plan = new PlanForge(graph).Forge(wrong, wrong, [0], [0], [0]);

        CheckerAnswer answer = Answers([Mutations.Write(plan, graph, KernelPair.Linux73)])[0];

        Assert.That(answer.ExitCode, Is.EqualTo(1));
        string[] lines = answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(
            lines.Select(line => line.Split(':')[0]),
            Is.EqualTo(new[] { "preserve", "freeze", "unpreserve", "retrieve", "finish" }));
        Assert.That(
            lines[0],
            Is.EqualTo("preserve: \"ioas\" needs \"ram\" and must go after it, but their steps are 0 and 1."));
        Assert.That(
            lines[4],
            Is.EqualTo("finish: \"ioas\" needs \"ram\" and must go before it, but their steps are 1 and 0."));
    }

    // Close and finish take a session at once, and so do the kernel's own walks.
    [TestCase(Phase.Finish, "finish: step 1 is an act inside a session.")]
    [TestCase(Phase.Freeze, "freeze: \"act\" is an act, and the model has no place for one here.")]
    public void An_act_stands_where_the_caller_makes_calls(Phase phase, string sentence)
    {
        DependencyGraph graph = Small.TwoFiles(out _, out _)
            .AddAct(new SessionId(0), "act", phase, out ObjectId act)
            .Build();
        int[] files = [0, 1];
        Plan plan = new PlanForge(graph).Forge(files, files, [0], [0], [0]);
        Plan cut = PlanForge.With(plan, phase, rows =>
            [rows[0], new PlanRow(act.Index, 0, 1, false, 0, rows[0].CarriedCount, 0, IsAct: true), rows[1]]);

        CheckerAnswer answer = Answers([Mutations.Write(cut, graph, KernelPair.Linux73)])[0];

        Assert.That(answer, Is.EqualTo(new CheckerAnswer(1, sentence + "\n")));
    }

    [Test]
    public void A_late_act_may_stand_early_but_carries_nothing_and_is_no_object()
    {
        DependencyGraph graph = Small.TwoFiles(out ObjectId ram, out _)
            .AddAct(new SessionId(0), "pause", Phase.Preserve, out _, isLate: true)
            .Build();
        Plan plan = Planner.Plan(graph, KernelPair.Linux73).GetPlanOrThrow();
        Plan early = PlanForge.With(
            plan, Phase.Preserve, rows => [rows[^1] with { Wave = 0 }, .. rows[..^1]]);
        byte[] written = Mutations.Write(early, graph, KernelPair.Linux73);
        (string, string)[] changes =
        [
            ("\"act\":\"pause\"", "\"act\":\"pause\",\"carries\":[\"ram\"]"),
            ("\"act\":\"pause\"", "\"object\":\"pause\""),
            ("\"object\":\"ram\"", "\"act\":\"ram\""),
        ];
        string whole = Encoding.UTF8.GetString(written);
        byte[][] wrong = [.. changes.Select(change =>
            Encoding.UTF8.GetBytes(whole.Replace(change.Item1, change.Item2, StringComparison.Ordinal)))];

        List<CheckerAnswer> answers = Answers([written, .. wrong]);

        Assert.That(plan[Phase.Preserve][2].ActName, Is.EqualTo("pause"));
        Assert.That(answers.Select(answer => answer.ExitCode), Is.EqualTo(new[] { 0, 1, 1, 1 }));
    }

    [Test]
    public void A_dependency_with_an_act_counts_in_its_phase_whatever_else_it_names()
    {
        const string listed = """{"dependent":"pause","on":"ram","phases":["preserve"]}""";
        SessionSet set = Small.TwoFiles(out ObjectId ram, out _)
            .AddAct(new SessionId(0), "pause", Phase.Preserve, out ObjectId pause)
            .AddDependency(pause, on: ram)
            .BuildSet();
        string whole = Encoding.UTF8.GetString(Certificate(set, KernelPair.Linux73)!);
        string back = listed.Replace("\"pause\",\"on\":\"ram\"", "\"ram\",\"on\":\"pause\"");
        string[] plans =
        [
            whole.Replace(listed, listed.Replace("\"preserve\"", "\"preserve\",\"finish\"") + ","
                + back.Replace("preserve", "finish")),
            whole.Replace(listed, back),
        ];

        List<CheckerAnswer> answers = Answers([.. plans.Select(Encoding.UTF8.GetBytes)]);

        Assert.That(whole, Does.Contain(listed));
        Assert.That(answers.Select(answer => answer.ExitCode), Is.EqualTo(new[] { 0, 1 }));
    }

    [TestCase("""{ "schema": "graphorder/plan/1", "diagnostics": [] }""", 1, "refusal")]
    [TestCase("""{ "schema": "graphorder/plan/1", "sessions": {}, "phases": {} }""", 1, "no certificate")]
    [TestCase("""{ "schema": "graphorder/session-set/1" }""", 4, "Malformed")]
    [TestCase("""{ "schema": "graphorder/plan/1", "schema": "graphorder/plan/1" }""", 4, "Malformed")]
    [TestCase("""{ "schema": "graphorder/plan/1", "requires": [ "acts" ] }""", 4, "Malformed")]
    [TestCase("{", 4, "Malformed")]
    [TestCase("", 4, "Malformed")]
    [TestCase("[]", 4, "Malformed")]
    [TestCase("nul", 4, "Malformed")]
    [TestCase("{\"schema\": \"graphorder/plan/1\", \"x\": \"\\ud800\"}", 4, "Malformed")]
    public void What_holds_no_certificate_is_told_in_one_sentence(string document, int exitCode, string word)
    {
        CheckerAnswer answer = CertificateCheckers.Check([Encoding.UTF8.GetBytes(document)])[0];

        Assert.That(answer.ExitCode, Is.EqualTo(exitCode), answer.Text);
        Assert.That(answer.Text, Does.Contain(word).And.EndsWith("\n"));
        Assert.That(answer.Text.Count(c => c == '\n'), Is.EqualTo(1));
    }

    [Test]
    public void A_file_that_is_not_there_ends_with_3() =>
        Assert.That(CertificateCheckers.CheckFiles(["/nowhere/plan.json"])[0].ExitCode, Is.EqualTo(3));

    [Test]
    public void A_certificate_that_contradicts_itself_is_malformed_for_all_three()
    {
        (string Found, string Wrong)[] changes =
        [
            ("""{"id":"ioas","kind":"ioas","within":"iommufd"}""", """{"id":"ioas","kind":"ioas","within":"ioas"}"""),
            ("""{"id":"ioas","kind":"ioas","within":"iommufd"}""", """{"id":"ram","kind":"ioas","within":"iommufd"}"""),
            ("""{"id":"ioas","kind":"ioas","within":"iommufd"}""", """{"id":"ioas","kind":"ioas","within":"disk"}"""),
            ("\"kind\":\"memfd\",\"session\":\"s\",\"token\":\"0x1\"", "\"kind\":\"memfd\",\"session\":\"s\""),
            ("\"kind\":\"memfd\",\"session\":\"s\"", "\"kind\":\"memfd\",\"session\":\"t\""),
            ("\"kind\":\"iommufd\",\"session\":\"s\",\"token\":\"0x2\"",
                "\"kind\":\"iommufd\",\"session\":\"s\",\"token\":\"0x1\""),
            ("{\"name\":\"s\"}", "{\"name\":\"s\"}, {\"name\":\"s\"}"),
            ("{\"name\":\"s\"}", "{\"name\":\"s\",\"preserved\":[\"ram\"]}"),
            ("{\"name\":\"s\"}", "{\"name\":\"s\",\"created\":true,\"preserved\":[\"ioas\"]}"),
            ("\"dependent\":\"ioas\"", "\"dependent\":\"ram\""),
            ("\"dependent\":\"ioas\"", "\"dependent\":\"session:t\""),
            ("\"phases\":[\"preserve\"", "\"phases\":[\"thaw\""),
            (",\"phases\":[\"preserve\",\"freeze\",\"unpreserve\",\"retrieve\",\"finish\"]", ""),
            ("\"dependencies\"", "\"x-dependencies\""),
            ("\"objects\"", "\"x-objects\""),
            (",\"phase\":\"retrieve\"", ""),
            (",\"phase\":\"retrieve\"", ",\"phase\":\"thaw\""),
            ("\"kind\":\"act\",\"session\":\"s\"", "\"kind\":\"act\""),
            ("\"kind\":\"act\"", "\"kind\":\"act\",\"token\":\"0x9\""),
            ("\"kind\":\"act\",\"session\":\"s\"", "\"kind\":\"act\",\"within\":\"iommufd\""),
            ("\"kind\":\"act\"", "\"kind\":\"memfd\",\"token\":\"0x9\""),
            ("\"when\":\"late\"", "\"when\":\"early\""),
            ("\"act\":\"resume\"", "\"act\":\"resume\",\"object\":\"ram\""),
            ("\"kind\":\"ioas\"", "\"kind\":\"ioas\",\"when\":\"late\""),
            ("\"within\":\"iommufd\"", "\"within\":\"resume\""),
            ("{\"name\":\"s\"}", "{\"name\":\"s\",\"created\":true,\"preserved\":[\"resume\"]}"),
            ("\"certificate\": {", "\"certificate\": {\"phases\": {},"),
        ];
        SessionSet set = Small.TwoFiles(out ObjectId ram, out ObjectId iommufd)
            .AddObject(iommufd, "ioas", ObjectKind.Ioas, out ObjectId ioas)
            .AddAct(new SessionId(0), "resume", Phase.Retrieve, out _, isLate: true)
            .AddDependency(ioas, on: ram)
            .BuildSet();
        string whole = Encoding.UTF8.GetString(Certificate(set, KernelPair.Linux73)!);
        Assert.That(changes.Select(change => whole.Contains(change.Found)), Is.All.True, whole);
        byte[][] plans = [.. changes.Select(change =>
            Encoding.UTF8.GetBytes(whole.Replace(change.Found, change.Wrong)))];

        List<CheckerAnswer> answers = CertificateCheckers.Check(plans);

        for (int i = 0; i < plans.Length; i++)
        {
            Assert.That(answers[i].ExitCode, Is.EqualTo(4), () => changes[i].Wrong + answers[i].Text);
            Assert.That(
                () => PlanReader.Read(new MemoryStream(plans[i])),
                Throws.TypeOf<MalformedDocumentException>(),
                changes[i].Wrong);
        }
    }

    // What the two programs say, which our own verifier must say too.
    private static List<CheckerAnswer> Answers(List<byte[]> plans)
    {
        List<CheckerAnswer> answers = CertificateCheckers.Check(plans);
        for (int i = 0; i < plans.Count; i++)
        {
            Plan plan = PlanReader.Read(new MemoryStream(plans[i])).GetPlanOrThrow();
            VerifyResult verdict = PlanVerifier.VerifyCertificate(plan);
            Assert.That(
                answers[i].ExitCode,
                Is.EqualTo(verdict.IsLegal ? 0 : 1),
                () => $"{answers[i].Text}{Told(verdict)}{Encoding.UTF8.GetString(plans[i])}");
        }

        return answers;
    }

    private static bool HasActs(byte[] plan) =>
        Encoding.UTF8.GetString(plan).Contains("\"kind\":\"act\"", StringComparison.Ordinal);

    private static byte[]? Certificate(SessionSet set, KernelPair kernels)
    {
        PlanResult result = Planner.Plan(set, kernels, new PlanOptions { WithCertificate = true });
        return result.IsLegal ? PlanWriterTests.Write(result) : null;
    }

    private static string Told(VerifyResult verdict) =>
        string.Concat(verdict.Diagnostics.Select(d => DiagnosticSentences.Sentence(d) + "\n"));
}
