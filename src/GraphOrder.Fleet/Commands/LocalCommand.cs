using System.CommandLine;
using GraphOrder.Cli;
using GraphOrder.Orleans;
using GraphOrder.Reports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GraphOrder.Fleet;

/// <summary><c>--local</c>: a whole fleet in one process, stored in one folder.</summary>
internal static class LocalCommand
{
    /// <summary>Makes it; it is the root.</summary>
    public static RootCommand Create(FleetConsole console, FleetOptions fleet)
    {
        Option<bool> local = new("--local")
        {
            Description = "One process on this machine, stored in one folder; no set-up.",
        };
        Option<string?> hosts = HostsOption.Create();
        Option<string?> state = new("--state")
        {
            Description = $"Where it is stored. {StateFolder.UsualName} inside the folder of hosts where "
                + "it is not given.",
            HelpName = "DIR",
        };
        SiloArguments silo = new(console);
        RootCommand command = new(
            "Keeps the plans of many hosts, and holds a roll-out to what failure domains allow.\n"
            + "Exit codes: 0 done, 1 refused, 2 wrong command line, 3 file, 4 malformed document, 5 no fleet "
            + "answers, 70 internal error, 130 cancelled.")
        {
            local, hosts, state,
        };
        silo.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            string? folder = parsed.GetValue(hosts);
            if (!parsed.GetValue(local) || folder is null)
            {
                throw ToolException.Usage(
                    "Start a fleet with '--local --hosts DIR', or name a command: "
                    + $"{string.Join(", ", command.Subcommands.Select(static sub => sub.Name))}. See "
                    + "'graph-order fleet --help'.");
            }

            List<HostFile> files = HostFolder.Read(folder, cancellation);
            using StateFolder kept = StateFolder.OpenWithGrains(
                parsed.GetValue(state) ?? Path.Combine(folder, StateFolder.UsualName));
            FleetSilo start = new()
            {
                Parsed = parsed,
                Fleet = fleet,
                Arguments = silo,
                State = kept,
                IsLocal = true,
            };
            bool canUpdate = silo.Updater(parsed) is not null;
            using IHost host = await start.StartAsync(cancellation);
            await ServeAsync(host, console, files, Next(fleet.Port(parsed), canUpdate), cancellation);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task ServeAsync(
        IHost host, FleetConsole console, List<HostFile> files, string next, CancellationToken cancellation)
    {
        IGrainFactory grains = host.Services.GetRequiredService<IGrainFactory>();
        try
        {
            await FolderPlanning.RunAsync(
                console, grains, files, "for another fleet, name another --state.", cancellation);

            // Reminders do not outlive the process; what is stored does.
            await grains.WakeRolloutsAsync();
            int rollouts = (await grains.GetGrain<ICatalogueGrain>(0).RolloutsAsync()).Length;
            console.Say(rollouts == 0 ? next : $"{Plural.Of(rollouts, "roll-out")} of before: what was not "
                + $"over goes on. {next}");
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            console.Say("Ended. What was under way goes on when it is started again.");
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static string Next(int port, bool canUpdate)
    {
        string more = port == FleetOptions.UsualPort ? "" : $" --port {port}";
        return canUpdate
            ? $"Ready. In another terminal: graph-order fleet rollout start NAME{more}, then graph-order "
                + $"fleet status --watch{more}. Ctrl+C ends it."
            : $"Ready to be asked (graph-order fleet status{more}); a roll-out wants --run PROGRAM or "
                + "--practice SECONDS. Ctrl+C ends it.";
    }
}
