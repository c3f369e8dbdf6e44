using System.Collections.Immutable;

namespace GraphOrder.Orleans;

/// <summary>Keeps the list of one domain.</summary>
internal sealed class InventoryGrain(
    [PersistentState("inventory")] IPersistentState<InventoryState> state) : Grain, IInventoryGrain
{
    /// <inheritdoc/>
    public Task ListAsync(ImmutableArray<InventoryHost> hosts)
    {
        state.State.Hosts = [.. hosts];
        return this.StoreAsync(state);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<InventoryHost>> HostsAsync() =>
        Task.FromResult<ImmutableArray<InventoryHost>>([.. state.State.Hosts]);

    /// <inheritdoc/>
    public Task<InventoryHost?> FindAsync(string host) =>
        Task.FromResult(state.State.Hosts.Find(listed => listed.Host.Id == host));

    /// <inheritdoc/>
    public Task<InventoryCounts> CountAsync() => Task.FromResult(new InventoryCounts(
        state.State.Hosts.Count, state.State.Hosts.Count(static host => host.Standing.IsReady)));
}
