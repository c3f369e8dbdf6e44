using System.Globalization;
using System.Text;
using System.Text.Json;
using GraphOrder.Cli.Tests;
using GraphOrder.Orleans.Tests;

namespace GraphOrder.Fleet.Tests.Local;

/// <summary>A whole fleet in one process, as a new user starts it.</summary>
[TestFixture]
public sealed class LocalFleetTests
{
    private const int HostCount = 160;
    private const string Example = "rack-1/h0";

    [Test]
    public void Five_hundred_made_up_hosts_are_planned_rolled_out_and_told()
    {
        using Scratch scratch = new();
        string hosts = scratch.File("hosts");
        Assert.That(FleetTool.Run("sample", hosts).Output, Does.StartWith("500 hosts in 20 failure domains."));
        using FleetProcess fleet = FleetProcess.Start(null, "--local", "--hosts", hosts, "--practice", "0.05").Ready();
        FleetAsker asker = Asker(fleet);

        Assert.That(fleet.Said, Does.Match("^4\\d\\d of 500 hosts can be updated\\.\n  \\d+ hosts: GO4001, such as 'rack-"));
        Assert.That(asker.Do("status"), Does.Contain("No roll-out yet").And.Contain("rack-19"));
        Assert.That(asker.Do("rollout", "start", "june", "--away", "5", "--settle", "0.1"), Does.StartWith("Started 'june': 500 hosts, of which "));
        JsonElement ended = asker.UntilEnded("june");
        int done = FleetAsker.Count(ended, "done");

        Assert.That(done + FleetAsker.Count(ended, "blocked"), Is.EqualTo(500));
        Assert.That(fleet.Said, Does.StartWith($"{done} of 500 hosts"));
        Assert.That(asker.Do("status"), Does.Contain("ended").And.Contain(done.ToString(CultureInfo.InvariantCulture)));
        Assert.That(asker.Do("why-waiting", "rack-01/host-002"), Does.StartWith("In roll-out 'june' (ended): it is updated."));
        Assert.That(fleet.Interrupt(), Is.EqualTo(0));
        Assert.That(fleet.Said, Does.EndWith("Ended. What was under way goes on when it is started again.\n"));
        EventChecker.AssertRight(Events(hosts));
    }

    [Test]
    public void Killed_in_the_middle_it_goes_on_when_it_is_started_again()
    {
        using Scratch scratch = new();
        string hosts = Hosts(scratch);
        string[] start = ["--local", "--hosts", hosts, "--practice", "0.2"];
        using FleetProcess first = FleetProcess.Start(null, start).Ready();
        Assert.That(first.Said, Does.StartWith($"All {HostCount} hosts can be updated."));
        FleetAsker asker = Asker(first);
        asker.Do("rollout", "start", "r", "--away", "3", "--settle", "0.1");
        asker.Until("r", static rollout => FleetAsker.Count(rollout, "done") > 10);
        first.Kill();
        int before = Encoding.UTF8.GetString(Events(hosts)).Split("\"update-ended\"").Length - 1;

        using FleetProcess next = FleetProcess.Start(null, start).Ready();
        Assert.That(next.Said, Does.Contain("1 roll-out of before: what was not over goes on. Ready."));
        JsonElement ended = Asker(next).UntilEnded("r");

        Assert.That(before, Is.InRange(10, HostCount - 1));
        Assert.That(FleetAsker.Count(ended, "done"), Is.EqualTo(HostCount));
        next.Kill();

        // What is over is told as it ended, by whoever comes afterwards.
        using FleetProcess last = FleetProcess.Start(null, start).Ready();
        JsonElement remembered = Asker(last).Rollout("r");
        Assert.That(remembered.GetRawText(), Is.EqualTo(ended.GetRawText()));
        EventChecker.AssertRight(Events(hosts));
    }

