using System.Collections.Immutable;

namespace GraphOrder.Orleans;

/// <summary>
/// Which roll-outs there are. It is asked when one starts and when somebody lists them, and by nothing that
/// happens to a host. There is one, with the key 0.
/// </summary>
public interface ICatalogueGrain : IGrainWithIntegerKey
{
    /// <summary>Adds a roll-out; one that is there already stays.</summary>
    Task AddAsync(string rollout);

    /// <summary>The roll-outs, in the order of their starts.</summary>
    Task<ImmutableArray<string>> RolloutsAsync();
}
