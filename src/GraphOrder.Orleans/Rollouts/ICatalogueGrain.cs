using System.Collections.Immutable;

namespace GraphOrder.Orleans;

/// <summary>
/// Which roll-outs and which failure domains there are. It is asked when a roll-out starts and when somebody
/// looks, and by nothing that happens to a host. There is one, with the key 0.
/// </summary>
public interface ICatalogueGrain : IGrainWithIntegerKey
{
    /// <summary>Adds a roll-out; one that is there already stays.</summary>
    Task AddAsync(string rollout);

    /// <summary>The roll-outs, in the order of their starts.</summary>
    Task<ImmutableArray<string>> RolloutsAsync();

    /// <summary>Lists the failure domains that have hosts (<see cref="IInventoryGrain"/>).</summary>
    Task ListDomainsAsync(ImmutableArray<string> domains);

    /// <summary>The failure domains, as they were listed last.</summary>
    Task<ImmutableArray<string>> DomainsAsync();
}
