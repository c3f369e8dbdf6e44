using System.CommandLine;
using GraphOrder.Cli;
using GraphOrder.Orleans;

namespace GraphOrder.Fleet;

/// <summary><c>resume-domain</c>: what only a person can say of a domain that has halted.</summary>
internal static class ResumeDomainCommand
{
    /// <summary>Makes it.</summary>
    public static Command Create(FleetConsole console, FleetOptions fleet)
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
