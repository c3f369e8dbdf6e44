namespace GraphOrder.Orleans;

/// <summary>
/// How a host grain tells itself that an update has ended: as a call, so that it comes between two others and
/// never in the middle of one that stores.
/// </summary>
internal interface IHostEndGrain : IGrainWithStringKey
{
    /// <summary>The host's update has ended; it may come twice.</summary>
    Task EndUpdateAsync(UpdateOrder order, UpdateResult result);
}