    [Test]
    public void A_program_updates_each_host_once_with_its_plan_and_its_failures_are_told()
    {
        using Scratch scratch = new();
        string hosts = Hosts(scratch);
        string program = Program(scratch, $"""
            cat > "$(echo "$1-$2-$3" | tr / _).plan"
            [ "$1 $2" != "{Example} r" ]
            """);
        using FleetProcess fleet = FleetProcess.Start(null, "--local", "--hosts", hosts, "--run", program).Ready();
        FleetAsker asker = Asker(fleet);
        asker.Do("rollout", "start", "r", "--away", "40", "--settle", "0", "--pause-after", "0");
        asker.Until("r", static rollout => rollout.GetProperty("status").GetString() == "paused");

        Assert.That(asker.Do("why-waiting", Example), Does.StartWith("In roll-out 'r' (paused): its update failed: the program ended with 1.\n"
            + "It is paused, since more hosts failed than it allows. It goes on with: graph-order fleet rollout resume r\n"
            + $"Of domain 'rack-1' are away: {Example} (failed; when it is repaired: graph-order fleet repaired HOST)"));
        Assert.That(fleet.Said, Does.Contain($"graph-order-fleet: '{Example}' failed in 'r', attempt 1: the program ended with 1.\n"));
        Assert.That(asker.Do("status"), Does.Contain("halted: too many failed")
            .And.Contain($"{Example} failed in 'r'. When it is repaired: graph-order fleet repaired {Example}"));
        Assert.That(asker.Do("status", "--format", "json"), Does.Contain($"\"{Example}\""));
        Assert.That(asker.Do("repaired", Example), Does.StartWith($"'{Example}' is no longer away."));
        asker.Do("resume-domain", "rack-1");
        Assert.That(asker.Do("rollout", "resume", "r"), Is.EqualTo("'r' is running.\n"));
        JsonElement ended = asker.UntilEnded("r");

        Assert.That(FleetAsker.Count(ended, "failed"), Is.EqualTo(1));
        string[] plans = [.. Directory.EnumerateFiles(scratch.Folder, "*.plan")];
        Assert.That(plans, Has.Length.EqualTo(FleetAsker.Count(ended, "done") + 1));
        Assert.That(plans.Select(File.ReadAllText), Has.All.Contains("\"graphorder/plan/1\""));
        Assert.That(
            asker.Do("rollout", "start", "r2", "--rest-of", "r", "--away", "40", "--settle", "0"),
            Does.StartWith($"Started 'r2': {HostCount / 4} hosts that 'r' has not updated. At most 40 "));
        Assert.That(FleetAsker.Count(asker.UntilEnded("r2"), "done"), Is.EqualTo(HostCount / 4));
        EventChecker.AssertRight(Events(hosts));
    }

    [Test]
    public void Paused_it_begins_nothing_and_aborted_it_is_over()
    {
        using Scratch scratch = new();
        using FleetProcess fleet = FleetProcess.Start(null, "--local", "--hosts", Hosts(scratch), "--practice", "0.2").Ready();
        FleetAsker asker = Asker(fleet);
        asker.Do("rollout", "start", "r", "--settle", "0");
        Assert.That(asker.Do("rollout", "pause", "r"), Is.EqualTo("'r' is paused.\n"));
        JsonElement still = asker.Until("r", static rollout => FleetAsker.Count(rollout, "updating") == 0);
        Assert.That(asker.Do("why-waiting", "rack-3/h9"), Does.StartWith("In roll-out 'r' (paused): the roll-out is paused.\n"
            + "It is paused, since somebody paused it. It goes on with: graph-order fleet rollout resume r\n"));
        Assert.That(FleetAsker.Count(asker.Rollout("r"), "done"), Is.EqualTo(FleetAsker.Count(still, "done")));
        Assert.That(asker.Do("rollout", "abort", "r"), Is.EqualTo("'r' is aborted.\n"));
        JsonElement over = asker.Until("r", static rollout => FleetAsker.Count(rollout, "waiting") == 0);
        Assert.That(FleetAsker.Count(over, "done") + FleetAsker.Count(over, "blocked"), Is.EqualTo(HostCount));
        Assert.That(asker.Do("rollout", "abort", "r"), Is.EqualTo("'r' is aborted.\n"));
        asker.Ask("rollout", "resume", "r").AssertIs(
            1, "", "graph-order-fleet: 'r' is aborted and stays so. Start another with what it has left: "
                + "graph-order fleet rollout start NAME --rest-of r\n");
    }

    [Test]
    public void What_is_refused_leaves_no_roll_out_and_no_limit_behind()
    {
        using Scratch scratch = new();
        using FleetProcess fleet = FleetProcess.Start(null, "--local", "--hosts", Hosts(scratch), "--practice", "5").Ready();
        FleetAsker asker = Asker(fleet);
        asker.Do("rollout", "start", "careful", "--away", "1", "--settle", "30");

        asker.Ask("rollout", "start", "bold", "--away", "6", "--settle", "30").AssertIs(
            1, "", "graph-order-fleet: The roll-out 'careful' is under way with other limits: 1 away at once, 30 s of settling, "
            + "0 failures in a domain. Give the same, or wait until it is over.\n");
        string status = asker.Do("status", "--format", "json");
        Assert.That(status, Does.Not.Contain("bold").And.Contain("\"awayMax\": 1").And.Not.Contain("\"awayMax\": 6"));
        asker.Do("rollout", "start", "alike", "--away", "1", "--settle", "30");
        asker.Do("rollout", "abort", "careful");
        asker.Do("rollout", "abort", "alike");
        asker.Do("rollout", "start", "bold", "--away", "6", "--settle", "0");
    }

