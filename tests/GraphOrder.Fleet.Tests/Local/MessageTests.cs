using System.Globalization;
using GraphOrder.Cli.Tests;

namespace GraphOrder.Fleet.Tests.Local;

/// <summary>What a tired operator reads.</summary>
[TestFixture]
public sealed class MessageTests
{
    private const string Set = """
        { "schema": "graphorder/session-set/1", "sessions": [ { "name": "vm" } ],
          "objects": [ { "id": "ram", "kind": "memfd", "session": "vm", "bytes": 4096 } ] }
        """;

    private FleetProcess? _fleet;
    private Scratch? _scratch;

    private FleetAsker Asker => new("--port", Port);

    private string Port => _fleet!.Port.ToString(CultureInfo.InvariantCulture);

    private Scratch Scratch => _scratch!;

    [OneTimeSetUp]
    public void Start()
    {
        _scratch = new Scratch();
        Directory.CreateDirectory(Scratch.File("hosts/rack"));
        Scratch.Write("hosts/rack/a.json", Set);
        Scratch.Write("hosts/top.json", Set);
        Scratch.Write("hosts/broken.json", "{");
        Scratch.Write("hosts/plan.json", """{ "schema": "graphorder/plan/1" }""");
        _fleet = FleetProcess.Start(null, "--local", "--hosts", Scratch.File("hosts")).Ready();
    }

    [OneTimeTearDown]
    public void End()
    {
        _fleet?.Dispose();
        _scratch?.Dispose();
    }

    [Test]
    public void A_fleet_without_a_way_to_update_says_so_and_starts_no_roll_out()
    {
        Assert.That(_fleet!.Said, Does.Contain("Ready to be asked").And.Contain("--run PROGRAM or --practice SECONDS"));
        Asker.Ask("rollout", "start", "r").AssertIs(
            1, "", "graph-order-fleet: The fleet has no way to update a host. Start its silos with one: --run PROGRAM (an IHostUpdater).\n");
    }

    [Test]
    public void Documents_of_other_kinds_are_left_out_and_malformed_ones_are_told()
    {
        Assert.That(_fleet!.Said, Does.StartWith("2 of 3 hosts can be updated.\n  1 host: malformed, such as 'broken': 1:2: "));
        ToolResult planned = Asker.Ask("plan", "--hosts", Scratch.File("hosts"));
        Assert.That(planned.ExitCode, Is.EqualTo(1));
        Assert.That(planned.Output, Does.StartWith("2 of 3 hosts"));
        Assert.That(planned.Output, Does.Contain("\nAll of them, with what to do: graph-order survey DIR.\n"));
        Assert.That(planned.Output, Does.EndWith("Left out, since they are no session sets: 1 document, such as 'plan'.\n"));
        Assert.That(Asker.Do("why-waiting", "top"), Is.EqualTo("'top' is in no roll-out.\n"));
        Assert.That(Asker.Do("status"), Does.Contain("default").And.Contain("rack"));
    }

    [Test]
    public void Names_that_nobody_has_are_met_with_what_was_meant()
    {
        Asker.Ask("why-waiting", "rack/b").AssertIs(
            1, "", "graph-order-fleet: The fleet has no host 'rack/b'. Did you mean 'rack/a'?\n");
        Asker.Ask("repaired", "rack/a").AssertIs(1, "'rack/a' is not away for a failure; nothing has changed.\n", "");
        Asker.Ask("resume-domain", "rock").AssertIs(
            1, "", "graph-order-fleet: The fleet has no domain 'rock'. Did you mean 'rack'?\n");
        Asker.Ask("rollout", "pause", "r").AssertIs(
            1, "", "graph-order-fleet: There is no roll-out 'r'. Start one: graph-order fleet rollout start NAME.\n");
    }

    [Test]
    public void Two_fleets_do_not_share_a_folder_or_a_port()
    {
        string other = FreePort.Next().ToString(CultureInfo.InvariantCulture);
        ToolResult folder = FleetTool.Run("--local", "--hosts", Scratch.File("hosts"), "--port", other, "--silo-port", other);
        Assert.That(folder.ExitCode, Is.EqualTo(3), folder.Errors);
        Assert.That(folder.Errors, Does.StartWith($"graph-order-fleet: What has to be kept cannot be kept in '{Scratch.File("hosts")}/.fleet': "));
        ToolResult port = FleetTool.Run("--local", "--hosts", Scratch.File("hosts"), "--state", Scratch.File("state"), "--port", Port);
        Assert.That(port.ExitCode, Is.EqualTo(5), port.Output);
        Assert.That(port.Errors, Is.EqualTo(
            $"graph-order-fleet: Port {Port} cannot be had: Address already in use. Another fleet may run here; "
            + "end it, or name another port with --port.\n"));
    }

