using System.Text;
using System.Text.Json.Nodes;
using GraphOrder.Tests.Planning;
using static GraphOrder.DiagnosticCode;

namespace GraphOrder.Tests.Documents;

[TestFixture]
public sealed class PlanReaderTests
{
    private const int Seed = 17;

    private const string Digests =
        """
        "input": "sha256:5b1f90c27d0a4e115b1f90c27d0a4e115b1f90c27d0a4e115b1f90c27d0a4e11",
        "rules": "sha256:5b1f90c27d0a4e115b1f90c27d0a4e115b1f90c27d0a4e115b1f90c27d0a4e11"
        """;

    [Test]
    public void What_the_writer_writes_of_a_plan_is_read_back_and_written_in_the_same_bytes()
    {
        RandomSets sets = new(Seed);
        int legalCount = 0;
        for (int i = 0; i < 200; i++)
        {
            SessionSet set = sets.Next(objectMax: 40, sessionMax: 4, isOrdered: true);
            PlanResult result = Planner.Plan(set, KernelPair.Linux73);
            if (!result.TryGetPlan(out Plan? plan))
            {
                continue;
            }

            legalCount++;
            PlanResult read = Read(PlanWriterTests.Write(result));

            Assert.That(read.TryGetPlan(out Plan? again), Is.True, $"seed {Seed}, set {i}");
            Assert.That(
                (again!.Model, again.Input, again.Rules), Is.EqualTo((plan.Model, plan.Input, plan.Rules)));
            Assert.That(again.Sessions.Finish, Is.EqualTo(plan.Sessions.Finish), $"seed {Seed}, set {i}");
            foreach (Phase phase in Phases.All)
            {
                Assert.That(
                    again[phase].Select(Show), Is.EqualTo(plan[phase].Select(Show)), $"seed {Seed}, set {i}");
            }

            Assert.That(
                WithoutDiagnostics(PlanWriterTests.Write(read)),
                Is.EqualTo(WithoutDiagnostics(PlanWriterTests.Write(result))),
                $"seed {Seed}, set {i}");
        }

        Assert.That(legalCount, Is.GreaterThan(50));
    }

    [Test]
    public void A_certificate_is_read_back_and_written_in_the_same_bytes()
    {
        int legalCount = 0;
        for (int seed = 0; seed < 120; seed++)
        {
            SessionSet set = new RandomSets(seed, withActs: seed % 2 == 0)
                .Next(objectMax: 30, sessionMax: 4, isOrdered: true);
            KernelPair kernels = ModelText.All[seed % ModelText.All.Length].Kernels;
            PlanResult result = Planner.Plan(set, kernels, new PlanOptions { WithCertificate = true });
            if (result.IsLegal)
            {
                legalCount++;
                byte[] written = PlanWriterTests.Write(result);
                PlanResult read = Read(written);
                Assert.That(
                    WithoutDiagnostics(PlanWriterTests.Write(read)),
                    Is.EqualTo(WithoutDiagnostics(written)),
                    $"seed {seed}");
                Assert.That(
                    PlanVerifier.VerifyCertificate(read.GetPlanOrThrow()).IsLegal, Is.True, $"seed {seed}");
                Assert.That(
                    PlanVerifier.Verify(set, read.GetPlanOrThrow(), kernels).IsLegal, Is.True, $"seed {seed}");
            }
        }

        Assert.That(legalCount, Is.GreaterThan(50));
    }

    [Test]
    public void A_refusal_is_read_as_one()
    {
        PlanResult refused = PlanWriterTests.Refused();

        PlanResult read = Read(PlanWriterTests.Write(refused));

        Assert.That(read.IsLegal, Is.False);
        Assert.That(read.Input, Is.EqualTo(refused.Input));
        Assert.That(
            read.Diagnostics.Select(d => (d.Code, d.Severity, string.Join(' ', d.Subjects))),
            Is.EqualTo(refused.Diagnostics.Select(d => (d.Code, d.Severity, string.Join(' ', d.Subjects)))));
    }

