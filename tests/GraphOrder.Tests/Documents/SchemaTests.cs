using System.Text;
using GraphOrder.Tests.Planning;
using GraphOrder.Tests.Recovery;
using GraphOrder.Tests.Requests;

namespace GraphOrder.Tests.Documents;

[TestFixture]
public sealed class SchemaTests
{
    private const int Seed = 19;
    private const string SetSchema = "session-set.schema.json";
    private const string PlanSchema = "plan.schema.json";

    [Test]
    public void Every_sample_and_what_the_writer_makes_of_it_is_valid()
    {
        using TemporaryFolder folder = new();
        string[] samples = RepositoryFiles.Samples(SessionSetReader.Schema);
        string[] written = [.. samples.Select(path => folder.Write(Path.GetFileName(path), Written(path)))];

        Assert.That(samples, Is.Not.Empty);
        Assert.That(Check(SetSchema, [.. samples, .. written]), Is.All.EqualTo("valid"));
    }

    [Test]
    public void Malformed_sets_are_invalid_where_a_schema_can_see_it_and_valid_where_it_cannot()
    {
        using TemporaryFolder folder = new();
        MalformedCase[] malformed = [.. MalformedSets.AllJson];
        string[] paths = [.. malformed.Select((each, i) =>
            folder.Write($"{i}.json", new MarkedText(each.Marked).Bytes))];

        string[] verdicts = Check(SetSchema, paths);

        Assert.That(
            malformed.Zip(verdicts, (each, verdict) => $"{each.Name}: {verdict}"),
            Is.EqualTo(
                malformed.Select(each => $"{each.Name}: {(each.IsSeenBySchema ? "invalid" : "valid")}")));
    }

    [Test]
    public void Plans_and_refusals_are_valid()
    {
        using TemporaryFolder folder = new();
        RandomSets sets = new(Seed);
        PlanResult[] results =
        [
            PlanWriterTests.Refused(),
            .. Enumerable.Range(0, 60).Select(i =>
                Planner.Plan(
                    sets.Next(objectMax: 30, sessionMax: 3, isOrdered: i % 2 == 0), KernelPair.Linux73)),
        ];
        string[] paths = [.. results.Select(
            (each, i) => folder.Write($"{i}.json", PlanWriterTests.Write(each)))];

        Assert.That(results.Count(each => each.IsLegal), Is.InRange(10, results.Length - 10), $"seed {Seed}");
        Assert.That(Check(PlanSchema, paths), Is.All.EqualTo("valid"), $"seed {Seed}");
    }

    [Test]
    public void Certificates_are_valid_in_every_model()
    {
        using TemporaryFolder folder = new();
        List<string> paths = [];
        for (int seed = 0; paths.Count < 60; seed++)
        {
            SessionSet set = new RandomSets(seed, withActs: seed % 2 == 0)
                .Next(objectMax: 30, sessionMax: 3, isOrdered: true);
            KernelPair kernels = ModelText.All[seed % ModelText.All.Length].Kernels;
            PlanResult result = Planner.Plan(set, kernels, new PlanOptions { WithCertificate = true });
            if (result.IsLegal)
            {
                paths.Add(folder.Write($"{seed}.json", PlanWriterTests.Write(result)));
            }
        }

        Assert.That(Check(PlanSchema, [.. paths]), Is.All.EqualTo("valid"));
    }

    [Test]
    public void Refusals_with_repairs_of_each_kind_are_valid()
    {
        using TemporaryFolder folder = new();
        HashSet<RepairKind> kinds = [];
        List<string> paths = [];
        SessionSet[] sets =
        [
            .. RepairGoldenTests.Kinds.Select(RepairGoldenTests.SetOf),
            .. Enumerable.Range(0, 300).Select(seed => new RandomSets(seed, withActs: seed % 2 == 0).Next(
                objectMax: 12, sessionMax: 3, isOrdered: false)),
        ];
        for (int i = 0; i < sets.Length; i++)
        {
            PlanAnswer answer = PlanRequest.Answer(sets[i], KernelPair.Linux73);
            if (answer.Repairs.Repairs.Any(repair => kinds.Add(repair.Kind)))
            {
                using MemoryStream written = new();
                PlanWriter.Write(written, answer.Result, answer.Repairs);
                paths.Add(folder.Write($"{i}.json", written.ToArray()));
                Assert.That(PlanReader.Read(new MemoryStream(written.ToArray())).IsLegal, Is.False);
            }
        }

        Assert.That(
            kinds,
            Is.EquivalentTo(Enum.GetValues<RepairKind>()));
        Assert.That(Check(PlanSchema, [.. paths]), Is.All.EqualTo("valid"));
    }

