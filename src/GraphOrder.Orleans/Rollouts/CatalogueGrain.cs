using System.Collections.Immutable;

namespace GraphOrder.Orleans;

/// <summary>Keeps the names of roll-outs and of failure domains.</summary>
internal sealed class CatalogueGrain(
    [PersistentState("catalogue")] IPersistentState<CatalogueState> state) : Grain, ICatalogueGrain
{
    /// <inheritdoc/>
    public Task AddAsync(string rollout)
    {
        if (state.State.Rollouts.Contains(rollout))
        {
            return Task.CompletedTask;
        }

        state.State.Rollouts.Add(rollout);
        return this.StoreAsync(state);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> RolloutsAsync() =>
        Task.FromResult<ImmutableArray<string>>([.. state.State.Rollouts]);

    /// <inheritdoc/>
    public Task ListDomainsAsync(ImmutableArray<string> domains)
    {
        state.State.Domains = [.. domains];
        return this.StoreAsync(state);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> DomainsAsync() =>
        Task.FromResult<ImmutableArray<string>>([.. state.State.Domains]);
}
