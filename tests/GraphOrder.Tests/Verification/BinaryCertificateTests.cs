using System.Text;
using GraphOrder.Tests.Documents;
using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Verification;

/// <summary>
/// Certificates in binary are judged three times: by <c>goplan_check.h</c>, by a reader in Python that was
/// written from the form's description and hands them to the checker over JSON, and by our own verifier.
/// </summary>
[TestFixture]
public sealed class BinaryCertificateTests
{
    private const string Script = "tests/certificate/goplan.py";

    // Two orders of its own, one run both ways, and a session moved at once by each.
    private static readonly KernelPair TwoOrders = KernelPair.Of(new LifecycleModel(
        "two-orders",
        new(Phase.Preserve, StepUnit.File, default, false, InsideSession.Chosen),
        new(Phase.Freeze, StepUnit.File, SessionOrder.Named("one"), true, InsideSession.Chosen),
        new(Phase.Unfreeze, StepUnit.Session, SessionOrder.Named("other"), false, InsideSession.Together),
        new(Phase.Unpreserve, StepUnit.File, SessionOrder.Named("one"), false, InsideSession.PreserveBackward),
        new(Phase.Retrieve, StepUnit.Session, SessionOrder.Named("other"), true, InsideSession.Together),
        new(Phase.Finish, StepUnit.Session, SessionOrder.Finish, false, InsideSession.Together)));

    [Test]
    public void The_certificate_of_every_sample_is_legal_in_every_model_and_tells_its_steps()
    {
        string vmm = GoplanPrograms.Plain("tests/embedding/goplan/vmm.c");
        using TemporaryFolder folder = new();
        List<string> paths = [];
        foreach (Plan plan in SamplePlans())
        {
            string path = folder.Write($"{paths.Count}.goplan", Write(plan));
            (int exitCode, string output) = GoplanPrograms.Run(vmm, "--steps", path);
            Assert.That((exitCode, output), Is.EqualTo((0, Steps(plan))));
            paths.Add(path);
        }

        Assert.That(paths, Has.Count.GreaterThan(30));
        Assert.That(Python.Run(RepositoryFiles.In(Script), paths), Is.All.EqualTo("0 LEGAL"));
    }

    [Test]
    public void The_certificates_of_random_sets_are_legal_in_every_model([Values] bool withActs)
    {
        List<byte[]> certificates = RandomCertificates(300, objectMax: 60, withActs);

        Assert.That(
            GoplanPrograms.Check(certificates).Select(answer => answer.Class), Is.All.Zero);
    }

    [Test]
    public void A_plan_that_was_read_gives_the_bytes_of_the_plan_that_was_made()
    {
        foreach (Plan plan in SamplePlans())
        {
            using MemoryStream json = new();
            PlanWriter.Write(json, new PlanResult(plan));
            json.Position = 0;
            Plan read = PlanReader.Read(json).GetPlanOrThrow();

            Assert.That(Write(read), Is.EqualTo(Write(plan)));
        }
    }

    [Test]
    public void Two_thousand_mutations_are_judged_as_the_verifier_judges_them([Values] bool withActs)
    {
        Mutations mutations = new(seed: 37, withActs);
        List<byte[]> plans =
            [.. mutations.ChangedRows(1_000), .. mutations.Missing(150), .. mutations.Doubled(150)];
        plans.AddRange(withActs
            ? [
                .. mutations.ActsMovedAgainstDependencies(200), .. mutations.ActsMovedHarmlessly(200),
                .. mutations.ActsInAnotherPhase(150), .. mutations.ActsMissing(150),
            ]
            : [.. mutations.BrokenSwaps(350), .. mutations.HarmlessSwaps(350)]);

        int legal = AssertJudgedAlike(plans, heldMin: 1_700);

        Assert.That(plans, Has.Count.EqualTo(2_000));
        Assert.That(legal, Is.InRange(200, 1_500));
    }

    [Test]
    public void Any_orders_are_judged_as_the_verifier_judges_them([Values] bool withActs)
    {
        List<byte[]> plans = [];
        for (int seed = 0; seed < 1_200; seed++)
        {
            RandomSets sets = new(seed, withActs);
            SessionSet set = sets.Next(objectMax: 5, sessionMax: 3, isOrdered: true);
            ModelText model = ModelText.All[seed % ModelText.All.Length];
            plans.Add(SmallOrders.Shuffled(set, model, new Random(seed)).Write());
        }

        Assert.That(AssertJudgedAlike(plans, heldMin: 1_200), Is.InRange(100, 1_100));
    }

