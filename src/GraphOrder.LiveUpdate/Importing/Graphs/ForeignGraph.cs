namespace GraphOrder.LiveUpdate;

/// <summary>A directed graph that somebody wrote, before it means anything. Not thread-safe.</summary>
/// <param name="source">The file, for errors.</param>
internal sealed class ForeignGraph(string source)
{
    private const int NodesMax = 2_000_000;
    private const int EdgesMax = 4_000_000;

    private readonly Dictionary<string, ForeignNode> _byId = new(StringComparer.Ordinal);

    public string Source { get; } = source;

    public List<ForeignNode> Nodes { get; } = [];

    public List<ForeignEdge> Edges { get; } = [];

    public ForeignAttributes Attributes { get; } = new();

    /// <summary>The node of an id; null where there is none.</summary>
    public ForeignNode? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Adds a node.</summary>
    /// <exception cref="ImportException">Another one has its id, or there are too many.</exception>
    public ForeignNode AddNode(string id, SourceLocation place)
    {
        ForeignNode node = new(id, place);
        if (!_byId.TryAdd(id, node))
        {
            throw Unexpected(place, $"node {ImportLines.Quoted(id)} again", "each id once");
        }

        Nodes.Add(node);
        return Nodes.Count <= NodesMax
            ? node
            : throw Unexpected(place, "a node too many", $"at most {NodesMax} of them");
    }

    /// <summary>Adds an edge.</summary>
    /// <exception cref="ImportException">There are too many.</exception>
    public ForeignEdge AddEdge(string tail, string head, SourceLocation place)
    {
        ForeignEdge edge = new(tail, head, place);
        Edges.Add(edge);
        return Edges.Count <= EdgesMax
            ? edge
            : throw Unexpected(place, "an edge too many", $"at most {EdgesMax} of them");
    }

    /// <summary>Sets an attribute.</summary>
    /// <exception cref="ImportException">It is one too many.</exception>
    public void Set(ForeignAttributes attributes, string name, string value, SourceLocation place)
    {
        if (!attributes.TrySet(name, value))
        {
            throw Unexpected(place, "an attribute too many", $"at most {ForeignAttributes.CountMax} each");
        }
    }

    /// <summary>Something else stands there than is due.</summary>
    public ImportException Unexpected(
        SourceLocation place, string found, string expected, string? hint = null) =>
        ImportException.Unexpected(Source, place, found, expected, hint);
}