    [Test]
    public void Whoever_has_settled_is_away_no_more_though_nobody_asks_for_a_permit()
    {
        using Scratch scratch = new();
        using FleetProcess fleet = FleetProcess.Start(null, "--local", "--hosts", Hosts(scratch), "--practice", "0").Ready();
        FleetAsker asker = Asker(fleet);
        asker.Do("rollout", "start", "r", "--away", "40", "--settle", "1");
        asker.UntilEnded("r");
        Thread.Sleep(1500);
        Assert.That(asker.Do("status", "--format", "json"), Does.Contain("\"away\": 0").And.Not.Match("\"away\": [1-9]"));
    }

    [Test]
    public void Another_folder_is_not_the_fleet_by_mistake_and_what_is_stored_is_whole_or_told()
    {
        using Scratch scratch = new();
        string hosts = Hosts(scratch);
        string other = scratch.File("other");
        string state = scratch.File("state");
        Directory.CreateDirectory(other);
        File.Copy(Path.Combine(hosts, "rack-0", "h0.json"), Path.Combine(other, "stranger.json"));
        string[] wrong = ["--local", "--hosts", other, "--state", state, .. FleetProcess.Ports(FreePort.Next(), FreePort.Next())];
        const string None = "graph-order-fleet: The fleet has 160 hosts, such as 'rack-0/h0', and the folder has none of them. "
            + "Name their folder; ";
        using (FleetProcess fleet = FleetProcess.Start(null, "--local", "--hosts", hosts, "--state", state).Ready())
        {
            FleetAsker asker = Asker(fleet);
            asker.Ask("plan", "--hosts", other).AssertIs(1, "", None + "to make another the fleet, add --replace.\n");
            fleet.Kill();
        }

        FleetTool.Run(wrong).AssertIs(1, "", None + "for another fleet, name another --state.\n");
        File.Delete(Path.Combine(hosts, "rack-3", "h39.json"));
        File.Delete(Path.Combine(hosts, "fleet.json"));
        using (FleetProcess fleet = FleetProcess.Start(null, "--local", "--hosts", hosts, "--state", state).Ready())
        {
            Assert.That(fleet.Said, Does.Contain("\nNo longer in the fleet: 1 host, such as 'rack-3/h39'.\n").And.Not.Contain("New in"));
            Assert.That(Asker(fleet).Do("plan", "--hosts", other, "--replace"), Is.EqualTo(
                "The one host can be updated.\nNew in the fleet: 1 host, such as 'stranger'.\n"
                + "No longer in the fleet: 159 hosts, such as 'rack-0/h0'.\n"));
            fleet.Kill();
        }

        string grains = Path.Combine(state, "fleet.db");
        File.Delete(grains + "-wal");
        File.WriteAllText(grains, "no database, but long enough for somebody to believe that it may be one");
        FleetTool.Run(wrong).AssertIs(
            3, "", $"graph-order-fleet: What the fleet has stored in '{grains}' cannot be read: SQLite Error 26: 'file is not a "
            + "database'. Bring back a copy of the folder, or name another with --state.\n");
        File.Delete(grains);
        FleetTool.Run(wrong).AssertIs(
            3, "", $"graph-order-fleet: '{state}/events.jsonl' tells of a fleet, and '{grains}', where that is stored, is gone. "
            + "Bring it back, or move the events away to begin anew.\n");
    }

    private static FleetAsker Asker(FleetProcess fleet) => new("--port", fleet.Port.ToString(CultureInfo.InvariantCulture));

    private static byte[] Events(string hosts) => File.ReadAllBytes(Path.Combine(hosts, ".fleet", "events.jsonl"));

    // Four domains; in each the first host is needed by the others.
    private static string Hosts(Scratch scratch)
    {
        string hosts = scratch.File("hosts");
        Dictionary<string, string[]> needs = [];
        for (int i = 0; i < HostCount; i++)
        {
            string host = string.Create(CultureInfo.InvariantCulture, $"rack-{i % 4}/h{i / 4}");
            string file = Path.Combine(hosts, host + ".json");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, """
                { "schema": "graphorder/session-set/1", "sessions": [ { "name": "vm" } ],
                  "objects": [ { "id": "ram", "kind": "memfd", "session": "vm", "bytes": 4096 } ] }
                """);
            if (i >= 4)
            {
                needs.Add(host, [string.Create(CultureInfo.InvariantCulture, $"rack-{i % 4}/h0")]);
            }
        }

        File.WriteAllText(Path.Combine(hosts, "fleet.json"), JsonSerializer.Serialize(new { schema = "graphorder/fleet/1", needs }));
        return hosts;
    }

    private static string Program(Scratch scratch, string text)
    {
        string path = scratch.Write("update", $"#!/bin/sh\ncd {scratch.Folder}\n{text}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
