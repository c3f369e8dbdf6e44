using System.Collections.Immutable;
using GraphOrder.Orleans;

namespace GraphOrder.Fleet;

/// <summary>What became of a folder of hosts. Immutable.</summary>
/// <param name="Hosts">The hosts, by id.</param>
/// <param name="LeftOut">The documents of other kinds, without their ending.</param>
internal sealed record PlannedFolder(IReadOnlyList<InventoryHost> Hosts, ImmutableArray<string> LeftOut);
