using GraphOrder.PageTables;

namespace GraphOrder.Fuzz;

/// <summary>Log2 of the bytes of a table of a format.</summary>
internal readonly struct GranuleVisitor : IFormatVisitor<int>
{
    /// <inheritdoc/>
    public int Visit<TFormat>() where TFormat : struct, IPageTableFormat => TFormat.GranuleLg2;
}
