namespace GraphOrder.Orleans;

/// <summary>What is stored of the hosts of a failure domain.</summary>
[GenerateSerializer]
internal sealed class InventoryState
{
    /// <summary>The hosts, in the order in which they were listed.</summary>
    [Id(0)]
    public List<InventoryHost> Hosts { get; set; } = [];
}
