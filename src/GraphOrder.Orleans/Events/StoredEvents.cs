namespace GraphOrder.Orleans;

/// <summary>
/// Stores a grain's change, then logs its events; a grain that ends between the two logs its last events
/// again when it comes back.
/// </summary>
internal static class StoredEvents
{
    /// <summary>Stores the state and logs the events of its change.</summary>
    /// <param name="grain">The grain, which ends where storing or logging fails.</param>
    /// <param name="state">Its state.</param>
    /// <param name="events">The events in it.</param>
    /// <param name="log">Where they go.</param>
    public static async Task StoreAsync<T>(
        Grain grain, IPersistentState<T> state, EventTail events, IFleetEventLog log)
    {
        await grain.StoreAsync(state);
        try
        {
            log.Append(events.Last);
        }
        catch (Exception)
        {
            // The next change would forget them.
            grain.GrainContext.Deactivate(new DeactivationReason(
                DeactivationReasonCode.ApplicationError, "its events are not in the log"));
            throw;
        }
    }
}
