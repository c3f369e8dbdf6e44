namespace GraphOrder;

/// <summary>Applies waivers: which phases of which dependencies bind after all.</summary>
internal static class WaiverList
{
    /// <summary>
    /// The phases of each dependency without what is waived; says what was, and what could not be.
    /// </summary>
    public static PhaseSet[] Apply(
        DependencyGraph graph, PlanOptions options, DiagnosticList diagnostics, List<string> waived)
    {
        PhaseSet[] phases = new PhaseSet[graph.DependencyCount];
        for (int i = 0; i < phases.Length; i++)
        {
            phases[i] = graph.Dependencies[i].Phases;
        }

        foreach (Waiver waiver in options.Waivers)
        {
            if (!TryApply(graph, waiver, phases, waived))
            {
                Report(
                    diagnostics,
                    DiagnosticCode.WaiverWithoutEffect,
                    DiagnosticSeverity.Warning,
                    waiver.ToString());
            }
        }

        foreach (string dependency in waived)
        {
            Report(diagnostics, DiagnosticCode.Waived, DiagnosticSeverity.Info, dependency);
        }

        return phases;
    }

    private static bool TryApply(DependencyGraph graph, Waiver waiver, PhaseSet[] phases, List<string> waived)
    {
        bool hasEffect = false;
        if (!graph.Set.TryFindEnd(waiver.Dependent, out DependencyEnd dependent)
            || !graph.Set.TryFindEnd(waiver.On, out DependencyEnd on))
        {
            return false;
        }

        int first = graph.FirstDependencyOf(dependent);
        ReadOnlySpan<Dependency> own = graph.DependenciesOf(dependent);
        for (int i = 0; i < own.Length; i++)
        {
            if (own[i].On != on || own[i].Strength != DependencyStrength.Soft)
            {
                continue;
            }

            PhaseSet asked = waiver.Phase is { } phase ? PhaseSet.Of(phase) : PhaseSet.All;
            foreach (Phase taken in phases[first + i] & asked)
            {
                waived.Add(new Waiver(waiver.Dependent, waiver.On, taken).ToString());
                hasEffect = true;
            }

            phases[first + i] -= asked;
        }

        return hasEffect;
    }

    private static void Report(
        DiagnosticList diagnostics, DiagnosticCode code, DiagnosticSeverity severity, string dependency) =>
        diagnostics.Add(new Diagnostic(code, severity)
        {
            Facts = [new DiagnosticFact("dependency", dependency)],
        });
}
