namespace GraphOrder.PageTables;

/// <summary>The format of one struct type.</summary>
internal sealed class PageTableFormatOf<TFormat> : PageTableFormat where TFormat : struct, IPageTableFormat
{
    /// <inheritdoc/>
    public override FormatDescription Description => TFormat.Description;

    /// <inheritdoc/>
    public override int? OnlyTopLevel =>
        TFormat.TopLevelMin == TFormat.TopLevelMax ? TFormat.TopLevelMax : null;

    /// <inheritdoc/>
    public override bool Allows(int topLevel) =>
        topLevel >= TFormat.TopLevelMin && topLevel <= TFormat.TopLevelMax;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IFormatVisitor<TResult> visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        return visitor.Visit<TFormat>();
    }
}
