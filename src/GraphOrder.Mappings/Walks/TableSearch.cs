using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>Finds the pages of the table of one iommu_domain, once its format is known. Used once.</summary>
/// <param name="host">The set and what was made of it.</param>
/// <param name="table">The domain's table.</param>
/// <param name="image">The image that holds it.</param>
internal sealed class TableSearch(HostMappings host, PageTableFacts table, PhysicalImage image)
    : IFormatVisitor<PhysicalRangeSet>
{
    /// <inheritdoc/>
    public PhysicalRangeSet Visit<TFormat>()
        where TFormat : struct, IPageTableFormat => PageTableWalker.FindTables<TFormat, FileMemory>(
        table.Root, table.TopLevel, image.Memory, host.FactsOf(table), host.Limits, host.Cancellation);
}
