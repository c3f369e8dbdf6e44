using System.Text;
using System.Text.Json;
using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Requests;

[TestFixture]
public sealed class GrowingGraphTests
{
    private const string Vm =
        """
        {"request":"declare","set":{"sessions":[{"name":"vm-01"}],"objects":[
          {"id":"vm-01/ram","kind":"memfd","session":"vm-01","token":"0x1"},
          {"id":"vm-01/ioas","kind":"ioas","within":"vm-01/iommufd",
           "areas":[{"iova":"0x0","bytes":4096,"file":"vm-01/ram","offset":"0x0","access":"rw"}]},
          {"id":"vm-01/iommufd","kind":"iommufd","session":"vm-01","needs":["vm-01/ram"]}]}}
        """;

    [Test]
    public void What_was_declared_is_planned_as_its_set_would_be()
    {
        int legal = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            SessionSet set = new RandomSets(seed).Next(objectMax: 14, sessionMax: 3, isOrdered: seed % 3 > 0);
            RequestEngine engine = new();
            string text = Ask.Text(set);

            (RequestStatus declared, string change) = Ask.Of(engine, $"{{\"request\":\"declare\",\"set\":{text}}}");
            (RequestStatus planned, string expected) = Ask.Of(engine, $"{{\"request\":\"plan\",\"set\":{text}}}");
            (RequestStatus status, string plan) = Ask.Of(engine, "{\"request\":\"plan\"}");

            Assert.That(declared, Is.EqualTo(planned), $"seed {seed}: {change}");
            Assert.That(status, Is.EqualTo(RequestStatus.Done), $"seed {seed}");
            if (declared == RequestStatus.Done)
            {
                legal++;
                Assert.That(OrdersOf(plan), Is.EqualTo(OrdersOf(expected)), $"seed {seed}");
                string frozen = Ask.Text(engine.Freeze().Graph.Set);
                Assert.That(
                    plan, Is.EqualTo(Ask.Of(engine, $"{{\"request\":\"plan\",\"set\":{frozen}}}").Document),
                    $"seed {seed}");
            }
            else
            {
                Assert.That(change, Does.Contain("\"cycle\""), $"seed {seed}");
                Assert.That(engine.Version, Is.Zero);
            }
        }

