namespace GraphOrder;

/// <summary>
/// The push rule as a judgement on a whole set: an HWPT is admitted only where every file that its IOAS needs
/// is in the HWPT's session. It looks at no phase and at no order.
/// </summary>
public static class PushRule
{
    /// <summary>What answers call it.</summary>
    public const string Name = "push-gate";

    /// <summary>Whether every HWPT of a graph is admitted. O(V + E).</summary>
    public static bool Admits(DependencyGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        foreach (Dependency dependency in graph.Dependencies)
        {
            if (KindOf(graph, dependency.Dependent) != ObjectKind.Hwpt
                || KindOf(graph, dependency.On) != ObjectKind.Ioas)
            {
                continue;
            }

            SessionId? session = graph.SessionOf(dependency.Dependent.ObjectId);
            foreach (Dependency needed in graph.DependenciesOf(dependency.On))
            {
                if (!needed.On.IsSession
                    && graph[needed.On.ObjectId].IsFile
                    && graph.SessionOf(needed.On.ObjectId) != session)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static ObjectKind? KindOf(DependencyGraph graph, DependencyEnd end) =>
        end.IsSession ? null : graph[end.ObjectId].Kind;
}
