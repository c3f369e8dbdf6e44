namespace GraphOrder.LiveUpdate;

/// <summary>What a careful holder leaves alone once a retrieve failed, read off the declared
/// dependencies.</summary>
internal static class HeldFiles
{
    /// <summary>Whether a file needs one that failed or waits, in the retrieve phase.</summary>
    public static bool NeedsFailed(DependencyGraph graph, int file, HashSet<int> failed, HashSet<int> waiting)
    {
        foreach (Dependency dependency in graph.Dependencies)
        {
            if (dependency.Phases.Contains(Phase.Retrieve) && FileOf(graph, dependency.Dependent) == file
                && FileOf(graph, dependency.On) is var on && (failed.Contains(on) || waiting.Contains(on)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a session has a file that waits, which its finish would discard; or one that a file which
    /// failed or waits needs until that is finished; or one that a session needs which is not finished.
    /// </summary>
    public static bool HoldsSession(
        DependencyGraph graph, int session, HashSet<int> failed, HashSet<int> waiting, int[] open)
    {
        foreach (int file in waiting)
        {
            if (graph[new ObjectId(file)].Session?.Index == session)
            {
                return true;
            }
        }

        foreach (Dependency dependency in graph.Dependencies)
        {
            if (!dependency.Phases.Contains(Phase.Finish) || SessionOf(graph, dependency.On) != session)
            {
                continue;
            }

            int dependent = SessionOf(graph, dependency.Dependent);
            bool isOpen = dependent >= 0 && dependent != session && open[dependent] >= 0;
            int needing = FileOf(graph, dependency.Dependent);
            if (isOpen || failed.Contains(needing) || waiting.Contains(needing))
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
