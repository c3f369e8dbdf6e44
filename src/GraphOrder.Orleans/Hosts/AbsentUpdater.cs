namespace GraphOrder.Orleans;

/// <summary>Stands where a silo was given no way to update a host: no update begins.</summary>
internal sealed class AbsentUpdater : IHostUpdater
{
    /// <summary>Why none begins.</summary>
    public const string Why =
        "No way to update a host was given. Start the silos with one (an IHostUpdater).";

    /// <inheritdoc/>
    public Task<UpdateOutcome> UpdateAsync(
        UpdateOrder order, ReadOnlyMemory<byte> plan, CancellationToken cancellation) =>
        throw new InvalidOperationException(Why);
}
