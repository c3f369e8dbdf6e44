using GraphOrder.PageTables;

namespace GraphOrder.Benchmarks.PageTables;

/// <summary>Writes the tables of a case in a format that is known at run time.</summary>
internal sealed class WalkCaseMaker(int tablesLg2, TableLayout layout) : IFormatVisitor<IWalkCase>
{
    public IWalkCase Visit<TFormat>() where TFormat : struct, IPageTableFormat =>
        new WalkCase<TFormat>(new(tablesLg2, layout, static (_, _) => { }));
}