    [TestCase("192.0.2.1", 5, "This machine has no address 192.0.2.1. Check Orleans:Endpoints in the configuration.")]
    [TestCase("host-7", 2, "Orleans:Endpoints:AdvertisedIPAddress is no address: 'host-7'.")]
    [TestCase("127.0.0.5", 5, "The silo cannot start: Redis cannot be reached by the address or password that is given. --verbose says more.")]
    public void A_silo_that_cannot_start_says_why_in_one_sentence(string address, int code, string sentence)
    {
        string[] ports = FleetProcess.Ports(FreePort.Next(), FreePort.Next());
        FleetTool.RunIn(
            new Dictionary<string, string> { ["Orleans__Endpoints__AdvertisedIPAddress"] = address },
            ["silo", "--redis", "127.0.0.1:1", "--state", Scratch.File("apart"), .. ports])
            .AssertIs(code, "", $"graph-order-fleet: {sentence}\n");
    }

    [TestCase(2, "Start a fleet with '--local --hosts DIR', or name a command: silo, ")]
    [TestCase(2, "Start a fleet with", "--local")]
    [TestCase(2, "There is no command 'statsu'. Did you mean 'status'? See 'graph-order fleet --help'.", "statsu")]
    [TestCase(2, "'status' has no option '--watsh'. Did you mean '--watch'?", "status", "--watsh")]
    [TestCase(2, "'rollout' needs one of start, pause, resume, abort.", "rollout")]
    [TestCase(2, "'rollout start' needs NAME.", "rollout", "start")]
    [TestCase(2, "A roll-out's NAME is not empty.", "rollout", "start", "")]
    [TestCase(2, "--practice cannot be 'abc': it takes a number in range.", "--local", "--hosts", "@hosts", "--practice", "abc")]
    [TestCase(2, "--port lies between 1 and 65535; it is 70000.", "status", "--port", "70000")]
    [TestCase(2, "--watch wants a terminal and text.", "status", "--watch")]
    [TestCase(2, "--format cannot be 'xml'.", "status", "--format", "xml")]
    [TestCase(2, "A silo needs to know where silos meet: give --redis ADDRESS", "silo", "--state", "@silo", "--silo-port", "@0")]
    [TestCase(2, "--run and --practice exclude one another.", "--local", "--hosts", "@hosts", "--state", "@s", "--run", "@a", "--practice", "1")]
    [TestCase(3, "is no program that can be run.", "--local", "--hosts", "@hosts", "--state", "@s", "--run", "@hosts/top.json")]
    [TestCase(3, "There is no folder '", "--local", "--hosts", "@nowhere")]
    [TestCase(3, "is a file. Name the folder of session sets that it lies in.", "--local", "--hosts", "@hosts/top.json")]
    [TestCase(3, "There is no *.json in '", "--local", "--hosts", "@empty")]
    [TestCase(3, "is there already. Name a folder that is not.", "sample", "@hosts")]
    [TestCase(3, "There is no file '", "status", "--config", "@nowhere")]
    [TestCase(4, "names the host 'b', for which there is no 'b.json'.", "--local", "--hosts", "@unknown")]
    [TestCase(4, "malformed/fleet.json' 1:42: this is no graphorder/fleet/1. It has \"schema\"", "--local", "--hosts", "@malformed")]
    [TestCase(4, "circle/fleet.json': ", "--local", "--hosts", "@circle")]
    [TestCase(5, "No fleet answers on port 9 of this machine. Start one: graph-order fleet --local --hosts DIR.", "status", "--port", "9")]
    [TestCase(5, "No silo of the fleet answers (", "status", "--redis", "127.0.0.1:9")]
    [CancelAfter(60_000)]
    public void What_is_wrong_is_one_sentence(int exitCode, string sentence, params string[] words)
    {
        Directory.CreateDirectory(Scratch.File("empty"));
        Directory.CreateDirectory(Scratch.File("unknown"));
        Directory.CreateDirectory(Scratch.File("malformed"));
        Directory.CreateDirectory(Scratch.File("circle"));
        Scratch.Write("circle/a.json", Set);
        Scratch.Write("circle/b.json", Set);
        Scratch.Write("circle/fleet.json", """{ "schema": "graphorder/fleet/1", "needs": { "a": [ "b" ], "b": [ "a" ] } }""");
        Scratch.Write("unknown/a.json", Set);
        Scratch.Write("unknown/fleet.json", """{ "schema": "graphorder/fleet/1", "needs": { "a": [ "b" ] } }""");
        Scratch.Write("malformed/a.json", Set);
        Scratch.Write("malformed/fleet.json", """{ "schema": "graphorder/fleet/1", "neds": { } }""");

        ToolResult result = FleetTool.Run([.. words.Select(word => word switch
        {
            "@0" => FreePort.Next().ToString(CultureInfo.InvariantCulture),
            ['@', .. string name] => Scratch.File(name),
            _ => word,
        })]);

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((exitCode, "")), result.Errors);
        Assert.That(result.Errors, Does.StartWith("graph-order-fleet: ").And.Contain(sentence));
        Assert.That(result.Errors.TrimEnd('\n'), Does.Not.Contain("\n"));
    }

    [Test]
    public void Hostile_names_move_no_cursor()
    {
        ToolResult result = Asker.Ask("why-waiting", "rack/\u001b[2J[red]x[/]");
        Assert.That(result.Errors, Does.Not.Contain('\u001b').And.Contain("\\u{1b}[2J"));
    }
}
