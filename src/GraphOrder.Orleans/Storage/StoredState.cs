namespace GraphOrder.Orleans;

/// <summary>
/// Stores a grain's state. Where nobody knows whether it was stored, the grain ends: the next one reads what
/// is true.
/// </summary>
internal static class StoredState
{
    /// <summary>Stores it.</summary>
    /// <param name="grain">The grain, which ends where storing fails.</param>
    /// <param name="state">Its state.</param>
    public static async Task StoreAsync<T>(this Grain grain, IPersistentState<T> state)
    {
        try
        {
            await state.WriteStateAsync();
        }
        catch (Exception)
        {
            grain.GrainContext.Deactivate(new DeactivationReason(
                DeactivationReasonCode.ApplicationError, "its state may be another than what is stored"));
            throw;
        }
    }
}
