using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Finds what a set only points at: dependencies that are real whether anybody declares them or not.
/// </summary>
public interface IDependencySource
{
    /// <summary>Looks into the page tables of a set's iommu_domains.</summary>
    /// <param name="sessionSet">The set.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <returns>
    /// The domains that it looked into, in document order; give them to <see cref="SessionSet.With"/>.
    /// </returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ImmutableArray<WalkedDomain> Walk(SessionSet sessionSet, CancellationToken cancellation = default);
}
