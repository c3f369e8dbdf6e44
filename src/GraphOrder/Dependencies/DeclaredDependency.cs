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

    /// <summary>One that somebody adds by a call; the strength and weight are named.</summary>
    /// <exception cref="ArgumentException">Both ends are one, no phase, or a weight below 1.</exception>
    internal static DeclaredDependency Of(
        DependencyEnd dependent,
        DependencyEnd on,
        PhaseSet? phases,
        DependencyOrigin origin,
        DependencyStrength strength,
        long weight)
    {
        DemandTwo(dependent, on);
        ArgumentOutOfRangeException.ThrowIfLessThan(weight, 1);
        return phases is { IsEmpty: true }
            ? throw new ArgumentException("A dependency binds in at least one phase.", nameof(phases))
            : new(dependent, on, origin) { Phases = phases, Strength = strength, Weight = weight };
    }

    /// <summary>What every call that adds something between two ends demands of them.</summary>
    /// <exception cref="ArgumentException">Both ends are one.</exception>
    internal static void DemandTwo(DependencyEnd dependent, DependencyEnd on)
    {
        if (dependent == on)
        {
            throw new ArgumentException("Nothing depends on itself.", nameof(on));
        }
    }
}

/// <summary>One id in an object's <c>needs</c> or <c>describes</c>.</summary>
/// <param name="Owner">The object that has the list.</param>
/// <param name="Id">The object that the list names.</param>
/// <param name="Location">Where.</param>
public readonly record struct ObjectReference(ObjectId Owner, ObjectId Id, SourceLocation Location);
