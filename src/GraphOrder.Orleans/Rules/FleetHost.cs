using System.Collections.Immutable;

namespace GraphOrder.Orleans;

/// <summary>A host of a roll-out. Immutable.</summary>
/// <param name="Id">What it is called.</param>
/// <param name="Domain">The failure domain that it stands in.</param>
[GenerateSerializer]
[Immutable]
public sealed record FleetHost(string Id, string Domain)
{
    /// <summary>The hosts that have to be updated before it.</summary>
    [Id(0)]
    public ImmutableArray<string> Needs { get; init; } = [];
}
