using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>
/// The dependencies of a set as a flowchart of Mermaid, which web pages and tickets draw: reduced, and folded
/// until it is below what Mermaid takes without being told otherwise (500 edges, 50,000 characters). What was
/// left out stands in a note and in a comment. Thread-safe.
/// </summary>
/// <remarks>O(V + E) time and space, and that of <see cref="TransitiveReduction"/>.</remarks>
public static class MermaidGraph
{
    /// <summary>The greatest number of arrows.</summary>
    public const int ArcsMax = 390;

    /// <summary>The greatest length of the text.</summary>
    public const int LengthMax = 48_000;

    private const int SessionsMax = 60;
    private const int SessionsMin = 5;

    /// <summary>Writes a flowchart.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="picture">What is shown; it is reduced whether it says so or not.</param>
    public static void Write(TextWriter output, PlanPicture picture)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(picture);
        GraphFacts facts = new(picture, isReduced: true);
        int sessionsMax = SessionsMax;
        FoldLevel level = facts.Graph.ObjectCount > ArcsMax ? FoldLevel.AlikeSessions : FoldLevel.Whole;
        while (true)
        {
            DrawnGraph drawn = new(facts, level, sessionsMax);
            if (drawn.Nodes.Count <= ArcsMax && drawn.Arcs.Count <= ArcsMax)
            {
                StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
                new MermaidWriter(text, facts, drawn).Write();
                bool isLast = level == FoldLevel.FirstSessions && sessionsMax == SessionsMin;
                if (text.GetStringBuilder().Length <= LengthMax || isLast)
                {
                    output.Write(text.ToString());
                    return;
                }
            }

            // Of n sessions and n kinds there are at most 3 n + 1 nodes, so the last level fits in the end.
            sessionsMax = level == FoldLevel.FirstSessions
                ? Math.Max(SessionsMin, sessionsMax / 2)
                : sessionsMax;
            level = level == FoldLevel.FirstSessions ? level : level + 1;
        }
    }
}
