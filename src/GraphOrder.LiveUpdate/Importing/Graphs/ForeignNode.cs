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