    // "facts" changes what is said and makes the indexes anew; "bytes" changes anything. Both must be judged
    // like the checker over JSON judges the same, malformed or illegal or legal.
    [TestCase("facts", false, 4_000)]
    [TestCase("facts", true, 4_000)]
    [TestCase("bytes", false, 8_000)]
    [TestCase("bytes", true, 8_000)]
    public void Certificates_that_are_changed_are_judged_as_their_JSON_is(
        string kind, bool withActs, int count)
    {
        using TemporaryFolder folder = new();
        string[] sources =
        [
            .. RandomCertificates(90, objectMax: 12, withActs).Select((bytes, i) => folder.Write($"{i}", bytes)),
        ];
        string pack = folder.Write("pack", []);

        List<GoplanAnswer> expected = GoplanPrograms.Answers(Python.Run(
            RepositoryFiles.In(Script), ["--mutate", kind, $"{count}", "41", pack, .. sources]));
        List<GoplanAnswer> found = GoplanPrograms.CheckPack(pack);

        Assert.That(found, Has.Count.EqualTo(count));
        for (int i = 0; i < count; i++)
        {
            Assert.That(found[i].Class, Is.EqualTo(expected[i].Class), () => $"{i}: {expected[i]} {found[i]}");
        }

        foreach (int one in (int[])[0, 1, 4])
        {
            int told = found.Count(answer => answer.Class == one);
            TestContext.Out.WriteLine($"{one}: {told:N0}");
            Assert.That(told, Is.GreaterThan(count / 50), $"class {one}");
        }
    }

    [Test]
    public void A_plan_without_a_certificate_or_with_another_token_has_no_such_form()
    {
        SessionSet set = Small.TwoFiles(out _, out _).BuildSet();
        Plan plan = Planner.Plan(set, KernelPair.Linux73).GetPlanOrThrow();
        Plan other = PlanForge.With(
            plan, Phase.Finish, rows => [rows[0] with { Token = 77 }, .. rows[1..]]);
        PlanCertificate certificate = PlanCertificate.Of(DependencyGraph.Of(set), KernelPair.Linux73);

        Assert.That(() => Write(plan), Throws.ArgumentException);
        Assert.That(() => Write(other.With(certificate)), Throws.ArgumentException);
        Assert.That(() => Write(plan.With(certificate)), Throws.Nothing);
    }

    [Test]
    public void What_the_kernel_has_is_a_step_that_is_done()
    {
        DependencyGraphBuilder builder = new DependencyGraphBuilder()
            .AddSession("here", out SessionId here, created: true)
            .AddSession("new", out SessionId anew)
            .AddFile(here, "here/ram", ObjectKind.Memfd, out ObjectId ram, 1)
            .AddFile(here, "here/state", ObjectKind.Memfd, out _, 2)
            .AddFile(anew, "new/ram", ObjectKind.Memfd, out _, 1);
        SessionSet set = builder.SetPreserved(here, [ram]).BuildSet();

        string calls = Calls(set, KernelPair.Linux73);

        Assert.That(calls, Does.StartWith(
            "create new\npreserve here/state in here by token 0x2\npreserve new/ram in new by token 0x1\nkexec"));
        Assert.That(calls, Does.EndWith("finish session here\nfinish session new\n"));
    }

    private static string Calls(SessionSet set, KernelPair kernels)
    {
        using TemporaryFolder folder = new();
        Plan plan = Planner.Plan(set, kernels, new PlanOptions { WithCertificate = true }).GetPlanOrThrow();
        (int exitCode, string output) = GoplanPrograms.Run(
            GoplanPrograms.Plain("tests/embedding/goplan/vmm.c"),
            folder.Write("plan", Write(plan)),
            plan.Input.ToString());
        Assert.That(exitCode, Is.Zero, output);
        return output;
    }

    private static byte[] Write(Plan plan)
    {
        using MemoryStream stream = new();
        BinaryCertificateWriter.Write(stream, plan);
        return stream.ToArray();
    }

