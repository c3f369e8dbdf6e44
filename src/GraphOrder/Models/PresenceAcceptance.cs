namespace GraphOrder;

/// <summary>
/// Rows of the rule table that want what is needed in the same session: a look-up that does not order.
/// </summary>
internal static class PresenceAcceptance
{
    public static void Check(DependencyGraph graph, KernelPair kernels, DiagnosticList diagnostics)
    {
        foreach (Dependency dependency in graph.Dependencies)
        {
            if (dependency.Dependent.IsSession || dependency.On.IsSession
                || dependency.Origin.Source == DependencySource.Describes)
            {
                continue;
            }

            ObjectId dependent = dependency.Dependent.ObjectId;
            ObjectId on = dependency.On.ObjectId;
            PreservedObject needing = graph[dependent];
            DependencyRule? row = DependencyRules.Find(needing.Kind, needing.IsFile, graph[on].Kind);
            if (row is { Presence: { } phase } rule
                && graph.SessionOf(dependent) is { } own
                && graph.SessionOf(on) is { } other
                && own != other)
            {
                KernelProfile kernel = phase.IsInNewKernel() ? kernels.Next : kernels.Old;
                bool isRefused = kernel.EnforcesRules && rule.Status != RuleStatus.Inferred;
                diagnostics.Add(new Diagnostic(
                    DiagnosticCode.CrossesSessions,
                    isRefused ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning)
                {
                    Subjects = [graph.Set.NameOf(dependent), graph.Set.NameOf(on)],
                    Facts =
                    [
                        new("phase", phase.Name()),
                        new("status", rule.Status.ToString().ToLowerInvariant()),
                        new("source", Handler(rule.Status)),
                        new("kernel", kernel.Title),
                        new("rule", rule.Source),
                    ],
                    Location = dependency.Origin.Location,
                });
            }
        }
    }

    private static string Handler(RuleStatus status) => status switch
    {
        RuleStatus.Merged => "the kernel",
        RuleStatus.Posted => "the posted handler",
        _ => "a handler",
    };
}
