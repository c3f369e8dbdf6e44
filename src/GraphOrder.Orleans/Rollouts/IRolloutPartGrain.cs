using System.Collections.Immutable;
using Orleans.Concurrency;

namespace GraphOrder.Orleans;

/// <summary>
/// The part of a roll-out in one failure domain. The key is <c>ROLLOUT/DOMAIN</c>. Every call may come
/// twice.
/// </summary>
public interface IRolloutPartGrain : IGrainWithStringKey
{
    /// <summary>Gives it its hosts, by wave.</summary>
    /// <param name="hosts">The hosts.</param>
    /// <param name="waves">The wave of each.</param>
    /// <param name="countMax">How many ask for a permit at once, at most.</param>
    Task PrepareAsync(ImmutableArray<FleetHost> hosts, ImmutableArray<int> waves, int countMax);

    /// <summary>Says which waves are open, and what becomes of the roll-out.</summary>
    /// <param name="openWave">The last wave that is open.</param>
    /// <param name="status">What becomes of it.</param>
    /// <param name="asOf">
    /// The number of the roll-out's event that made it so: what comes behind a later one is out of date and
    /// changes nothing.
    /// </param>
    Task GoAsync(int openWave, RolloutStatus status, long asOf);

    /// <summary>An update of it has ended; it asks the host how.</summary>
    [OneWay]
    Task EndedAsync(UpdateOrder order);

    /// <summary>Why a host of it waits, in a sentence; null where it is none of its hosts.</summary>
    Task<string?> WhyAsync(string host);

    /// <summary>Its hosts by wave.</summary>
    Task<ImmutableArray<WaveCounts>> CountAsync();

    /// <summary>Those of its hosts that are updated.</summary>
    Task<ImmutableArray<string>> DoneAsync();
}