    [Test]
    public void Members_of_another_version_are_ignored()
    {
        PlanResult read = Read(Document("""
            "certainty": 1, "sessions": { "thaw": [] },
            "phases": { "thaw": [ {} ], "finish": [ { "step": 0, "object": "a", "colour": null } ] }
            """));

        Assert.That(read.GetPlanOrThrow()[Phase.Finish].Single().ObjectName, Is.EqualTo("a"));
    }

    [Test]
    public void A_step_may_be_a_session_or_everything()
    {
        PhaseSteps finish = Read(Document("""
            "sessions": {}, "phases": { "finish": [ { "session": "s" }, {} ] }
            """)).GetPlanOrThrow()[Phase.Finish];

        Assert.That(finish.Select(Show), Is.EqualTo(new[] { "0:0  s  ", "1:0    " }));
    }

    [TestCaseSource(nameof(Malformed))]
    public void Each_kind_of_mistake_is_one_problem_with_its_place(MalformedCase malformed)
    {
        MarkedText text = new(malformed.Marked);

        MalformedDocumentException refused = Assert.Throws<MalformedDocumentException>(
            () => Read(text.Bytes))!;

        Assert.That(
            refused.Diagnostics.Select(d => d.Code), Is.EqualTo(new[] { malformed.Code }), refused.Message);
        Assert.That(refused.Diagnostics[0].Location, Is.EqualTo(text.Place), refused.Message);
        Assert.That(DiagnosticSentences.WayOut(refused.Diagnostics[0]), Does.EndWith("."));
    }

    [Test]
    public void Every_truncation_of_a_plan_is_one_syntax_error()
    {
        byte[] whole = LegalPlan();
        for (int length = 1; length <= whole.Length - 2; length++)
        {
            MalformedDocumentException refused =
                Assert.Throws<MalformedDocumentException>(
                    () => Read(whole[..length]), $"cut to {length} bytes")!;

            Assert.That(refused.Diagnostics.Single().Code, Is.EqualTo(SyntaxError), $"cut to {length} bytes");
        }
    }

    [Test]
    public void Bytes_changed_at_random_give_a_plan_or_a_clear_refusal()
    {
        byte[] whole = LegalPlan();
        Random random = new(Seed);
        int refusedCount = 0;
        for (int i = 0; i < 2_000; i++)
        {
            byte[] mutated = [.. whole];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                mutated[random.Next(mutated.Length)] = (byte)"0aZ\"{}[],:-. \\\n\u007f"[random.Next(16)];
            }

            try
            {
                _ = PlanWriterTests.Write(Read(mutated));
            }
            catch (MalformedDocumentException refused)
            {
                refusedCount++;
                Assert.That(
                    refused.Diagnostics.Select(d => d.Location.IsKnown), Is.All.True, $"seed {Seed}, "
                        + $"mutation {i}");
            }
        }

