using System.CommandLine;
using GraphOrder.Cli;
using GraphOrder.Orleans;

namespace GraphOrder.Fleet;

/// <summary><c>why-waiting</c>: what a host waits for.</summary>
internal static class WhyWaitingCommand
{
    /// <summary>Makes it.</summary>
    public static Command Create(FleetConsole console, FleetOptions fleet)
    {
        Argument<string> name = HostArgument.Create();
        Command command = new("why-waiting", "Says what a host waits for, in each roll-out that it is in.")
        {
            name,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string host = parsed.GetValue(name)!;
            await using FleetClient client = await FleetClient.ConnectAsync(fleet, parsed, cancellation);
            InventoryHost found = await HostArgument.FindAsync(client.Grains, host);
            bool isInOne = false;
            foreach (string rollout in await client.Grains.GetGrain<ICatalogueGrain>(0).RolloutsAsync())
            {
                string part = $"{rollout}/{found.Host.Domain}";
                if (await client.Grains.GetGrain<IRolloutPartGrain>(part).WhyAsync(host) is { } why)
                {
                    isInOne = true;
                    console.Say($"In roll-out '{Printable.Of(rollout)}': {Printable.Of(why)}.");
                }
            }

            if (!isInOne)
            {
                console.Say($"'{Printable.Of(host)}' is in no roll-out.");
            }

            if (!found.Standing.IsReady)
            {
                console.Say($"It cannot be updated: {Printable.Of(found.Standing.Why)}");
            }

            await SayAwayAsync(console, client.Grains, found.Host.Domain);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task SayAwayAsync(FleetConsole console, IGrainFactory grains, string domain)
    {
        DomainStanding standing = await grains.GetGrain<IFailureDomainGrain>(domain).StandingAsync();
        if (!standing.Away.IsEmpty)
        {
            console.Say($"Of domain '{Printable.Of(domain)}' are away: "
                + string.Join(", ", standing.Away.Select(static permit =>
                    $"{Printable.Of(permit.Order.Host)} ({Word(permit.Status)})")) + ".");
        }

        if (standing.IsHalted)
        {
            console.Say("When the failures are looked at: graph-order fleet resume-domain "
                + $"{Printable.Of(domain)}");
        }
    }

    private static string Word(PermitStatus status) => status switch
    {
        PermitStatus.Updating => "being updated",
        PermitStatus.Settling => "settling",
        _ => "failed; when it is repaired: graph-order fleet repaired HOST",
    };
}
