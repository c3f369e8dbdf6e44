using System.Buffers;
using System.Text;
using System.Text.Json;
using GraphOrder.Tests.Documents;

namespace GraphOrder.Tests.Requests;

[TestFixture]
public sealed class RequestEngineTests
{
    private static readonly string[] Samples =
    [
        .. RepositoryFiles.Samples(SessionSetReader.Schema)
            .Select(static path => Path.GetFileName(path)!)
            .Where(static name => name is not "every-member.json" && !name.EndsWith("-map.json")),
    ];

    [TestCaseSource(nameof(Samples))]
    public void A_plan_is_that_of_the_planner(string sample)
    {
        string text = Ask.Sample(sample);
        SessionSet set = SessionSet.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        foreach ((string model, KernelPair kernels) in ((string, KernelPair)[])
            [("", KernelPair.Of(set.Host)), ("linux-next", KernelPair.Of(LifecycleModel.LinuxNext))])
        {
            PlanAnswer expected = PlanRequest.Answer(
                set, kernels, new PlanOptions { WithCertificate = true }, null, ScheduleOptions.Default);
            string asked = model.Length == 0 ? "" : $"\"model\": \"{model}\",";

            (RequestStatus status, string document) = Ask.Of(
                new RequestEngine(), $"{{\"request\":\"plan\",{asked} \"certificate\":true,\"set\":{text}}}");

            Assert.That(status == RequestStatus.Done, Is.EqualTo(expected.Result.IsLegal));
            Assert.That(document, Is.EqualTo(Ask.Written(
                stream => PlanWriter.Write(stream, expected.Result, expected.Repairs, expected.Schedule))));
        }
    }

    [TestCaseSource(nameof(Samples))]
    public void A_plan_is_verified_with_its_set_and_alone(string sample)
    {
        RequestEngine engine = new();
        string set = Ask.Sample(sample);
        (RequestStatus planned, string plan) = Ask.Of(
            engine, $"{{\"set\":{set},\"request\":\"plan\",\"certificate\":true}}");

        (RequestStatus status, string verdict) = Ask.Of(
            engine, $"{{\"request\":\"verify\",\"set\":{set},\"plan\":{plan}}}");
        (RequestStatus alone, _) = Ask.Of(engine, $"{{\"request\":\"verify\",\"plan\":{plan}}}");

        Assert.That((status, alone), Is.EqualTo((planned, planned)));
        Assert.That(verdict, Does.Contain(planned == RequestStatus.Done ? "\"legal\": true" : "\"legal\": false"));
    }

