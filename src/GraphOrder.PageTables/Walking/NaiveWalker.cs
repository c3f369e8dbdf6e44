namespace GraphOrder.PageTables;

/// <summary>
/// The walk that everybody would write first: down from the root in one pass, every word decoded by itself,
/// tables in a dictionary, runs in a list. It is the baseline of the benchmarks and the oracle of the tests:
/// <see cref="PageTableWalker"/> must find the same leaves, runs and faults. Thread-safe; allocates as it
/// goes.
/// </summary>
public static class NaiveWalker
{
    /// <summary>Walks.</summary>
    /// <typeparam name="TFormat">The format.</typeparam>
    /// <typeparam name="TMemory">Where tables are read from.</typeparam>
    /// <typeparam name="TSink">
    /// What takes the findings; every row has one leaf, faults come in any order.
    /// </typeparam>
    /// <param name="top">Physical address of the root.</param>
    /// <param name="topLevel">Its level, as the format allows.</param>
    /// <param name="memory">The image.</param>
    /// <param name="sink">Takes rows, runs and faults.</param>
    /// <param name="facts">What the table does not say of itself.</param>
    /// <param name="limits">What the walk takes on.</param>
    /// <param name="cancellationToken">Looked at once for each table.</param>
    /// <exception cref="ArgumentOutOfRangeException">The format has no root of that level.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static WalkSummary Walk<TFormat, TMemory, TSink>(
        ulong top, int topLevel, TMemory memory, ref TSink sink, WalkFacts facts, WalkLimits limits,
        CancellationToken cancellationToken)
        where TFormat : struct, IPageTableFormat
        where TMemory : IPhysicalMemory
        where TSink : struct, ILeafSink, allows ref struct
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(topLevel, TFormat.TopLevelMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(topLevel, TFormat.TopLevelMax);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(limits);
        NaiveWalk<TFormat, TMemory> walk = new(top, topLevel, memory, facts, limits, cancellationToken);
        return walk.Run(ref sink);
    }
}
