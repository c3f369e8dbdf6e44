namespace GraphOrder.LiveUpdate;

/// <summary>A node of a graph that somebody wrote.</summary>
internal sealed class ForeignNode(string id, SourceLocation place)
{
    public string Id { get; } = id;

    public SourceLocation Place { get; } = place;

    /// <summary>The outermost box that it is drawn in; null for none.</summary>
    public ForeignBox? Box { get; set; }

    /// <summary>The box that it is itself, where a graph is nested in it.</summary>
    public ForeignBox? IsBox { get; set; }

    public ForeignAttributes Attributes { get; set; } = new();
}

/// <summary>An edge of a graph that somebody wrote.</summary>
/// <param name="Tail">The id of the node where it begins.</param>
/// <param name="Head">The id of the node where it ends.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record ForeignEdge(string Tail, string Head, SourceLocation Place)
{
    public ForeignAttributes Attributes { get; set; } = new();
}

/// <summary>What nodes are drawn in: a cluster of Graphviz, a group of yEd.</summary>
internal sealed class ForeignBox(string name, SourceLocation place)
{
    public string Name { get; } = name;

    public SourceLocation Place { get; } = place;

    /// <summary>What is written on it; null where nothing is.</summary>
    public string? Label { get; set; }
}