    private static List<Plan> SamplePlans()
    {
        List<Plan> plans = [];
        foreach (string sample in RepositoryFiles.Samples(SessionSetReader.Schema))
        {
            using FileStream stream = File.OpenRead(sample);
            SessionSet set = SessionSet.Read(stream);
            foreach (LifecycleModel model in LifecycleModel.BuiltIn)
            {
                PlanOptions options = new() { WithCertificate = true };
                PlanResult result = Planner.Plan(set, KernelPair.Of(model), options);
                plans.AddRange(result.TryGetPlan(out Plan? plan) ? [plan] : []);
            }
        }

        return plans;
    }

    private static List<byte[]> RandomCertificates(int count, int objectMax, bool withActs)
    {
        PlanOptions options = new() { WithCertificate = true };
        SessionSet empty = new DependencyGraphBuilder().AddKernelObject("x", ObjectKind.Flb, out _).BuildSet();
        KernelPair global = KernelPair.Of(LifecycleModel.GlobalFinish);
        List<byte[]> certificates = [Write(Planner.Plan(empty, global, options).GetPlanOrThrow())];
        for (int seed = 0; certificates.Count < count; seed++)
        {
            SessionSet set = new RandomSets(seed, withActs).Next(objectMax, sessionMax: 6, isOrdered: true);
            int model = seed % (ModelText.All.Length + 1);
            KernelPair kernels = model < ModelText.All.Length ? ModelText.All[model].Kernels : TwoOrders;
            PlanResult result = Planner.Plan(set, kernels, options);
            certificates.AddRange(result.TryGetPlan(out Plan? plan) ? [Write(plan)] : []);
        }

        return certificates;
    }

    // What the form cannot hold is never legal. Returns how many are.
    private static int AssertJudgedAlike(List<byte[]> plans, int heldMin)
    {
        List<byte[]> held = [];
        List<bool> expected = [];
        foreach (byte[] json in plans)
        {
            Plan plan = PlanReader.Read(new MemoryStream(json)).GetPlanOrThrow();
            bool isLegal = PlanVerifier.VerifyCertificate(plan).IsLegal;
            if (BinaryCertificateWriter.TryWrite(plan, out byte[] bytes))
            {
                held.Add(bytes);
                expected.Add(isLegal);
            }
            else
            {
                Assert.That(isLegal, Is.False, Encoding.UTF8.GetString(json));
            }
        }

        TestContext.Out.WriteLine($"{held.Count:N0} of {plans.Count:N0} held, {expected.Count(e => e):N0} legal");
        Assert.That(held, Has.Count.GreaterThanOrEqualTo(heldMin));
        Assert.That(
            GoplanPrograms.Check(held).Select(answer => answer.Class),
            Is.EqualTo(expected.Select(isLegal => isLegal ? 0 : 1)));
        return expected.Count(isLegal => isLegal);
    }

    private static string Steps(Plan plan)
    {
        SessionSet set = plan.Certificate!.Set;
        ObjectId[] preserved = [.. set.Sessions.SelectMany(session => session.Preserved)];
        StringBuilder text = new();
        foreach (Phase phase in Phases.All)
        {
            foreach (PlanStep step in plan[phase])
            {
                string kind = step switch
                {
                    { ActName: not null } => "act",
                    { ObjectName: not null, Token: not null } => "file",
                    { ObjectName: not null } => "object",
                    { Session: not null } => "session",
                    _ => "all",
                };
                string carried = string.Join(
                    ',', Enumerable.Range(0, step.CarriedCount).Select(step.CarriedName));
                text.Append($"{phase.Name()} {step.Number} wave {step.Wave} {kind} session {step.Session}");
                string? name = step.ObjectName ?? step.ActName;
                bool isDone = phase == Phase.Preserve && set.TryFind(name ?? "", out ObjectId id)
                    && preserved.Contains(set.Objects[id.Index].Carrier ?? id);
                text.Append($" token 0x{step.Token ?? 0:x} id {name} done {(isDone ? 1 : 0)}");
                text.Append(carried.Length == 0 ? "\n" : $" carries {carried}\n");
            }
        }

        return text.ToString();
    }
}
