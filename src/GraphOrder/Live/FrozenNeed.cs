namespace GraphOrder;

/// <summary>What somebody declared, by ids of the live graph, and the phases in which it counts.</summary>
internal readonly record struct FrozenNeed(DeclaredDependency Declared, PhaseSet Phases)
{
    /// <summary>Whether it is the half of a description that its owner lists.</summary>
    public bool IsDescription => Declared.Origin.Source == DependencySource.Describes
        && Declared.Phases == DependencyExpansion.DescribesOnPreserve;
}
