using GraphOrder.Orleans;

namespace GraphOrder.Fleet;

/// <summary>Touches no host; each update takes so long and comes through.</summary>
/// <param name="takes">How long.</param>
internal sealed class PracticeUpdater(TimeSpan takes) : IHostUpdater
{
    /// <inheritdoc/>
    public async Task<UpdateResult> UpdateAsync(
        UpdateOrder order, ReadOnlyMemory<byte> plan, CancellationToken cancellation)
    {
        await Task.Delay(takes, cancellation);
        return UpdateResult.Done;
    }
}
