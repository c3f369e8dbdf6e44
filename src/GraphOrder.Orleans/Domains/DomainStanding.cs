using System.Collections.Immutable;

namespace GraphOrder.Orleans;

/// <summary>Who of a failure domain is away, and what it allows. Immutable.</summary>
/// <param name="Policy">What it allows.</param>
/// <param name="Away">The hosts that are away.</param>
/// <param name="FailureCount">How many hosts have failed since somebody last said that it may go on.</param>
/// <param name="IsHalted">Whether it gives no more permits.</param>
[GenerateSerializer]
[Immutable]
public sealed record DomainStanding(
    DomainPolicy Policy, ImmutableArray<Permit> Away, int FailureCount, bool IsHalted);
