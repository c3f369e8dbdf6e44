using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary>What the walker counts and names, in the words of documents and reports.</summary>
internal static class WalkWords
{
    /// <summary>Access as <c>rw</c>.</summary>
    public static string Of(PageAccess access) =>
        ((access & PageAccess.Read) != 0 ? "r" : "")
        + ((access & PageAccess.Write) != 0 ? "w" : "")
        + ((access & PageAccess.Execute) != 0 ? "x" : "");
}
