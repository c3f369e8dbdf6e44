using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>Walks the table of one iommu_domain, once its format is known. Used once.</summary>
/// <param name="owners">Walks.</param>
/// <param name="table">The domain's table.</param>
/// <param name="image">The image that holds it.</param>
internal sealed class DomainWalk(OwnerWalk owners, PageTableFacts table, PhysicalImage image)
    : IFormatVisitor<WalkedDomain>
{
    /// <inheritdoc/>
    public WalkedDomain Visit<TFormat>()
        where TFormat : struct, IPageTableFormat => owners.Walk<TFormat>(table, image);
}
