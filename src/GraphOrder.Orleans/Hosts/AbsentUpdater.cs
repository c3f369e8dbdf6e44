namespace GraphOrder.Orleans;

/// <summary>Stands where a silo was given no way to update a host: no update begins.</summary>
internal sealed class AbsentUpdater : IHostUpdater
{
    /// <summary>Why none begins.</summary>
    public const string Why =
        "The fleet has no way to update a host. Start its silos with one: --run PROGRAM (an IHostUpdater).";

    /// <inheritdoc/>
    public Task<UpdateResult> UpdateAsync(
        UpdateOrder order, ReadOnlyMemory<byte> plan, CancellationToken cancellation) =>
        throw new InvalidOperationException(Why);
}
