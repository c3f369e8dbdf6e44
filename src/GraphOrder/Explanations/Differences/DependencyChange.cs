namespace GraphOrder;

/// <summary>A dependency that two sets do not say alike. Immutable.</summary>
/// <param name="Dependent">The end that needs: an id, or <c>session:NAME</c>.</param>
/// <param name="On">The end that is needed.</param>
/// <param name="First">What the first says of it; null where it does not have it.</param>
/// <param name="Second">What the second says of it; null where it does not have it.</param>
public sealed record DependencyChange(
    string Dependent, string On, DependencyState? First, DependencyState? Second);

/// <summary>What a set says of a dependency. Immutable.</summary>
/// <param name="Hard">The phases in which it binds hard.</param>
/// <param name="Soft">The phases in which it binds until it is waived.</param>
/// <param name="Waived">Those of the soft ones in which the plan waives it.</param>
/// <param name="Weight">What waiving it costs.</param>
/// <param name="Origin">Who says so.</param>
public sealed record DependencyState(
    PhaseSet Hard, PhaseSet Soft, PhaseSet Waived, long Weight, DependencyOrigin Origin)
{
    /// <summary>The phases in which it binds in the plan.</summary>
    public PhaseSet Binding => Hard | (Soft - Waived);

    /// <summary>Whether another set says the same, whoever says so.</summary>
    public bool Says(DependencyState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Hard == other.Hard && Soft == other.Soft && Waived == other.Waived && Weight == other.Weight;
    }
}
