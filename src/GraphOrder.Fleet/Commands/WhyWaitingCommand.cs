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
            if (!found.Standing.IsReady)
            {
                console.Say($"It cannot be updated: {Printable.Of(found.Standing.Why)}");
            }

            await SayRolloutsAsync(console, client.Grains, found);
            await SayAwayAsync(console, client.Grains, found.Host.Domain);
            return ExitCodes.Done;
        });
        return command;
    }

    // Those that are over are told only where the host is in no other, and then the last of them.
    private static async Task SayRolloutsAsync(
        FleetConsole console, IGrainFactory grains, InventoryHost found)
    {
        List<(RolloutSummary Rollout, string Why)> told = [];
        foreach (string id in await grains.GetGrain<ICatalogueGrain>(0).RolloutsAsync())
        {
            string part = $"{id}/{found.Host.Domain}";
            if (await grains.GetGrain<IRolloutPartGrain>(part).WhyAsync(found.Host.Id) is { } why)
            {
                RolloutSummary rollout = new(id, await grains.GetGrain<IRolloutGrain>(id).StandingAsync());
                told.RemoveAll(static known => known.Rollout.Standing.IsClosed);
                if (!rollout.Standing.IsClosed || told.Count == 0)
                {
                    told.Add((rollout, why));
                }
            }
        }

        if (told.Count == 0)
        {
            console.Say($"'{Printable.Of(found.Host.Id)}' is in no roll-out.");
        }

        foreach ((RolloutSummary rollout, string why) in told)
        {
            string id = Printable.Of(rollout.Id);
            console.Say($"In roll-out '{id}' ({rollout.Word}): {Printable.Of(why)}.");
            if (rollout.Standing.Status == RolloutStatus.Paused)
            {
                console.Say($"It is paused, since {Printable.Of(rollout.Standing.Why)}. It goes on with: "
                    + $"graph-order fleet rollout resume {id}");
            }
        }
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
