using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using GraphOrder.Cli.Tests;

namespace GraphOrder.Fleet.Tests.Local;

/// <summary>The table that updates in its place, on a real terminal.</summary>
[TestFixture]
public sealed class WatchTests
{
    [Test]
    public void It_updates_in_its_place_and_ends_with_the_roll_out()
    {
        using Scratch scratch = new();
        FleetTool.Run("sample", scratch.File("hosts"), "--hosts", "40", "--domains", "4");
        using FleetProcess fleet = FleetProcess.Start(
            null, "--local", "--hosts", scratch.File("hosts"), "--practice", "1.5").Ready();
        string port = fleet.Port.ToString(CultureInfo.InvariantCulture);
        new FleetAsker("--port", port).Do("rollout", "start", "june", "--away", "3", "--settle", "0");

        string shown = OnTerminal($"{FleetTool.Path} status --watch --port {port}");

        // The cursor goes up, and what was there is written over.
        Assert.That(shown, Does.Match("\u001b\\[\\d+A").And.Contain("running").And.Contain("ended"));
        Assert.That(shown, Does.Match("rack-01 +10 +10"));
    }

    [Test]
    public void On_a_small_screen_the_roll_out_comes_before_the_domains()
    {
        using Scratch scratch = new();
        FleetTool.Run("sample", scratch.File("hosts"), "--hosts", "60", "--domains", "30");
        using FleetProcess fleet = FleetProcess.Start(
            null, "--local", "--hosts", scratch.File("hosts"), "--practice", "0.5").Ready();
        string port = fleet.Port.ToString(CultureInfo.InvariantCulture);
        new FleetAsker("--port", port).Do("rollout", "start", "june", "--away", "3", "--settle", "0");

        string shown = OnTerminal($"stty rows 24 cols 80; {FleetTool.Path} status --watch --port {port}");

        string first = shown.Split('\u001b').First(part => part.Contains("june", StringComparison.Ordinal));
        Assert.That(shown, Does.Match("roll-out +wave +hosts +done +updating +waiting +failed +blocked"));
        Assert.That(shown, Does.Match("and \\d+ more domains; --format json has all\\."));
        Assert.That(first.Split('\n'), Has.Length.LessThanOrEqualTo(24));
        Assert.That(shown, Does.Not.Contain("rack-29"));
    }

    [Test]
    public void A_fleet_that_goes_away_meanwhile_is_a_sentence()
    {
        using Scratch scratch = new();
        FleetTool.Run("sample", scratch.File("hosts"), "--hosts", "40", "--domains", "4");
        FleetProcess fleet = FleetProcess.Start(
            null, "--local", "--hosts", scratch.File("hosts"), "--practice", "60").Ready();
        string port = fleet.Port.ToString(CultureInfo.InvariantCulture);
        new FleetAsker("--port", port).Do("rollout", "start", "june");
        Task gone = Task.Delay(4000).ContinueWith(_ => fleet.Dispose(), TaskScheduler.Default);

        string shown = OnTerminal($"{FleetTool.Path} status --watch --port {port}", exitCode: 5);

        gone.Wait();
        Assert.That(shown, Does.Contain("graph-order-fleet: The fleet no longer answers"));
    }

    private static string OnTerminal(string command, int exitCode = 0)
    {
        ProcessStartInfo start = new("script", ["-qec", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["TERM"] = "xterm-256color";
        using Process process = Start(start);
        Task<string> shown = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("It does not end.");
        }

        Assert.That(process.ExitCode, Is.EqualTo(exitCode), shown.Result);
        return shown.Result;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Ignore("script is not installed");
            throw;
        }
    }
}
