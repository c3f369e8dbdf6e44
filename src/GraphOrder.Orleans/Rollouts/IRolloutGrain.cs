using System.Collections.Immutable;
using Orleans.Concurrency;

namespace GraphOrder.Orleans;

/// <summary>
/// A roll-out. It knows failure domains and waves; each domain's hosts are a part's
/// (<see cref="IRolloutPartGrain"/>), so that nothing about a single host passes through it. The key is its
/// id, without a slash.
/// </summary>
public interface IRolloutGrain : IGrainWithStringKey
{
    /// <summary>Starts it. Started again it changes nothing.</summary>
    /// <exception cref="RolloutException">
    /// Its hosts have no order, its id has a slash, the silo has no <see cref="IHostUpdater"/>, another
    /// roll-out is under way with another policy, or that whose rest it takes is not over or has left none.
    /// </exception>
    Task<RolloutStanding> StartAsync(RolloutRequest request);

    /// <summary>No further host begins until it is resumed.</summary>
    Task<RolloutStanding> PauseAsync();

    /// <summary>It goes on; failures so far pause it no more.</summary>
    Task<RolloutStanding> ResumeAsync();

    /// <summary>No further host begins, for good.</summary>
    Task<RolloutStanding> AbortAsync();

    /// <summary>Where it stands; it answers beside whatever else it does.</summary>
    [AlwaysInterleave]
    Task<RolloutStanding> StandingAsync();

    /// <summary>The failure domains in which it has a part, by name.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<string>> DomainsAsync();

    /// <summary>A part tells how its hosts stand; it does so again until it is told to end.</summary>
    /// <param name="domain">The part's domain.</param>
    /// <param name="counts">Its hosts, by wave.</param>
    [OneWay]
    Task TellAsync(string domain, ImmutableArray<WaveCounts> counts);
}
