namespace GraphOrder.Orleans;

/// <summary>
/// Updates hosts: the one part of a roll-out that touches them. Whoever uses this package brings it.
/// </summary>
/// <remarks>
/// It is called again with the same order after a planner node was lost, perhaps while the first call still
/// runs on the host: the same order is carried out once, and each call returns how it ended. Thread-safe.
/// </remarks>
public interface IHostUpdater
{
    /// <summary>Updates a host and waits until it runs the new kernel, or until it has failed.</summary>
    /// <param name="order">Which host, for which roll-out, the how manieth time.</param>
    /// <param name="plan">Its plan (<c>graphorder/plan/1</c>) in UTF-8.</param>
    /// <param name="cancellation">This node goes; the update on the host goes on.</param>
    Task<UpdateResult> UpdateAsync(
        UpdateOrder order, ReadOnlyMemory<byte> plan, CancellationToken cancellation);
}
