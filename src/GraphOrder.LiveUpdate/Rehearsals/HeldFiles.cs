namespace GraphOrder.LiveUpdate;

/// <summary>What a careful holder leaves alone once a retrieve failed, read off the declared
/// dependencies.</summary>
internal static class HeldFiles
{
    /// <summary>Whether a file needs one that failed, in the retrieve phase.</summary>
    public static bool NeedsFailed(DependencyGraph graph, int file, HashSet<int> failed)
    {
        foreach (Dependency dependency in graph.Dependencies)
        {
            if (dependency.Phases.Contains(Phase.Retrieve) && FileOf(graph, dependency.Dependent) == file
                && failed.Contains(FileOf(graph, dependency.On)))
            {
                // What waits for it in vain is not there either.
                failed.Add(file);
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a session has a file that one which failed needs until it is finished, which nobody can say it
    /// is, or which a file of a session that is not finished needs.
    /// </summary>
    public static bool HoldsSession(DependencyGraph graph, int session, HashSet<int> failed, int[] open)
    {
        foreach (Dependency dependency in graph.Dependencies)
        {
            if (!dependency.Phases.Contains(Phase.Finish) || SessionOf(graph, dependency.On) != session)
            {
                continue;
            }

            int dependent = SessionOf(graph, dependency.Dependent);
            bool isOpen = dependent >= 0 && dependent != session && open[dependent] >= 0;
            if (isOpen || failed.Contains(FileOf(graph, dependency.Dependent)))
            {
                return true;
            }
        }

        return false;
    }

    private static int FileOf(DependencyGraph graph, DependencyEnd end) =>
        end.IsSession ? -1 : graph.FileOf(end.ObjectId)?.Index ?? -1;

    private static int SessionOf(DependencyGraph graph, DependencyEnd end) =>
        end.IsSession ? end.SessionId.Index : graph.SessionOf(end.ObjectId)?.Index ?? -1;
}
