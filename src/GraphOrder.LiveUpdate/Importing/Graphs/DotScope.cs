namespace GraphOrder.LiveUpdate;

/// <summary>What is known inside a pair of braces.</summary>
internal sealed class DotScope
{
    /// <summary>What is drawn as a box, where this is one.</summary>
    public ForeignBox? Own { get; init; }

    /// <summary>The outermost box around it.</summary>
    public ForeignBox? Outermost { get; init; }

    public ForeignAttributes NodeDefaults { get; set; } = new();

    public ForeignAttributes EdgeDefaults { get; set; } = new();

    /// <summary>The nodes that are named in it, each once.</summary>
    public HashSet<string> Nodes { get; } = new(StringComparer.Ordinal);

    /// <summary>The ends of the statement that is being read: a node, or the nodes of a subgraph.</summary>
    public List<(string[] Nodes, bool IsNode)> Chain { get; } = [];

    /// <summary>Where that statement begins.</summary>
    public SourceLocation Place { get; set; }
}