        Assert.That(refusedCount, Is.InRange(500, 1_999));
    }

    internal static IEnumerable<MalformedCase> Malformed() =>
    [
        new("nothing", EmptyDocument, "¶"),
        new("no plan and no reason", MissingMember,
            $$"""¶{ "schema": "graphorder/plan/1", "model": "m", {{Digests}}, "phases": {} }""", true),
        new("another schema", WrongSchema, $$"""
            { "schema": ¶"graphorder/session-set/1", "model": "m", {{Digests}}, "sessions": {}, "phases": {} }
            """, true),
        new("no digest of the set", MissingMember, """
            ¶{ "schema": "graphorder/plan/1", "model": "m", "sessions": {}, "phases": {},
              "rules": "sha256:5b1f90c27d0a4e115b1f90c27d0a4e115b1f90c27d0a4e115b1f90c27d0a4e11" }
            """, true),
        new("half a digest", WrongValue, """
            { "schema": "graphorder/plan/1", "model": "m", "sessions": {}, "phases": {}, "input": ¶"sha256:5b1f",
              "rules": "sha256:5b1f90c27d0a4e115b1f90c27d0a4e115b1f90c27d0a4e115b1f90c27d0a4e11" }
            """, true),
        new("a feature that is not known", RequiredFeatureMissing, Marked("""
            "sessions": {}, "phases": {}, "requires": [ ¶"acts" ]
            """)),
        new("a step with another number", WrongValue,
            Marked("\"sessions\": {}, \"phases\": { \"finish\": [ { \"step\": ¶1 } ] }")),
        new("a step number beyond all", NumberOutOfRange, Marked(
            "\"sessions\": {}, \"phases\": { \"finish\": [ { \"step\": ¶99999999999999999999 } ] }"), true),
        new("a token as a number", WrongType,
            Marked("\"sessions\": {}, \"phases\": { \"finish\": [ { \"token\": ¶1 } ] }"), true),
        new("an act that is an object too", WrongValue, Marked(
            "\"sessions\": {}, \"phases\": { \"finish\": [ { \"act\": \"a\", \"object\": ¶\"b\" } ] }"), true),
        new("carried objects as text", WrongType,
            Marked("\"sessions\": {}, \"phases\": { \"finish\": [ { \"carries\": ¶\"a\" } ] }"), true),
        new(
            "a phase that is no list",
            WrongType,
            Marked("\"sessions\": {}, \"phases\": { \"finish\": ¶{} }"),
            true),
        new("phases twice", DuplicateMember, Marked("\"sessions\": {}, \"phases\": {}, ¶\"phases\": {}")),
        new("a session name of 64 bytes", InvalidSessionName, Marked(
            $$"""  "sessions": { "finish": [ ¶"{{new string('n', 64)}}" ] }, "phases": {}"""), true),
        new("a diagnostic with an odd code", WrongValue, Marked(
            "\"sessions\": {}, \"phases\": {}, \"diagnostics\": [ { \"code\": ¶\"E17\", \"severity\": "
            + "\"info\" } ]"),
                true),
        new("a diagnostic with an odd severity", WrongValue, Marked(
            "\"sessions\": {}, \"phases\": {}, \"diagnostics\": [ { \"code\": \"GO2201\", \"severity\": "
            + "¶\"bad\" } ]"), true),
        new("a diagnostic without a code", MissingMember, Marked(
            "\"sessions\": {}, \"phases\": {}, \"diagnostics\": [ ¶{ \"severity\": \"info\" } ]"), true),
    ];

    private static string Marked(string members) =>
        $$"""{ "schema": "graphorder/plan/1", "model": "m", {{Digests}}, {{members}} }""";

    private static byte[] Document(string members) => Encoding.UTF8.GetBytes(Marked(members));

    private static PlanResult Read(byte[] utf8) => PlanReader.Read(new MemoryStream(utf8), "plan.json");

    private static byte[] LegalPlan()
    {
        using FileStream stream = File.OpenRead(RepositoryFiles.In("tests", "samples", "session-set.json"));
        PlanResult result = Planner.Plan(SessionSet.Read(stream), KernelPair.Linux73);
        Assert.That(result.IsLegal, Is.True);
        return PlanWriterTests.Write(result);
    }

    private static string Show(PlanStep step)
    {
        IEnumerable<string> carried = Enumerable.Range(0, step.CarriedCount).Select(step.CarriedName);
        return $"{step.Number}:{step.Wave} {step.ObjectName} {step.Session} {step.Token:x} "
            + $"{string.Join(',', carried)}";
    }

    private static string WithoutDiagnostics(byte[] plan)
    {
        JsonNode document = JsonNode.Parse(plan)!;
        document.AsObject().Remove("diagnostics");
        return document.ToJsonString();
    }
}
