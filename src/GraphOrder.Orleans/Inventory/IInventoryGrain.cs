using System.Collections.Immutable;

namespace GraphOrder.Orleans;

/// <summary>
/// Which hosts stand in a failure domain, as somebody has listed them last. It is asked when a roll-out
/// starts and when somebody looks. The key is the domain's name.
/// </summary>
public interface IInventoryGrain : IGrainWithStringKey
{
    /// <summary>Lists the domain's hosts; those that were listed before and are not now are gone.</summary>
    Task ListAsync(ImmutableArray<InventoryHost> hosts);

    /// <summary>The hosts, in the order in which they were listed.</summary>
    Task<ImmutableArray<InventoryHost>> HostsAsync();

    /// <summary>One of them; null where it is not listed.</summary>
    /// <param name="host">Its id.</param>
    Task<InventoryHost?> FindAsync(string host);

    /// <summary>How many there are.</summary>
    Task<InventoryCounts> CountAsync();
}
