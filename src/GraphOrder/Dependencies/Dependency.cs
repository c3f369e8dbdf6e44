namespace GraphOrder;

/// <summary>
/// <see cref="Dependent"/> needs <see cref="On"/> in <see cref="Phases"/>. In preserve, freeze and retrieve
/// the needed end goes first; in unfreeze, unpreserve and finish the needing one does.
/// </summary>
/// <param name="Dependent">The end that needs.</param>
/// <param name="On">The end that is needed.</param>
/// <param name="Phases">The phases in which it binds; never empty.</param>
/// <param name="Strength">Hard, or soft until waived.</param>
/// <param name="Weight">What waiving a soft one costs; 1 where nothing is said.</param>
/// <param name="Origin">Who says so.</param>
public readonly record struct Dependency(
    DependencyEnd Dependent,
    DependencyEnd On,
    PhaseSet Phases,
    DependencyStrength Strength,
    long Weight,
    DependencyOrigin Origin);
