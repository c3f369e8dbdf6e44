using System.CommandLine;
using GraphOrder.Cli;
using GraphOrder.Orleans;

namespace GraphOrder.Fleet;

/// <summary><c>repaired</c> and <c>resume-domain</c>: what only a person can say of a failure.</summary>
internal static class DomainCommands
{
    /// <summary>Makes <c>repaired</c>.</summary>
    public static Command CreateRepaired(FleetConsole console, FleetOptions fleet)
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
                ? $"'{Printable.Of(host)}' is no longer away."
                : $"'{Printable.Of(host)}' had not failed; nothing has changed.");
            return isDone ? ExitCodes.Done : ExitCodes.Refused;
        });
        return command;
    }

    /// <summary>Makes <c>resume-domain</c>.</summary>
    public static Command CreateResume(FleetConsole console, FleetOptions fleet)
    {
        Argument<string> name = new("DOMAIN") { Description = "The failure domain.", HelpName = "DOMAIN" };
        Command command = new(
            "resume-domain", "Says that the failures of a domain are looked at: it gives permits again.")
        {
            name,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string domain = parsed.GetValue(name)!;
            await using FleetClient client = await FleetClient.ConnectAsync(fleet, parsed, cancellation);
            string[] known = [.. await client.Grains.GetGrain<ICatalogueGrain>(0).DomainsAsync()];
            if (Array.IndexOf(known, domain) < 0)
            {
                throw new ToolException(
                    ExitCodes.Refused,
                    $"The fleet has no domain '{Printable.Of(domain)}'."
                    + UsageErrors.Meant(domain, known, " 'graph-order fleet status' names them."));
            }

            await client.Grains.GetGrain<IFailureDomainGrain>(domain).ResumeAsync();
            console.Say($"Domain '{Printable.Of(domain)}' gives permits.");
            return ExitCodes.Done;
        });
        return command;
    }
}
