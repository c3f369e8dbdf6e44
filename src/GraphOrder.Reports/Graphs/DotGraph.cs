namespace GraphOrder.Reports;

/// <summary>
/// The dependencies of a set in the language of Graphviz: a cluster for each session and for each file that
/// carries objects, an arrow from what needs to what is needed, soft ones dashed, a closed walk red and bold
/// with the numbers of its steps. Ids are those of the set, and attributes say the rest, so that
/// <c>import dot</c> makes the same graph of it. Thread-safe.
/// </summary>
/// <remarks>
/// O(V + E) time and space. Beyond 2,000 objects or 6,000 dependencies it folds what is alike, and says so; a
/// folded picture is not imported.
/// </remarks>
public static class DotGraph
{
    private const int NodesMax = 2_000;
    private const int ArcsMax = 6_000;
    private const int SessionsMax = 1_000;

    /// <summary>Writes a graph.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="picture">What is shown; <see cref="PlanPicture.IsReduced"/> counts.</param>
    public static void Write(TextWriter output, PlanPicture picture)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(picture);
        GraphFacts facts = new(picture, picture.IsReduced);
        new DotWriter(output, facts, Drawn(facts)).Write();
    }

    private static DrawnGraph Drawn(GraphFacts facts)
    {
        bool isLarge = facts.Graph.ObjectCount > NodesMax;
        for (FoldLevel level = isLarge ? FoldLevel.AlikeSessions : FoldLevel.Whole; ; level++)
        {
            DrawnGraph drawn = new(facts, level, SessionsMax);
            if ((drawn.Nodes.Count <= NodesMax && drawn.Arcs.Count <= ArcsMax)
                || level == FoldLevel.FirstSessions)
            {
                return drawn;
            }
        }
    }
}
