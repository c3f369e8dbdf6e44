namespace GraphOrder.Orleans;

/// <summary>What is stored of the catalogue.</summary>
[GenerateSerializer]
internal sealed class CatalogueState
{
    /// <summary>The roll-outs, in the order of their starts.</summary>
    [Id(0)]
    public List<string> Rollouts { get; set; } = [];

    /// <summary>The failure domains that have hosts.</summary>
    [Id(1)]
    public List<string> Domains { get; set; } = [];
}
