using System.CommandLine;
using GraphOrder.Cli;

namespace GraphOrder.Fleet;

/// <summary><c>plan</c>: declares the hosts of a folder to a fleet that runs.</summary>
internal static class PlanCommand
{
    /// <summary>Makes it.</summary>
    public static Command Create(FleetConsole console, FleetOptions fleet)
    {
        Option<string?> hosts = HostsOption.Create();
        hosts.Required = true;
        Option<bool> replace = new("--replace")
        {
            Description = "The folder is the fleet though it has none of its hosts.",
        };
        Command command = new(
            "plan",
            "Makes a folder of session sets the fleet: each host keeps its set and its plan, and those "
            + "that cannot be updated are told by cause. Exit code 1 unless all can.")
        {
            hosts, replace,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using FleetClient client = await FleetClient.ConnectAsync(fleet, parsed, cancellation);
            PlannedFolder planned = await FolderPlanning.RunAsync(
                console,
                client.Grains,
                HostFolder.Read(parsed.GetValue(hosts)!, cancellation),
                parsed.GetValue(replace) ? null : "to make another the fleet, add --replace.",
                cancellation);
            return planned.Hosts.All(static host => host.Standing.IsReady)
                ? ExitCodes.Done
                : ExitCodes.Refused;
        });
        return command;
    }
}
