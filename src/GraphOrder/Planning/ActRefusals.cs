namespace GraphOrder;

/// <summary>What a plan cannot do with acts, and what they do not do.</summary>
internal static class ActRefusals
{
    private const int SubjectsMax = 10;

    /// <summary>Adds an error for each phase with acts that takes none, and what binds nowhere.</summary>
    public static void Add(
        DependencyGraph graph, KernelPair kernels, ActPlaces acts, DiagnosticList diagnostics)
    {
        if (graph.Set.Census.ActCount == 0)
        {
            return;
        }

        foreach (Phase phase in acts.Homeless.IsEmpty ? [] : Phases.All)
        {
            List<ObjectId> homeless = OfPhase(graph, acts.Homeless, phase);
            if (homeless.Count > 0)
            {
                diagnostics.Add(new Diagnostic(DiagnosticCode.ActWithoutPlace, DiagnosticSeverity.Error)
                {
                    Subjects = [.. Names(graph.Set, homeless)],
                    Facts =
                    [
                        new("phase", phase.Name()),
                        new("model", (phase.IsInNewKernel() ? kernels.Next : kernels.Old).Model.Name),
                        new("instead", phase.IsInNewKernel() ? "retrieve" : "preserve"),
                        new("count", homeless.Count),
                    ],
                    Location = graph[homeless[0]].Location,
                });
            }
        }

        AddIdle(graph, diagnostics);
    }

    private static List<ObjectId> OfPhase(DependencyGraph graph, ReadOnlySpan<ObjectId> acts, Phase phase)
    {
        List<ObjectId> found = [];
        foreach (ObjectId act in acts)
        {
            if (graph[act].Act!.Phase == phase)
            {
                found.Add(act);
            }
        }

        return found;
    }

    private static List<string> Names(SessionSet set, List<ObjectId> acts) =>
        acts[..Math.Min(acts.Count, SubjectsMax)].ConvertAll(act => set.NameOf(act));

    private static void AddIdle(DependencyGraph graph, DiagnosticList diagnostics)
    {
        SessionSet set = graph.Set;
        foreach (ObjectReference need in set.Needs)
        {
            AddIfIdle(set, need.Owner, need.Id, null, need.Location, diagnostics);
        }

        foreach (DeclaredDependency declared in set.Dependencies)
        {
            AddIfIdle(
                set, declared.Dependent, declared.On, declared.Phases, declared.Origin.Location, diagnostics);
        }
    }

    // A resume that needs the pause: the run goes through its phases one after another.
    private static bool IsHeldAnyway(SessionSet set, DependencyEnd dependent, DependencyEnd on) =>
        PhaseOf(set, dependent) is { } then
        && PhaseOf(set, on) is { } first
        && first < then
        && first is Phase.Preserve or Phase.Freeze or Phase.Retrieve
        && then is Phase.Freeze or Phase.Retrieve or Phase.Finish;

    private static Phase? PhaseOf(SessionSet set, DependencyEnd end) =>
        end.IsSession ? null : set.Objects[end.ObjectId.Index].Act?.Phase;

    private static void AddIfIdle(
        SessionSet set,
        DependencyEnd dependent,
        DependencyEnd on,
        PhaseSet? phases,
        SourceLocation location,
        DiagnosticList diagnostics)
    {
        if (DependencyExpansion.ActPhases(set, dependent, on) is { } counted
            && (counted & (phases ?? counted)).IsEmpty
            && !IsHeldAnyway(set, dependent, on))
        {
            diagnostics.Add(new Diagnostic(DiagnosticCode.ActDependencyIdle, DiagnosticSeverity.Warning)
            {
                Subjects = [set.NameOf(dependent), set.NameOf(on)],
                Location = location,
            });
        }
    }
}
