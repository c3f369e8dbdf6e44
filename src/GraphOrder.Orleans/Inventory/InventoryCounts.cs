namespace GraphOrder.Orleans;

/// <summary>How many hosts stand in a failure domain. Immutable.</summary>
/// <param name="Hosts">All of them.</param>
/// <param name="Ready">Those that can be updated.</param>
[GenerateSerializer]
[Immutable]
public readonly record struct InventoryCounts(int Hosts, int Ready);