    [Test]
    public void Explanations_are_valid_for_every_sample()
    {
        using TemporaryFolder folder = new();
        List<string> whys = [];
        List<string> pins = [];
        foreach (string sample in RepositoryFiles.Samples(SessionSetReader.Schema))
        {
            using FileStream stream = File.OpenRead(sample);
            SessionSet set = SessionSet.Read(stream);
            DependencyGraph graph = DependencyGraph.Of(set);
            string name = Path.GetFileNameWithoutExtension(sample);
            for (int i = 0; i < graph.ObjectCount; i++)
            {
                ObjectId id = new(i);
                ObjectId second = new((i + graph.ObjectCount / 2) % graph.ObjectCount);
                Phase phase = (Phase)(i % Phases.Count);
                DependencyEnd other = i % 3 == 0 || graph[second].Act is not null ? new SessionId(0) : second;
                if (graph[id].Act is not null)
                {
                    continue;
                }

                using MemoryStream why = new();
                WhyWriter.Write(
                    why, set, OrderExplainer.Explain(graph, KernelPair.Linux73, id, other, phase));
                whys.Add(folder.Write($"{name}.{i}.why.json", why.ToArray()));
                using MemoryStream pin = new();
                PinsWriter.Write(pin, set, PinExplainer.Explain(graph, KernelPair.Linux73, id));
                pins.Add(folder.Write($"{name}.{i}.pins.json", pin.ToArray()));
            }
        }

        Assert.That(Check("why.schema.json", [.. whys]), Is.All.EqualTo("valid"));
        Assert.That(Check("pins.schema.json", [.. pins]), Is.All.EqualTo("valid"));
    }

    [Test]
    public void Differences_of_each_kind_are_valid()
    {
        using TemporaryFolder folder = new();
        List<string> paths = [];
        HashSet<OrderCauseKind> kinds = [];
        PlanSide[] sides =
        [
            .. RepositoryFiles.Samples(SessionSetReader.Schema).Select(ReadSide),
            .. Enumerable.Range(0, 40).Select(seed =>
                SideOf(new RandomSets(seed / 2, withActs: true).Next(
                    objectMax: 20 + seed % 2, sessionMax: 3, isOrdered: seed % 3 > 0), seed)),
        ];
        for (int i = 0; i < sides.Length; i++)
        {
            PlanSide other = sides[(i + 1) % sides.Length];
            PlanDifference difference = PlanDiffer.Compare(
                sides[i], i % 5 == 0 ? PlanSide.Of(other.Result) : other);
            kinds.UnionWith(difference.Causes.Select(cause => cause.Kind));
            using MemoryStream written = new();
            DiffWriter.Write(written, difference);
            paths.Add(folder.Write($"{i}.diff.json", written.ToArray()));
        }

        Assert.That(kinds, Does.Contain(OrderCauseKind.Dependencies).And.Contain(OrderCauseKind.Preserve));
        Assert.That(Check("diff.schema.json", [.. paths]), Is.All.EqualTo("valid"));
    }

    private static PlanSide ReadSide(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return SideOf(SessionSet.Read(stream), 0);
    }

    private static PlanSide SideOf(SessionSet set, int model)
    {
        KernelPair kernels = ModelText.All[model / 2 % ModelText.All.Length].Kernels;
        DependencyGraph graph = DependencyGraph.Of(set);
        return new PlanSide(Planner.Plan(graph, kernels)) { Graph = graph, Kernels = kernels };
    }

    [Test]
    public void Malformed_plans_are_invalid_where_a_schema_can_see_it()
    {
        using TemporaryFolder folder = new();
        MalformedCase[] malformed =
            [.. PlanReaderTests.Malformed().Where(each => each.Code != DiagnosticCode.EmptyDocument)];
        string[] paths = [.. malformed.Select((each, i) =>
            folder.Write($"{i}.json", new MarkedText(each.Marked).Bytes))];

        string[] verdicts = Check(PlanSchema, paths);

        Assert.That(
            malformed.Zip(verdicts, (each, verdict) => $"{each.Name}: {verdict}"),
            Is.EqualTo(
                malformed.Select(each => $"{each.Name}: {(each.IsSeenBySchema ? "invalid" : "valid")}")));
    }

