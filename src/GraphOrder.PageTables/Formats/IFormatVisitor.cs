namespace GraphOrder.PageTables;

/// <summary>Code that is compiled once for each format.</summary>
/// <typeparam name="TResult">What it answers.</typeparam>
public interface IFormatVisitor<TResult>
{
    /// <summary>The code.</summary>
    /// <typeparam name="TFormat">The format.</typeparam>
    TResult Visit<TFormat>() where TFormat : struct, IPageTableFormat;
}
