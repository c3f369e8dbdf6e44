using System.Collections.Immutable;

namespace GraphOrder.Orleans;

/// <summary>What a roll-out is to do. Immutable.</summary>
/// <param name="Hosts">The hosts, each once.</param>
/// <param name="Policy">What each of their failure domains allows.</param>
/// <param name="FailuresMax">After how many failures anywhere the roll-out is paused; 0 for the first.</param>
[GenerateSerializer]
[Immutable]
public sealed record RolloutRequest(
    ImmutableArray<FleetHost> Hosts, DomainPolicy Policy, int FailuresMax);
