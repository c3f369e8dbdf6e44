using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Rows of the rule table that want what is needed in the same session: a look-up that does not order.
/// </summary>
internal static class PresenceAcceptance
{
    public static void Check(DependencyGraph graph, KernelPair kernels, DiagnosticList diagnostics)
    {
        if (!MayWantPresence(graph.Set.Census))
        {
            return;
        }

        foreach (ref readonly Dependency dependency in graph.Dependencies)
        {
            Check(graph, kernels, dependency, diagnostics);
        }
    }

    public static void Check(
        DependencyGraph graph, KernelPair kernels, in Dependency dependency, DiagnosticList diagnostics)
    {
        if (RuleOf(graph, dependency) is { Presence: { } phase } rule
            && graph.SessionOf(dependency.Dependent.ObjectId) is { } own
            && graph.SessionOf(dependency.On.ObjectId) is { } other
            && own != other)
        {
            KernelProfile kernel = phase.IsInNewKernel() ? kernels.Next : kernels.Old;
            diagnostics.Add(new Diagnostic(
                DiagnosticCode.CrossesSessions,
                IsEnforced(rule, kernels) ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning)
            {
                Subjects = [graph.Set.NameOf(dependency.Dependent), graph.Set.NameOf(dependency.On)],
                Facts =
                [
                    new("phase", phase.Name()),
                    new("status", Name(rule.Status)),
                    new("source", Handler(rule.Status)),
                    new("kernel", kernel.Title),
                    new("rule", rule.Source),
                ],
                Location = dependency.Origin.Location,
            });
        }
    }

    /// <summary>Whether a kernel refuses the dependency unless both ends are in one session.</summary>
    public static bool DemandsOneSession(DependencyGraph graph, KernelPair kernels, Dependency dependency) =>
        RuleOf(graph, dependency) is { Presence: not null } rule && IsEnforced(rule, kernels);

    private static bool MayWantPresence(ObjectCensus census)
    {
        foreach (DependencyRule rule in DependencyRules.Rows)
        {
            if (rule.Presence is not null && HasAny(census, rule.Dependents) && HasAny(census, rule.On))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasAny(ObjectCensus census, ImmutableArray<ObjectKind> kinds)
    {
        foreach (ObjectKind kind in kinds)
        {
            if (census.Has(kind))
            {
                return true;
            }
        }

        return kinds.IsEmpty;
    }

    private static DependencyRule? RuleOf(DependencyGraph graph, in Dependency dependency)
    {
        if (dependency.Dependent.IsSession || dependency.On.IsSession)
        {
            return null;
        }

        ReadOnlySpan<PreservedObject> objects = graph.Set.Objects.AsSpan();
        ref readonly PreservedObject needing = ref objects[dependency.Dependent.ObjectId.Index];
        DependencyRule? rule = DependencyRules.Find(
            needing.Kind, needing.IsFile, objects[dependency.On.ObjectId.Index].Kind);
        return rule is null || dependency.Origin.Source == DependencySource.Describes ? null : rule;
    }

    private static bool IsEnforced(DependencyRule rule, KernelPair kernels) =>
        rule is { Presence: { } phase } && rule.Status != RuleStatus.Inferred
        && (phase.IsInNewKernel() ? kernels.Next : kernels.Old).EnforcesRules;

    private static string Name(RuleStatus status) => status switch
    {
        RuleStatus.Merged => "merged",
        RuleStatus.Posted => "posted",
        _ => "inferred",
    };

    private static string Handler(RuleStatus status) => status switch
    {
        RuleStatus.Merged => "the kernel",
        RuleStatus.Posted => "the posted handler",
        _ => "a handler",
    };
}