    [Test]
    public void States_and_recoveries_are_valid_and_malformed_states_are_not()
    {
        using TemporaryFolder folder = new();
        string[] names = [.. RecoverySamples.Names];
        string[] answers = [.. names.Select(name =>
        {
            SessionSet set = RecoverySamples.SetOf(name);
            RecoveryResult result = RecoverySamples.Recover(name, set);
            return folder.Write(name + ".answer.json", RecoverySamples.Write(set, result));
        })];
        MalformedCase[] malformed = [.. HostStateReaderTests.Malformed()
            .Where(each => each.Code is not (DiagnosticCode.EmptyDocument or DiagnosticCode.SyntaxError))];
        string[] paths = [.. malformed.Select((each, i) =>
            folder.Write($"{i}.json", new MarkedText(each.Marked).Bytes))];

        Assert.That(
            Check("state.schema.json", [.. names.Select(RecoverySamples.PathOf)]), Is.All.EqualTo("valid"));
        Assert.That(Check("recovery.schema.json", answers), Is.All.EqualTo("valid"));
        Assert.That(
            malformed.Zip(Check("state.schema.json", paths), (each, verdict) => $"{each.Name}: {verdict}"),
            Is.EqualTo(
                malformed.Select(each => $"{each.Name}: {(each.IsSeenBySchema ? "invalid" : "valid")}")));
    }

    [Test]
    public void Requests_and_what_answers_them_are_valid_and_wrong_requests_are_not()
    {
        using TemporaryFolder folder = new();
        RequestEngine engine = new();
        (string Schema, string Request)[] asked =
        [
            ("change", "{\"request\":\"declare\",\"set\":{\"sessions\":[{\"name\":\"s\"}],\"objects\":["
                + "{\"id\":\"m\",\"kind\":\"memfd\",\"session\":\"s\"},{\"id\":\"i\",\"kind\":\"ioas\",\"session\":\"s\","
                + "\"areas\":[{\"iova\":\"0x0\",\"bytes\":8,\"file\":\"m\",\"offset\":\"0x0\",\"access\":\"r\"}]}]},\"x-a\":1}"),
            ("change", "{\"request\":\"declare\",\"set\":{\"dependencies\":[{\"dependent\":\"m\",\"on\":\"i\"}]}}"),
            ("change", "{\"request\":\"withdraw\",\"areas\":[{\"ioas\":\"i\",\"iova\":\"0x0\",\"bytes\":8}]}"),
            ("change", "{\"request\":\"watch\",\"id\":[null]}"),
            ("finish", "{\"request\":\"finish\",\"files\":true}"),
            ("finish", $"{{\"request\":\"finish\",\"set\":{Ask.Sample("shared.json")}}}"),
            ("plan", "{\"request\":\"plan\",\"waive\":[\"m=>i\"],\"maxBlackoutMicroseconds\":4}"),
            ("error", "{\"request\":\"plan\",\"set\":{}}"),
            ("error", "{\"request\":\"pins\",\"object\":\"z\"}"),
        ];
        string[] requests = [.. asked.Select(
            (each, i) => folder.Write($"{i}.request.json", Encoding.UTF8.GetBytes(each.Request)))];
        string[] wrong =
        [
            "{}", "{\"request\":\"pla\"}", "{\"request\":\"plan\",\"sett\":{}}", "{\"request\":\"why\",\"first\":\"a\"}",
            "{\"request\":\"plan\",\"set\":[]}", "{\"request\":\"plan\",\"waive\":[[]]}", "{\"request\":\"declare\"}",
        ];

        foreach ((string schema, string request) in asked)
        {
            string document = Ask.Of(engine, request).Document;
            string path = folder.Write("answer.json", Encoding.UTF8.GetBytes(document));
            Assert.That(Check(schema + ".schema.json", [path]), Is.All.EqualTo("valid"), document);
        }

        Assert.That(Check("request.schema.json", requests), Is.All.EqualTo("valid"));
        Assert.That(
            Check("request.schema.json", [.. wrong.Select(
                (each, i) => folder.Write($"{i}.wrong.json", Encoding.UTF8.GetBytes(each)))]),
            Is.All.EqualTo("invalid"));
        Assert.That(
            wrong.Select(each => Ask.Of(engine, each).Status), Is.All.EqualTo(RequestStatus.Wrong));
    }

    private static string[] Check(string schema, string[] documents) => Python.Run(
        RepositoryFiles.In("tests", "GraphOrder.Tests", "Documents", "check_schema.py"),
        [RepositoryFiles.In("src", "GraphOrder", "Documents", schema), .. documents],
        module: "jsonschema");

    private static byte[] Written(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using MemoryStream written = new();
        SessionSetWriter.Write(written, SessionSet.Read(stream));
        Assert.That(Encoding.UTF8.GetString(written.ToArray()), Does.Not.Contain("x-made-by"));
        return written.ToArray();
    }
}
