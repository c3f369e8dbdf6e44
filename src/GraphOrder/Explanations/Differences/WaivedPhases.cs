namespace GraphOrder;

/// <summary>In which phases a plan waives which soft dependencies of its set. Immutable.</summary>
internal sealed class WaivedPhases
{
    private readonly Dictionary<(DependencyEnd Dependent, DependencyEnd On), PhaseSet> _waived = [];

    /// <summary>Reads what a plan waives; what no longer names anything is passed over.</summary>
    public WaivedPhases(SessionSet set, Plan? plan)
    {
        foreach (string text in plan?.Waived ?? [])
        {
            if (Waiver.TryParse(text, out Waiver? waiver)
                && set.TryFindEnd(waiver.Dependent, out DependencyEnd dependent)
                && set.TryFindEnd(waiver.On, out DependencyEnd on))
            {
                _waived[(dependent, on)] = _waived.GetValueOrDefault((dependent, on))
                    | (waiver.Phase is { } phase ? PhaseSet.Of(phase) : PhaseSet.All);
            }
        }
    }

    /// <summary>The phases in which a dependency is waived if it is soft.</summary>
    public PhaseSet Of(in Dependency dependency) =>
        _waived.GetValueOrDefault((dependency.Dependent, dependency.On));

    /// <summary>A graph without what a plan waives.</summary>
    public static DependencyGraph Binding(DependencyGraph graph, Plan plan)
    {
        WaivedPhases waived = new(graph.Set, plan);
        return waived._waived.Count == 0 ? graph : graph.With(waived.Binding(graph.Dependencies));
    }

    /// <summary>What is left of some dependencies.</summary>
    public Dependency[] Binding(ReadOnlySpan<Dependency> dependencies)
    {
        if (_waived.Count == 0)
        {
            return dependencies.ToArray();
        }

        List<Dependency> binding = [];
        foreach (ref readonly Dependency dependency in dependencies)
        {
            bool isSoft = dependency.Strength == DependencyStrength.Soft;
            PhaseSet phases = isSoft ? dependency.Phases - Of(dependency) : dependency.Phases;
            if (!phases.IsEmpty)
            {
                binding.Add(dependency with { Phases = phases });
            }
        }

        return [.. binding];
    }
}
