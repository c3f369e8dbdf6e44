using System.Collections.Immutable;

namespace GraphOrder.Orleans;

/// <summary>Keeps the names of roll-outs.</summary>
internal sealed class CatalogueGrain(
    [PersistentState("catalogue")] IPersistentState<CatalogueState> state) : Grain, ICatalogueGrain
{
    /// <inheritdoc/>
    public async Task AddAsync(string rollout)
    {
        if (!state.State.Rollouts.Contains(rollout))
        {
            state.State.Rollouts.Add(rollout);
            try
            {
                await state.WriteStateAsync();
            }
            catch (Exception)
            {
                DeactivateOnIdle();
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> RolloutsAsync() =>
        Task.FromResult<ImmutableArray<string>>([.. state.State.Rollouts]);
}