    [Test]
    public void Each_question_gives_the_document_of_its_writer()
    {
        RequestEngine engine = new();
        string text = Ask.Sample("two-vms.json");
        SessionSet set = SessionSet.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        DependencyGraph graph = DependencyGraph.Of(set);
        set.TryFindEnd("vm-01/ram", out DependencyEnd ram);
        set.TryFindEnd("vm-01/iommufd", out DependencyEnd iommufd);
        string state = Ask.Sample("states/two-vms.lost-session.json");
        HostState host = HostStateReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(state)), set);
        PlanResult plan = Planner.Plan(graph, KernelPair.Linux73);
        (string Request, string Document)[] expected =
        [
            ("\"request\":\"why\",\"first\":\"vm-01/ram\",\"then\":\"vm-01/iommufd\",\"phase\":\"retrieve\"",
                Ask.Written(stream => WhyWriter.Write(stream, set, OrderExplainer.Explain(
                    graph, KernelPair.Linux73, ram, iommufd, Phase.Retrieve)))),
            ("\"request\":\"pins\",\"object\":\"vm-01/ram\"", Ask.Written(stream => PinsWriter.Write(
                stream, set, PinExplainer.Explain(graph, KernelPair.Linux73, ram)))),
            ("\"request\":\"compare\"", Ask.Written(
                stream => ComparisonWriter.Write(stream, CompareRequest.Answer(set)))),
            ("\"request\":\"recover\",\"assumeQuiet\":[\"session:vm-02\"],\"state\":" + state, Ask.Written(stream =>
            {
                set.TryFindEnd("session:vm-02", out DependencyEnd quiet);
                RecoveryWriter.Write(stream, set, RecoveryPlanner.Recover(
                    graph, KernelPair.Linux73, host, new RecoveryOptions { AssumeQuiet = [quiet] }));
            })),
            ("\"request\":\"finish\"", Ask.Written(
                stream => FinishWriter.Write(stream, plan, ["vm-02", "vm-01"]))),
            ("\"request\":\"check\"", Ask.Written(stream =>
            {
                PlanAnswer checkedPlan = PlanRequest.Answer(set, KernelPair.Linux73);
                PlanWriter.Write(stream, checkedPlan.Result, checkedPlan.Repairs, checkedPlan.Schedule);
            })),
        ];
        foreach ((string request, string document) in expected)
        {
            Assert.That(
                Ask.Of(engine, $"{{{request},\"set\":{text}}}").Document, Is.EqualTo(document), request);
        }
    }

    [Test]
    public void Places_are_those_of_the_document_and_of_the_tool()
    {
        string set = "{\n  \"schema\": \"graphorder/session-set/1\", \"sesions\": [], \"objects\": []\n}";
        (RequestStatus status, string document) = Ask.Of(
            new RequestEngine(), $"{{\"request\":\"plan\",    \"set\":\n\n\n{set}}}");
        MalformedDocumentException own = Assert.Throws<MalformedDocumentException>(
            () => SessionSet.Read(new MemoryStream(Encoding.UTF8.GetBytes(set)), "set"))!;

        Assert.That(status, Is.EqualTo(RequestStatus.Malformed));
        using JsonDocument error = JsonDocument.Parse(document);
        JsonElement[] found = [.. error.RootElement.GetProperty("diagnostics").EnumerateArray()];
        Assert.That(error.RootElement.GetProperty("document").GetString(), Is.EqualTo("set"));
        Assert.That(
            found.Select(each => (each.GetProperty("line").GetInt32(), each.GetProperty("column").GetInt32())),
            Is.EqualTo(own.Diagnostics.Select(each => (each.Location.Line, each.Location.Column))));
        Assert.That(
            Ask.MessageOf(document),
            Does.StartWith($"set:{own.Line}:{own.Column}: error GO"));
    }

    [TestCase("{}", "'request' is missing. It takes: plan, check, finish, verify, why, pins, compare, recover, declare, withdraw, watch.")]
    [TestCase("[1]", "A request is one JSON object. Write {\"request\": \"plan\", …}.")]
    [TestCase("{\"request\":\"pla\"}", "'request' cannot be 'pla'. Did you mean 'plan'? Known: plan, check, ")]
    [TestCase("{\"request\":\"plan\",\"sett\":{}}", "A request has no member 'sett'. Did you mean 'set'?")]
    [TestCase("{\"request\":\"plan\",\"state\":{}}", "'plan' takes no 'state'. Leave it out.")]
    [TestCase("{\"request\":\"why\",\"first\":\"a\"}", "'why' needs 'then'. Add it.")]
    [TestCase("{\"request\":\"plan\",\"set\":[]}", "'set' takes an object, the document itself. Write one.")]
    [TestCase("{\"request\":\"plan\",\"waive\":[[\"a\"]]}", "'waive' takes a list of strings. Write one.")]
    [TestCase("{\"request\":\"plan\",\"waive\":[\"a\"]}", "'waive' cannot be 'a'. Write 'DEPENDENT=>ON' or 'DEPENDENT=>ON@PHASE', in quotes.")]
    [TestCase("{\"request\":\"plan\",\"model\":\"linux-7.4\"}", "'model' cannot be 'linux-7.4'. Did you mean 'linux-7.3'? Known: ")]
    [TestCase("{\"request\":\"plan\",\"model\":\"explicit-graph:linux-7.3\"}", "explicit-graph and linux-7.3 do not fit")]
    [TestCase("{\"request\":\"pins\",\"object\":\"vm\"}", "There is no 'vm' in the growing graph. A session is written 'session:NAME'.")]
    [TestCase("{\"request\":\"plan\",\"request\":\"plan\"}", "'request' stands twice in the request. Remove one of the two.")]
    [TestCase("{\"request\":\"plan\",\"certificate\":1}", "'certificate' takes true or false. Write one.")]
    [TestCase("{\"request\":\"plan\",\"maxBlackoutMicroseconds\":-1}", "'maxBlackoutMicroseconds' takes a whole number of microseconds. Write one.")]
    [TestCase("{\"request\":\"plan\",\"schema\":\"graphorder/request/2\"}", "The schema is 'graphorder/request/2', and")]
    [TestCase("{\"request\":\"plan\",\"model\":\"\\ud800\"}", "'model' takes a string. Write one.")]
    [TestCase("{\"request\":\"withdraw\"}", "'withdraw' names nothing. Give it 'sessions', 'objects', 'dependencies' or 'areas'.")]
    [TestCase("{\"request\":\"withdraw\",\"objects\":[\"a\"]}", "There is no 'a' in the growing graph. 'plan' lists what is there.")]
    public void A_wrong_request_is_told_in_one_sentence(string request, string sentence)
    {
        (RequestStatus status, string document) = Ask.Of(new RequestEngine(), request);

        Assert.That(status, Is.EqualTo(RequestStatus.Wrong), document);
        Assert.That(Ask.MessageOf(document), Does.StartWith(sentence));
    }

    [TestCase("", "request:1:1: error GO")]
    [TestCase("{\"request\":\"plan\"", "request:1:18: error GO")]
    [TestCase("{\"request\":\"plan\"}x", "request:1:19: error GO")]
    [TestCase("{\"request\":\"plan\",\"set\":{\"a\":[}", "request:1:31: error GO")]
    [TestCase("{\"request\":\"plan\",\"set\":{\"a\":x}}", "set:1:6: error GO")]
    [TestCase("{\"request\":\n \"plan\",,}", "request:2:9: error GO")]
    [TestCase("{\"request\":\"plan\",\"set\":{} 5}", "request:1:28: error GO")]
    [TestCase("{\"request\":\"plan\",\"id\":[1,}", "request:1:27: error GO")]
    public void What_is_no_JSON_is_told_with_its_place(string request, string start)
    {
        (RequestStatus status, string document) = Ask.Of(new RequestEngine(), request);

        Assert.That(status, Is.EqualTo(RequestStatus.Malformed), document);
        Assert.That(Ask.MessageOf(document), Does.StartWith(start));
    }

    [TestCase("{\"id\": 17 ,\"request\":\"plan\"}", "17", "plan")]
    [TestCase("{\"request\":\"why\",\"sett\":1,\"id\":{\"a\": [\"}\",null]}}", "{\"a\": [\"}\",null]}", "why")]
    [TestCase("{\"request\":\"nothing\",\"id\":\"x\\\"y\"}", "\"x\\\"y\"", null)]
    [TestCase("{\"request\":\"plan\"}", "", "plan")]
    [TestCase("{\"id\":1,\"set\":{\"id\":2},,", "1", null)]
    public void The_id_comes_back_as_it_was(string request, string id, string? kind)
    {
        ArrayBufferWriter<byte> answer = new();
        new RequestEngine().Answer(Encoding.UTF8.GetBytes(request), answer, out RequestEcho echo);

        Assert.That(Encoding.UTF8.GetString(echo.Id.Span), Is.EqualTo(id));
        Assert.That(echo.Kind, Is.EqualTo(kind));
    }

    [Test]
    public void A_cancelled_request_says_so()
    {
        using CancellationTokenSource source = new();
        source.Cancel();

        (RequestStatus status, byte[] document) = Ask.Bytes(
            new RequestEngine(),
            Encoding.UTF8.GetBytes($"{{\"request\":\"plan\",\"set\":{Ask.Sample("vm-host.json")}}}"),
            source.Token);

        Assert.That(status, Is.EqualTo(RequestStatus.Cancelled));
        Assert.That(Encoding.UTF8.GetString(document), Does.Contain("\"status\": 130"));
    }

    [Test]
    public void A_request_beyond_the_limit_is_refused_unread()
    {
        RequestEngine engine = new(limits: new RequestLimits { RequestBytesMax = 30 });

        Assert.That(Ask.Of(engine, "{\"request\":\"plan\"}").Status, Is.EqualTo(RequestStatus.Done));
        (RequestStatus status, string document) = Ask.Of(engine, "{\"request\":\"plan\"            }");
        Assert.That(status, Is.EqualTo(RequestStatus.Done), document);
        (status, document) = Ask.Of(engine, "{\"request\":\"plan\"             }");
        Assert.That(status, Is.EqualTo(RequestStatus.Wrong));
        Assert.That(Ask.MessageOf(document), Does.StartWith("The request has 31 bytes; 30 are taken."));
    }

    // Whatever bytes come: a status that is known, a document that is JSON, and no internal error.
    [Test]
    public void Broken_requests_never_break_the_engine()
    {
        const int seed = 20;
        Random random = new(seed);
        byte[][] requests =
        [
            Encoding.UTF8.GetBytes($"{{\"request\":\"plan\",\"id\":[1,\"a\"],\"set\":{Ask.Sample("two-vms.json")}}}"),
            Encoding.UTF8.GetBytes($"{{\"request\":\"declare\",\"set\":{Ask.Sample("microvm.json")}}}"),
            Encoding.UTF8.GetBytes($"{{\"request\":\"recover\",\"state\":{Ask.Sample("states/two-vms.all-held.json")},"
                + $"\"set\":{Ask.Sample("two-vms.json")}}}"),
            "{\"request\":\"withdraw\",\"areas\":[{\"ioas\":\"a\",\"iova\":\"0x1\",\"bytes\":1}],\"objects\":[\"a\"]}"u8.ToArray(),
        ];
        RequestEngine engine = new();
        HashSet<RequestStatus> seen = [];
        for (int turn = 0; turn < 3_000; turn++)
        {
            byte[] broken = [.. requests[turn % requests.Length]];
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                broken[random.Next(broken.Length)] = random.Next(4) == 0
                    ? (byte)random.Next(256)
                    : (byte)"{}[],:\"\\ 0ax"[random.Next(12)];
            }

            broken = random.Next(8) == 0 ? broken[..random.Next(broken.Length)] : broken;
            (RequestStatus status, byte[] document) = Ask.Bytes(engine, broken);
            seen.Add(status);
            Assert.That(status, Is.Not.EqualTo(RequestStatus.Internal), $"seed {seed}, turn {turn}: "
                + Encoding.UTF8.GetString(document));
            Assert.DoesNotThrow(() => JsonDocument.Parse(document).Dispose(), $"seed {seed}, turn {turn}");
        }

        Assert.That(
            seen,
            Is.SupersetOf(new[] { RequestStatus.Done, RequestStatus.Wrong, RequestStatus.Malformed }));
    }
}
