using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>A dependency that forbids something now. Immutable.</summary>
/// <param name="Dependent">The end that needs.</param>
/// <param name="On">The end that is needed.</param>
/// <param name="Through">
/// The kernel's own objects, and acts, between them, from the needing to the needed end; empty where there is
/// none.
/// </param>
/// <param name="Phase">The phase.</param>
public sealed record UnmetDependency(
    DependencyEnd Dependent, DependencyEnd On, ImmutableArray<ObjectId> Through, Phase Phase)
{
    /// <inheritdoc/>
    public bool Equals(UnmetDependency? other) =>
        other is not null && Dependent == other.Dependent && On == other.On && Phase == other.Phase
        && Through.AsSpan().SequenceEqual(other.Through.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Dependent, On, Phase, Through.Length);
}
