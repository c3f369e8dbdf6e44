using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>A dependency that would have to go, in some phases.</summary>
/// <param name="Dependent">The end that needs: an id, or <c>session:NAME</c>.</param>
/// <param name="On">The end that is needed.</param>
/// <param name="Phases">The phases by which it stands in the way.</param>
/// <param name="Strength">A soft one can be waived by name; a hard one is its declarer's to change.</param>
/// <param name="Weight">What waiving a soft one costs.</param>
/// <param name="Origin">Who declared it, where and why.</param>
public sealed record DroppedDependency(
    string Dependent,
    string On,
    PhaseSet Phases,
    DependencyStrength Strength,
    long Weight,
    DependencyOrigin Origin);

/// <summary>
/// The least change that lets an end go first: the fewest hard dependencies, and then the least weight of
/// soft ones, without which no chain is left between the two. Immutable.
/// </summary>
/// <remarks>
/// A minimum cut of the order that decides the phase. One dependency may stand in that order more than once
/// (through objects that the kernel moves, once a phase); then a cut of its arcs need not be the least of
/// dependencies, which is why the answer says whether it is exact and gives a bound.
/// </remarks>
/// <param name="Dropped">What would have to go; empty where nothing can make it possible.</param>
public sealed record Counterfactual(ImmutableArray<DroppedDependency> Dropped)
{
    /// <summary>Whether dropping dependencies can do it; what the kernel has already stays.</summary>
    public bool IsPossible => !Dropped.IsEmpty;

    /// <summary>Whether no smaller change exists.</summary>
    public bool IsExact { get; init; }

    /// <summary>No change drops fewer hard dependencies than this.</summary>
    public long HardCountMin { get; init; }

    /// <summary>
    /// Whether the set was planned again without them, with a dependency more that makes the other end go
    /// first, and an order was found.
    /// </summary>
    public bool IsVerified { get; init; }
}
