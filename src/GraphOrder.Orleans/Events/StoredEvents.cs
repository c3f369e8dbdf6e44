namespace GraphOrder.Orleans;

/// <summary>
/// Stores a grain's change, then logs its events. Where nobody knows whether it was stored, the grain ends:
/// the next one reads what is true, and logs its last events again.
/// </summary>
internal static class StoredEvents
{
    /// <summary>Stores the state and logs the events of its change.</summary>
    /// <param name="grain">The grain, which ends where storing fails.</param>
    /// <param name="state">Its state.</param>
    /// <param name="events">The events in it.</param>
    /// <param name="log">Where they go.</param>
    public static async Task StoreAsync<T>(
        Grain grain, IPersistentState<T> state, EventTail events, IFleetEventLog log)
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

        log.Append(events.Last);
    }
}
