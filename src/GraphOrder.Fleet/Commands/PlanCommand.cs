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
        Command command = new(
            "plan",
            "Makes a folder of session sets the fleet: each host keeps its set and its plan, and those "
            + "that cannot be updated are told by cause. Exit code 1 unless all can.")
        {
            hosts,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using FleetClient client = await FleetClient.ConnectAsync(fleet, parsed, cancellation);
            PlannedFolder planned = await PlanProgress.RunAsync(
                console, client.Grains, HostFolder.Read(parsed.GetValue(hosts)!, cancellation), cancellation);
            foreach (string line in PlanSummary.Lines(planned))
            {
                console.Say(line);
            }

            return planned.Hosts.All(static host => host.Standing.IsReady)
                ? ExitCodes.Done
                : ExitCodes.Refused;
        });
        return command;
    }
}
