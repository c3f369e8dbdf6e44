namespace GraphOrder.Orleans;

/// <summary>Lets roll-outs go on where no reminder outlived the silos.</summary>
public static class RolloutWaking
{
    /// <summary>Wakes every roll-out; to be called when the first silo has started.</summary>
    /// <param name="grains">Where the grains are.</param>
    public static async Task WakeRolloutsAsync(this IGrainFactory grains)
    {
        ArgumentNullException.ThrowIfNull(grains);
        foreach (string rollout in await grains.GetGrain<ICatalogueGrain>(0).RolloutsAsync())
        {
            await grains.GetGrain<IRolloutGrain>(rollout).StandingAsync();
        }
    }
}
