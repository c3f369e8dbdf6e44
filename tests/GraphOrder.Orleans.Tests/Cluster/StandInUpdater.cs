using System.Collections.Concurrent;

namespace GraphOrder.Orleans.Tests;

/// <summary>
/// Hosts that need no machine: an update takes a moment, and the same order is carried out once however often
/// it is asked for.
/// </summary>
internal sealed class StandInUpdater : IHostUpdater
{
    private readonly ConcurrentDictionary<UpdateOrder, Task<UpdateResult>> _updates = new();

    /// <summary>The hosts that fail.</summary>
    public ConcurrentDictionary<string, bool> Failing { get; } = new();

    /// <summary>How long an update takes.</summary>
    public TimeSpan Takes { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How many updates were begun.</summary>
    public int Count => _updates.Count;

    /// <summary>How many of a roll-out were begun.</summary>
    public int CountOf(string rollout) => _updates.Keys.Count(order => order.Rollout == rollout);

    public Task<UpdateResult> UpdateAsync(
        UpdateOrder order, ReadOnlyMemory<byte> plan, CancellationToken cancellation) =>
        _updates.GetOrAdd(order, UpdateAsync);

    private async Task<UpdateResult> UpdateAsync(UpdateOrder order)
    {
        await Task.Delay(Takes);
        return Failing.ContainsKey(order.Host) ? UpdateResult.Failed("it is to fail") : UpdateResult.Done;
    }
}
