namespace GraphOrder.Reports;

/// <summary>The phases in which a dependency binds after what the plan waives. Immutable.</summary>
internal sealed class BindingPhases
{
    private readonly HashSet<(DependencyEnd Dependent, DependencyEnd On, Phase Phase)> _waived = [];
    private readonly int[] _counts = new int[Phases.Count];
    private readonly int[] _waivedCounts = new int[Phases.Count];

    /// <param name="graph">The dependencies.</param>
    /// <param name="waived">
    /// What the plan waives, as it writes it; what no longer names anything is passed over.
    /// </param>
    public BindingPhases(DependencyGraph graph, IReadOnlyCollection<string> waived)
    {
        foreach (string text in waived)
        {
            if (Waiver.TryParse(text, out Waiver? waiver)
                && waiver.Phase is { } phase
                && graph.Set.TryFindEnd(waiver.Dependent, out DependencyEnd dependent)
                && graph.Set.TryFindEnd(waiver.On, out DependencyEnd on))
            {
                _waived.Add((dependent, on, phase));
            }
        }

        foreach (Dependency dependency in graph.Dependencies)
        {
            PhaseSet bound = Of(dependency);
            foreach (Phase phase in dependency.Phases)
            {
                (bound.Contains(phase) ? _counts : _waivedCounts)[(int)phase]++;
            }

            WaivedDependencyCount += bound == dependency.Phases ? 0 : 1;
            SoftCount += dependency.Strength == DependencyStrength.Soft ? 1 : 0;
        }
    }

    /// <summary>How many dependencies are soft.</summary>
    public int SoftCount { get; }

    /// <summary>How many dependencies are waived in a phase or more.</summary>
    public int WaivedDependencyCount { get; }

    /// <summary>How many dependencies bind in a phase.</summary>
    public int CountIn(Phase phase) => _counts[(int)phase];

    /// <summary>How many dependencies of a phase are waived.</summary>
    public int WaivedCountIn(Phase phase) => _waivedCounts[(int)phase];

    /// <summary>The phases in which a dependency binds.</summary>
    public PhaseSet Of(in Dependency dependency)
    {
        PhaseSet phases = dependency.Phases;
        if (_waived.Count == 0 || dependency.Strength == DependencyStrength.Hard)
        {
            return phases;
        }

        foreach (Phase phase in dependency.Phases)
        {
            bool isWaived = _waived.Contains((dependency.Dependent, dependency.On, phase));
            phases = isWaived ? phases.Without(phase) : phases;
        }

        return phases;
    }
}
