using System.CommandLine;
using GraphOrder.Cli;
using GraphOrder.Orleans;

namespace GraphOrder.Fleet;

/// <summary><c>repaired</c>: what only a person can say of a host that failed.</summary>
internal static class RepairedCommand
{
    /// <summary>Makes it.</summary>
    public static Command Create(FleetConsole console, FleetOptions fleet)
    {
        Argument<string> name = HostArgument.Create();
        Command command = new("repaired", "Says that a host that failed is repaired: it is no longer away.")
        {
            name,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string host = parsed.GetValue(name)!;
            await using FleetClient client = await FleetClient.ConnectAsync(fleet, parsed, cancellation);
            InventoryHost found = await HostArgument.FindAsync(client.Grains, host);
            IFailureDomainGrain domain = client.Grains.GetGrain<IFailureDomainGrain>(found.Host.Domain);
            bool isDone = await domain.RepairAsync(host);
            console.Say(isDone
                ? $"'{Printable.Of(host)}' is no longer away. In the roll-out in which it failed it stays "
                    + "failed; the next one updates it."
                : $"'{Printable.Of(host)}' is not away for a failure; nothing has changed.");
            return isDone ? ExitCodes.Done : ExitCodes.Refused;
        });
        return command;
    }
}
