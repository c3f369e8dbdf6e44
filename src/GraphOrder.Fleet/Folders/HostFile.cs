using GraphOrder.Orleans;

namespace GraphOrder.Fleet;

/// <summary>A document of a folder that may be the session set of a host. Immutable.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Host">The host that it would be, with its failure domain and what it needs.</param>
internal sealed record HostFile(string Path, FleetHost Host);
