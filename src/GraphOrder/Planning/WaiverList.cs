namespace GraphOrder;

/// <summary>Applies waivers: which phases of which dependencies bind after all.</summary>
internal static class WaiverList
{
    /// <summary>
    /// The phases of each dependency without what is waived; says what was, and what could not be.
    /// </summary>
    public static PhaseSet[] Apply(DependencyGraph graph, PlanOptions options, DiagnosticList diagnostics)
    {
        PhaseSet[] phases = new PhaseSet[graph.DependencyCount];
        Apply(graph, options, phases, diagnostics, []);
        return phases;
    }

    /// <summary>
    /// Writes the phases of each dependency without what is waived; says what was, and what could not be.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="options">The waivers.</param>
    /// <param name="phases">One for each dependency.</param>
    /// <param name="diagnostics">Where to say it.</param>
    /// <param name="waived">Where to add what was waived, by name.</param>
    public static void Apply(
        DependencyGraph graph,
        PlanOptions options,
        Span<PhaseSet> phases,
        DiagnosticList diagnostics,
        List<string> waived)
    {
        for (int i = 0; i < phases.Length; i++)
        {
            phases[i] = graph.Dependencies[i].Phases;
        }

        foreach (Waiver waiver in options.Waivers)
        {
            if (WhyNot(graph, waiver, phases, waived) is { } reason)
            {
                diagnostics.Add(new Diagnostic(
                    DiagnosticCode.WaiverWithoutEffect, DiagnosticSeverity.Warning)
                {
                    Facts = [new("dependency", waiver.ToString()), new("reason", reason)],
                });
            }
        }

        foreach (string dependency in waived)
        {
            diagnostics.Add(new Diagnostic(DiagnosticCode.Waived, DiagnosticSeverity.Info)
            {
                Facts = [new("dependency", dependency)],
            });
        }
    }

    private static string Unknown(SessionSet set, string end) => $"the set has no '{end}'"
        + (Similarity.NearestEnd(set, end) is { } nearest ? $", but '{nearest}'" : "");

    // Applies a waiver; where it changes nothing, says why.
    private static string? WhyNot(
        DependencyGraph graph, Waiver waiver, Span<PhaseSet> phases, List<string> waived)
    {
        if (!graph.Set.TryFindEnd(waiver.Dependent, out DependencyEnd dependent))
        {
            return Unknown(graph.Set, waiver.Dependent);
        }

        if (!graph.Set.TryFindEnd(waiver.On, out DependencyEnd on))
        {
            return Unknown(graph.Set, waiver.On);
        }

        bool hasEffect = false;
        bool isHard = false;
        bool isKnown = false;
        PhaseSet asked = waiver.Phase is { } phase ? PhaseSet.Of(phase) : PhaseSet.All;
        int first = graph.FirstDependencyOf(dependent);
        ReadOnlySpan<Dependency> own = graph.DependenciesOf(dependent);
        for (int i = 0; i < own.Length; i++)
        {
            if (own[i].On != on)
            {
                continue;
            }

            isKnown = true;
            PhaseSet met = phases[first + i] & asked;
            if (own[i].Strength == DependencyStrength.Hard)
            {
                isHard |= !met.IsEmpty;
                continue;
            }

            foreach (Phase taken in met)
            {
                waived.Add(new Waiver(waiver.Dependent, waiver.On, taken).ToString());
                hasEffect = true;
            }

            phases[first + i] -= met;
        }

        return hasEffect ? null
            : isHard ? "it is hard"
            : isKnown ? "it does not bind in that phase"
            : $"{waiver.Dependent} does not need {waiver.On} by itself";
    }
}
