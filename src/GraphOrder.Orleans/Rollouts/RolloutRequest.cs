using System.Collections.Immutable;

namespace GraphOrder.Orleans;

/// <summary>What a roll-out is to do. Immutable.</summary>
/// <param name="Hosts">The hosts, each once.</param>
/// <param name="Policy">What each of their failure domains allows.</param>
/// <param name="FailuresMax">How many failures anywhere do not pause it yet; 0: the first does.</param>
[GenerateSerializer]
[Immutable]
public sealed record RolloutRequest(
    ImmutableArray<FleetHost> Hosts, DomainPolicy Policy, int FailuresMax)
{
    /// <summary>
    /// A roll-out that is over: what it has updated, or what those whose rest it took have, is left out.
    /// Null for none.
    /// </summary>
    [Id(0)]
    public string? RestOf { get; init; }
}
