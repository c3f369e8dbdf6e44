namespace GraphOrder.Reports;

/// <summary>How much of a set a graph draws as one, from nothing to nearly everything.</summary>
internal enum FoldLevel
{
    /// <summary>Each object is a node.</summary>
    Whole,

    /// <summary>Sessions that are alike are drawn once, with their count.</summary>
    AlikeSessions,

    /// <summary>And a file is one node with all that travels in it.</summary>
    Files,

    /// <summary>And a session is one node, and what the kernel moves one for each kind.</summary>
    Sessions,

    /// <summary>And only the first sessions are drawn; the others are one node.</summary>
    FirstSessions,
}
