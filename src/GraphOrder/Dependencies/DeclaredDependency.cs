namespace GraphOrder;

/// <summary>An entry of <c>dependencies</c>, as the document has it.</summary>
/// <param name="Dependent">The end that needs.</param>
/// <param name="On">The end that is needed.</param>
/// <param name="Origin">Who declared it, where and why.</param>
public readonly record struct DeclaredDependency(
    DependencyEnd Dependent, DependencyEnd On, DependencyOrigin Origin)
{
    /// <summary>The phases it names; null where it names none, which means all but unfreeze.</summary>
    public PhaseSet? Phases { get; init; }

    /// <summary>The strength it names; null where it names none, which means hard.</summary>
    public DependencyStrength? Strength { get; init; }

    /// <summary>The weight it names; null where it names none, which means 1.</summary>
    public long? Weight { get; init; }
}

/// <summary>One id in an object's <c>needs</c> or <c>describes</c>.</summary>
/// <param name="Owner">The object that has the list.</param>
/// <param name="Id">The object that the list names.</param>
/// <param name="Location">Where.</param>
public readonly record struct ObjectReference(ObjectId Owner, ObjectId Id, SourceLocation Location);
