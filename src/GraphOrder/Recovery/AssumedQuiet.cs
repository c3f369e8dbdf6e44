namespace GraphOrder;

/// <summary>Says what counts as quiet because somebody says so.</summary>
internal static class AssumedQuiet
{
    /// <summary>One note for each end that was named, a warning where naming it changes nothing.</summary>
    public static void Say(
        DependencyGraph graph,
        HostLists lists,
        ReadOnlySpan<DependencyEnd> named,
        Func<int, bool> isQuietAnyway,
        DiagnosticList diagnostics)
    {
        HashSet<DependencyEnd> told = [];
        foreach (DependencyEnd end in named)
        {
            if (!told.Add(end))
            {
                continue;
            }

            // What a file carries is no less quiet than the file.
            bool wasQuiet = end.IsSession
                ? lists.ObjectsOf(end.SessionId).TrueForAll(id => isQuietAnyway(id))
                : isQuietAnyway(end.ObjectId.Index);
            diagnostics.Add(new Diagnostic(
                wasQuiet ? DiagnosticCode.QuietAlready : DiagnosticCode.QuietAssumed,
                wasQuiet ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info)
            {
                Subjects = [graph.Set.NameOf(end)],
            });
        }
    }
}
