namespace GraphOrder.Orleans;

/// <summary>What is stored of the catalogue.</summary>
[GenerateSerializer]
internal sealed class CatalogueState
{
    /// <summary>The roll-outs, in the order of their starts.</summary>
    [Id(0)]
    public List<string> Rollouts { get; set; } = [];
}
