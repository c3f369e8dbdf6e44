namespace GraphOrder.LiveUpdate;

/// <summary>What nodes are drawn in: a cluster of Graphviz, a group of yEd.</summary>
internal sealed class ForeignBox(string name, SourceLocation place)
{
    public string Name { get; } = name;

    public SourceLocation Place { get; } = place;

    /// <summary>What is written on it; null where nothing is.</summary>
    public string? Label { get; set; }
}
