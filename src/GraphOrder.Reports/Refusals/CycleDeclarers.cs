namespace GraphOrder.Reports;

/// <summary>Who says that a dependency of a cycle exists.</summary>
internal static class CycleDeclarers
{
    private const string Mapped = "found in its page table";

    /// <summary>
    /// The declarer and the reason in the document's words, or the member that the dependency comes from.
    /// </summary>
    public static string Of(DependencyGraph graph, CycleStep step)
    {
        string source = SourceOf(graph, step);
        if (source == Mapped)
        {
            return step.Why is null ? source : $"{source}: {PlainText.Id(step.Why)}";
        }

        string by = step.DeclaredBy is null ? "declared" : $"declared by {PlainText.Id(step.DeclaredBy)}";
        return step.Why is not null ? $"{by}: {PlainText.Quoted(step.Why)}"
            : step.DeclaredBy is not null ? by
            : source;
    }

    private static string SourceOf(DependencyGraph graph, CycleStep step)
    {
        if (!graph.Set.TryFindEnd(step.Dependent, out DependencyEnd dependent)
            || !graph.Set.TryFindEnd(step.On, out DependencyEnd on))
        {
            return "";
        }

        foreach (Dependency dependency in graph.DependenciesOf(dependent))
        {
            if (dependency.On == on && dependency.Phases.Contains(step.Phase))
            {
                // A "describes" stands at the metadata, which is the needed end of its half in retrieve.
                string owner = PlainText.Id(step.Phase == Phase.Retrieve ? step.On : step.Dependent);
                return dependency.Origin.Source switch
                {
                    DependencySource.Needs => $"from \"needs\" of {PlainText.Id(step.Dependent)}",
                    DependencySource.Describes => $"from \"describes\" of {owner}",
                    DependencySource.Mapped => Mapped,
                    _ => "declared, nobody says by whom",
                };
            }
        }

        return "";
    }
}
