using System.Collections.Immutable;

namespace GraphOrder.Orleans;

/// <summary>That a host may be updated now. Immutable.</summary>
/// <param name="Order">Its order.</param>
/// <param name="Permit">The event that gave its permit.</param>
/// <param name="Needed">How the updates that it needs have ended, and its roll-out's event.</param>
[GenerateSerializer]
[Immutable]
public sealed record UpdateRequest(
    UpdateOrder Order, EventReference Permit, ImmutableArray<EventReference> Needed)
{
    /// <summary>The failure domain that gave the permit.</summary>
    public string Domain => Permit.Grain[FleetEvent.DomainPrefix.Length..];
}
