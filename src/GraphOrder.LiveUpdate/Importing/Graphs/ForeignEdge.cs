namespace GraphOrder.LiveUpdate;

/// <summary>An edge of a graph that somebody wrote.</summary>
/// <param name="Tail">The id of the node where it begins.</param>
/// <param name="Head">The id of the node where it ends.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record ForeignEdge(string Tail, string Head, SourceLocation Place)
{
    public ForeignAttributes Attributes { get; set; } = new();
}
