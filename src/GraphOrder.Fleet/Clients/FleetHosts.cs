using System.Collections.Immutable;
using GraphOrder.Orleans;

namespace GraphOrder.Fleet;

/// <summary>The hosts of a fleet, as they were listed last.</summary>
internal static class FleetHosts
{
    /// <summary>Asks every failure domain for them.</summary>
    public static async Task<InventoryHost[]> AllAsync(IGrainFactory grains)
    {
        ImmutableArray<string> domains = await grains.GetGrain<ICatalogueGrain>(0).DomainsAsync();
        ImmutableArray<InventoryHost>[] hosts = await Task.WhenAll(
            domains.Select(domain => grains.GetGrain<IInventoryGrain>(domain).HostsAsync()));
        return [.. hosts.SelectMany(static listed => listed)];
    }
}
