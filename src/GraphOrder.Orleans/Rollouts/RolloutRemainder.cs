using System.Collections.Immutable;

namespace GraphOrder.Orleans;

/// <summary>What a roll-out that is over has left to do.</summary>
internal static class RolloutRemainder
{
    /// <summary>
    /// The hosts that neither a roll-out nor those whose rest it took have updated. What they need and is
    /// updated there is no longer needed.
    /// </summary>
    /// <param name="grains">Where the grains are.</param>
    /// <param name="rollout">The roll-out.</param>
    /// <param name="hosts">The hosts of the fleet as it is now.</param>
    /// <exception cref="RolloutException">There is no such roll-out, it is under way, or has left
    /// none.</exception>
    public static async Task<ImmutableArray<FleetHost>> LeftOfAsync(
        this IGrainFactory grains, string rollout, ImmutableArray<FleetHost> hosts)
    {
        HashSet<string> done = new(StringComparer.Ordinal);
        for (string? next = rollout; next is not null;)
        {
            IRolloutGrain before = grains.GetGrain<IRolloutGrain>(next);
            RolloutStanding standing = await before.StandingAsync();
            DemandOver(next, standing);
            foreach (string domain in await before.DomainsAsync())
            {
                done.UnionWith(await grains.GetGrain<IRolloutPartGrain>($"{next}/{domain}").DoneAsync());
            }

            next = standing.RestOf;
        }

        ImmutableArray<FleetHost> left =
        [
            .. hosts
                .Where(host => !done.Contains(host.Id))
                .Select(host => host with { Needs = host.Needs.RemoveAll(done.Contains) }),
        ];
        return left.IsEmpty
            ? throw new RolloutException(
                $"The roll-out '{Printable.Of(rollout)}' has left nothing: every host is updated.")
            : left;
    }

    private static void DemandOver(string rollout, RolloutStanding standing)
    {
        if (!standing.IsStarted)
        {
            throw new RolloutException($"There is no roll-out '{Printable.Of(rollout)}'.");
        }

        if (!standing.IsOver)
        {
            throw new RolloutException(
                $"The roll-out '{Printable.Of(rollout)}' is still under way. Wait until it is over, or abort "
                + "it and wait for the hosts that are being updated.");
        }
    }
}