        Assert.That(legal, Is.InRange(80, 350));
    }

    [Test]
    public void A_set_in_two_parts_is_the_set()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            SessionSet set = new RandomSets(seed).Next(objectMax: 14, sessionMax: 3, isOrdered: true);
            string text = Ask.Text(set);
            int at = text.IndexOf("  \"dependencies\"", StringComparison.Ordinal);
            if (at < 0)
            {
                continue;
            }

            RequestEngine whole = new();
            RequestStatus expected = Ask.Of(whole, $"{{\"request\":\"declare\",\"set\":{text}}}").Status;
            RequestEngine parts = new();
            Ask.Of(parts, $"{{\"request\":\"declare\",\"set\":{text[..at].TrimEnd().TrimEnd(',')}}}}}");
            (RequestStatus status, string change) = Ask.Of(
                parts, $"{{\"request\":\"declare\",\"set\":{{{text[at..]}}}");

            Assert.That(status, Is.EqualTo(expected), $"seed {seed}: {change}");
            Assert.That(parts.Freeze().Graph.Set.Digest.Equals(whole.Freeze().Graph.Set.Digest), Is.EqualTo(
                expected == RequestStatus.Done || set.Objects.IsEmpty), $"seed {seed}");
        }
    }

    [Test]
    public void A_change_says_what_came_and_what_went()
    {
        RequestEngine engine = new();
        List<string> heard = [];
        engine.Changed += change => heard.Add(Encoding.UTF8.GetString(change.Span));

        string came = Ask.Of(engine, Vm).Document;
        Assert.That(came, Does.Contain("\"version\": 1").And.Contain("\"objects\":[\"vm-01/ram\",\"vm-01/iommufd\",\"vm-01/ioas\"]")
            .And.Contain("\"dependencies\":[{\"dependent\":\"vm-01/iommufd\",\"on\":\"vm-01/ram\"}]")
            .And.Contain("\"areas\":[{\"ioas\":\"vm-01/ioas\",\"iova\":\"0x0\",\"bytes\":4096,\"file\":\"vm-01/ram\"}]"));
        string went = Ask.Of(engine, "{\"request\":\"withdraw\",\"objects\":[\"vm-01/ram\"]}").Document;
        Assert.That(went, Does.Contain("\"version\": 2").And.Contain("\"went\": {\"sessions\":[],\"objects\":[\"vm-01/ram\"]"));
        Assert.That(went[went.IndexOf("\"went\"", StringComparison.Ordinal)..], Does.Contain("\"iova\":\"0x0\""));
        string all = Ask.Of(engine, "{\"request\":\"withdraw\",\"sessions\":[\"vm-01\"],\"objects\":[\"vm-01/iommufd\"]}").Document;
        Assert.That(all, Does.Contain("\"version\": 3").And.Contain("\"sessions\":[\"vm-01\"]"));
        Assert.That(heard, Is.EqualTo(new[] { came, went, all }));
        Assert.That(engine.Freeze().ObjectCount, Is.Zero);
        Assert.That(
            Ask.Of(engine, "{\"request\":\"watch\"}").Document,
            Does.Contain("\"version\": 3").And.Contain("\"came\": {\"sessions\":[],\"objects\":[]"));
    }

    [Test]
    public void A_refused_change_answers_with_its_cycle_and_leaves_everything()
    {
        RequestEngine engine = new();
        Ask.Of(engine, Vm);
        string before = Ask.Of(engine, "{\"request\":\"plan\"}").Document;

        (RequestStatus status, string change) = Ask.Of(
            engine,
            "{\"request\":\"declare\",\"set\":{\"objects\":[{\"id\":\"new\",\"kind\":\"file\",\"session\":\"vm-01\"}],"
            + "\"dependencies\":[{\"dependent\":\"vm-01/ram\",\"on\":\"vm-01/iommufd\",\"declaredBy\":\"me\"}]}}");

        Assert.That(status, Is.EqualTo(RequestStatus.Refused));
        Assert.That(change, Does.Contain("\"legal\": false").And.Contain("\"version\": 1").And.Contain("\"cycle\"").And.Contain("\"me\""));
        Assert.That(
            change, Does.Contain("\"came\": {\"sessions\":[],\"objects\":[],\"dependencies\":[],\"areas\":[]}"), "nothing came");
        Assert.That(Ask.Of(engine, "{\"request\":\"plan\"}").Document, Is.EqualTo(before));
    }

    [TestCase("\"objects\":[{\"id\":\"vm-01/ram\",\"kind\":\"memfd\",\"session\":\"vm-01\"}]", "'vm-01/ram' is in the growing graph already.")]
    [TestCase("\"objects\":[{\"id\":\"b\",\"kind\":\"memfd\",\"session\":\"vm-01\",\"token\":\"0x1\"}]", "'b' has the token 0x1, which another file")]
    [TestCase("\"limits\":{\"pci\":4}", "A growing graph takes no 'limits'.")]
    [TestCase("\"host\":{\"kernel\":\"7.3.4\"}", "A growing graph takes no 'host'.")]
    [TestCase("\"objects\":[{\"id\":\"a\",\"kind\":\"act\",\"session\":\"vm-01\",\"phase\":\"unfreeze\"}]", "'a' is an act of unfreeze, which")]
    [TestCase("\"objects\":[{\"id\":\"i\",\"kind\":\"ioas\",\"session\":\"vm-01\",\"areas\":["
        + "{\"iova\":\"0x0\",\"bytes\":8,\"file\":\"vm-01/ram\",\"offset\":\"0x0\",\"access\":\"r\"},"
        + "{\"iova\":\"0x4\",\"bytes\":8,\"file\":\"vm-01/ram\",\"offset\":\"0x0\",\"access\":\"r\"}]}]",
        "'i' cannot be entered so: The IOAS has an area in")]
    public void What_the_graph_cannot_take_is_told_and_leaves_everything(string members, string sentence)
    {
        RequestEngine engine = new();
        Ask.Of(engine, Vm);

        (RequestStatus status, string document) = Ask.Of(engine, $"{{\"request\":\"declare\",\"set\":{{{members}}}}}");

        Assert.That(status, Is.EqualTo(RequestStatus.Wrong), document);
        Assert.That(Ask.MessageOf(document), Does.StartWith(sentence));
        Assert.That((engine.Version, engine.Freeze().ObjectCount), Is.EqualTo((1, 3)));
    }

    [Test]
    public void What_the_kernel_has_already_is_declared_as_it_happens()
    {
        RequestEngine engine = new();
        Ask.Of(engine, Vm);

        (RequestStatus status, string change) = Ask.Of(
            engine, "{\"request\":\"declare\",\"set\":{\"sessions\":[{\"name\":\"vm-01\",\"created\":true,\"preserved\":[\"vm-01/ram\"]}]}}");
        Assert.That(status, Is.EqualTo(RequestStatus.Done), change);
        Assert.That(change, Does.Contain("\"created\": [\"vm-01\"]").And.Contain("\"preserved\": [\"vm-01/ram\"]"));
        (status, change) = Ask.Of(
            engine, "{\"request\":\"declare\",\"set\":{\"sessions\":[{\"name\":\"vm-01\",\"preserved\":[\"vm-01/iommufd\",\"vm-01/ram\"]}]}}");
        Assert.That(status, Is.EqualTo(RequestStatus.Wrong), change);
        (status, change) = Ask.Of(engine, "{\"request\":\"withdraw\",\"objects\":[\"vm-01/ram\"]}");
        Assert.That(Ask.MessageOf(change), Does.StartWith("The kernel has preserved 'vm-01/ram'"));
        Assert.That(engine.Freeze().Graph.Set.Sessions[0].Preserved, Has.Length.EqualTo(1));
    }

    [Test]
    public void Dependencies_and_areas_are_withdrawn_by_name()
    {
        RequestEngine engine = new();
        Ask.Of(engine, Vm);

        (RequestStatus status, string change) = Ask.Of(
            engine,
            "{\"request\":\"withdraw\",\"dependencies\":[{\"dependent\":\"vm-01/iommufd\",\"on\":\"vm-01/ram\"}],"
            + "\"areas\":[{\"ioas\":\"vm-01/ioas\",\"iova\":\"0x0\",\"bytes\":4096}]}");
        Assert.That(status, Is.EqualTo(RequestStatus.Done), change);
        Assert.That(engine.Freeze().DependencyCount, Is.Zero);
        (status, change) = Ask.Of(
            engine, "{\"request\":\"withdraw\",\"dependencies\":[{\"dependent\":\"vm-01/iommufd\",\"on\":\"vm-01/ram\"}]}");
        Assert.That(Ask.MessageOf(change), Does.StartWith("Nobody declared that 'vm-01/iommufd' needs 'vm-01/ram'."));
    }

    [Test]
    public void Who_asks_again_gets_the_same_bytes_until_something_changes()
    {
        RequestEngine engine = new();
        Ask.Of(engine, Vm);
        string first = Ask.Of(engine, "{\"request\":\"plan\",\"id\":1}").Document;
        string second = Ask.Of(engine, "{\"request\":\"plan\",\"id\":22}").Document;
        string without = Ask.Of(engine, "{\"request\":\"plan\",\"id\":22,\"model\":\"explicit-graph\"}").Document;
        Ask.Of(engine, "{\"request\":\"declare\",\"set\":{\"objects\":[{\"id\":\"n\",\"kind\":\"file\",\"session\":\"vm-01\"}]}}");
        string third = Ask.Of(engine, "{\"request\":\"plan\",\"id\":1}").Document;

        Assert.That(second, Is.EqualTo(first));
        Assert.That(without, Is.Not.EqualTo(first));
        Assert.That(third, Does.Contain("\"n\"").And.Not.EqualTo(first));
    }

    [Test]
    public void An_engine_inside_the_process_is_changed_by_calls_too()
    {
        RequestEngine engine = new();
        List<string> heard = [];
        engine.Changed += change => heard.Add(Encoding.UTF8.GetString(change.Span));

        ChangeResult result = engine.Change((_, change) => change.AddFile(
            change.AddSession("s"u8), "f"u8, ObjectKind.Memfd, 1));
        Assert.That(() => engine.Change((_, change) =>
        {
            change.AddSession("t"u8);
            throw new InvalidOperationException("no");
        }), Throws.InvalidOperationException);

        Assert.That(result.IsCommitted, Is.True);
        Assert.That(heard, Has.Count.EqualTo(1));
        Assert.That((engine.Version, engine.Freeze().SessionCount), Is.EqualTo((1, 1)));
    }

    // Guests come and go on one thread while others ask: each answer is of one moment.
    [Test]
    public void Questions_and_changes_run_side_by_side()
    {
        RequestEngine engine = new();
        Ask.Of(engine, Vm);
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(20));
        Task changes = Task.Run(() =>
        {
            for (int i = 0; i < 300; i++)
            {
                string one = $"{{\"request\":\"declare\",\"set\":{{\"sessions\":[{{\"name\":\"g\"}}],\"objects\":["
                    + "{\"id\":\"g/a\",\"kind\":\"memfd\",\"session\":\"g\"},"
                    + "{\"id\":\"g/b\",\"kind\":\"file\",\"session\":\"g\",\"needs\":[\"g/a\",\"vm-01/ram\"]}]}}";
                Assert.That(Ask.Of(engine, one).Status, Is.EqualTo(RequestStatus.Done));
                Assert.That(
                    Ask.Of(engine, "{\"request\":\"withdraw\",\"sessions\":[\"g\"]}").Status,
                    Is.EqualTo(RequestStatus.Done));
            }

            stop.Cancel();
        });
        string[] wholes = ["g/a", "g/b", "vm-01/ram"];
        Parallel.For(0, 3, worker =>
        {
            while (!stop.IsCancellationRequested)
            {
                (RequestStatus status, string plan) = Ask.Of(engine, $"{{\"request\":\"plan\",\"id\":{worker}}}");
                Assert.That(status, Is.EqualTo(RequestStatus.Done));
                using JsonDocument parsed = JsonDocument.Parse(plan);
                int guests = parsed.RootElement.GetProperty("phases").GetProperty("preserve")
                    .EnumerateArray().Count(step => wholes.Contains(step.GetProperty("object").GetString()));
                Assert.That(guests, Is.AnyOf(1, 3));
            }
        });
        Assert.That(changes.Wait(TimeSpan.FromSeconds(20)), Is.True);
        Assert.That(engine.Version, Is.EqualTo(601));
    }

    // What stands between the digests and what is worth knowing.
    private static string OrdersOf(string plan)
    {
        int first = plan.IndexOf("\"sessions\"", StringComparison.Ordinal);
        return plan[first..plan.LastIndexOf("\"diagnostics\"", StringComparison.Ordinal)];
    }
}
