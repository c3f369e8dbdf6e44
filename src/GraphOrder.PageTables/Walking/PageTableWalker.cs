using System.Runtime.Intrinsics;

namespace GraphOrder.PageTables;

/// <summary>
/// Walks a page table: every leaf, every maximal run, everything that is wrong. Nothing in the image is
/// trusted; a table that points to itself, a shared one, one that is not there are faults with their names.
/// Thread-safe. Time: O(tables of the image), each read once, those above level 0 twice. Memory: the
/// workspace and about 64 bytes for each table.
/// </summary>
public static class PageTableWalker
{
    /// <summary>Walks without facts of the platform.</summary>
    /// <typeparam name="TFormat">The format.</typeparam>
    /// <typeparam name="TMemory">Where tables are read from.</typeparam>
    /// <typeparam name="TSink">What takes the findings.</typeparam>
    /// <param name="top">Physical address of the root.</param>
    /// <param name="topLevel">Its level, as the format allows.</param>
    /// <param name="memory">The image.</param>
    /// <param name="sink">Takes rows, runs and faults.</param>
    /// <param name="limits">What the walk takes on.</param>
    /// <param name="cancellationToken">Looked at once for each table.</param>
    /// <exception cref="ArgumentOutOfRangeException">The format has no root of that level.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example><code>
    /// WalkSummary found = PageTableWalker.Walk&lt;AmdV1, FileMemory, MySink&gt;(
    ///     root, 3, image.Memory, ref sink, WalkLimits.Default, CancellationToken.None);
    /// </code></example>
    public static WalkSummary Walk<TFormat, TMemory, TSink>(
        ulong top, int topLevel, TMemory memory, ref TSink sink, WalkLimits limits,
        CancellationToken cancellationToken)
        where TFormat : struct, IPageTableFormat
        where TMemory : IPhysicalMemory
        where TSink : struct, ILeafSink, allows ref struct =>
        Walk<TFormat, TMemory, TSink>(
            top, topLevel, memory, ref sink, WalkFacts.Unknown, limits, new(), cancellationToken);

    /// <summary>Walks with what is known of the platform, in memory that may be used again.</summary>
    /// <typeparam name="TFormat">The format.</typeparam>
    /// <typeparam name="TMemory">Where tables are read from.</typeparam>
    /// <typeparam name="TSink">What takes the findings.</typeparam>
    /// <param name="top">Physical address of the root.</param>
    /// <param name="topLevel">Its level, as the format allows.</param>
    /// <param name="memory">The image.</param>
    /// <param name="sink">Takes rows, runs and faults.</param>
    /// <param name="facts">What the table does not say of itself.</param>
    /// <param name="limits">What the walk takes on.</param>
    /// <param name="workspace">The memory of the walk.</param>
    /// <param name="cancellationToken">Looked at once for each table.</param>
    /// <exception cref="ArgumentOutOfRangeException">The format has no root of that level.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static WalkSummary Walk<TFormat, TMemory, TSink>(
        ulong top, int topLevel, TMemory memory, ref TSink sink, WalkFacts facts, WalkLimits limits,
        WalkWorkspace workspace, CancellationToken cancellationToken)
        where TFormat : struct, IPageTableFormat
        where TMemory : IPhysicalMemory
        where TSink : struct, ILeafSink, allows ref struct =>
        Walk<TFormat, TMemory, NoPrediction, TSink>(
            top, topLevel, memory, default, ref sink, facts, limits, workspace, cancellationToken);

    /// <summary>Walks and compares with what should be there.</summary>
    /// <typeparam name="TFormat">The format.</typeparam>
    /// <typeparam name="TMemory">Where tables are read from.</typeparam>
    /// <typeparam name="TPrediction">What should be there.</typeparam>
    /// <typeparam name="TSink">What takes the findings.</typeparam>
    /// <param name="top">Physical address of the root.</param>
    /// <param name="topLevel">Its level, as the format allows.</param>
    /// <param name="memory">The image.</param>
    /// <param name="prediction">Predicts tables, and is told those that are so.</param>
    /// <param name="sink">Takes rows, runs and faults of all others.</param>
    /// <param name="facts">What the table does not say of itself.</param>
    /// <param name="limits">What the walk takes on.</param>
    /// <param name="workspace">The memory of the walk.</param>
    /// <param name="cancellationToken">Looked at once for each table.</param>
    /// <exception cref="ArgumentOutOfRangeException">The format has no root of that level.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static WalkSummary Walk<TFormat, TMemory, TPrediction, TSink>(
        ulong top, int topLevel, TMemory memory, TPrediction prediction, ref TSink sink, WalkFacts facts,
        WalkLimits limits, WalkWorkspace workspace, CancellationToken cancellationToken)
        where TFormat : struct, IPageTableFormat
        where TMemory : IPhysicalMemory
        where TPrediction : struct, ILeafPrediction
        where TSink : struct, ILeafSink, allows ref struct
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(topLevel, TFormat.TopLevelMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(topLevel, TFormat.TopLevelMax);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(workspace);
        if (Vector512.IsHardwareAccelerated)
        {
            return new TreeWalk<TFormat, TMemory, Vector512Scanner, TPrediction>(
                top, topLevel, memory, facts, limits, workspace, prediction, cancellationToken).Run(ref sink);
        }

        if (Vector256.IsHardwareAccelerated)
        {
            return new TreeWalk<TFormat, TMemory, Vector256Scanner, TPrediction>(
                top, topLevel, memory, facts, limits, workspace, prediction, cancellationToken).Run(ref sink);
        }

        return Vector128.IsHardwareAccelerated
            ? new TreeWalk<TFormat, TMemory, Vector128Scanner, TPrediction>(
                top, topLevel, memory, facts, limits, workspace, prediction, cancellationToken).Run(ref sink)
            : new TreeWalk<TFormat, TMemory, ScalarScanner, TPrediction>(
                top, topLevel, memory, facts, limits, workspace, prediction, cancellationToken).Run(ref sink);
    }

    /// <summary>Walks one table with several threads.</summary>
    /// <typeparam name="TFormat">The format.</typeparam>
    /// <typeparam name="TMemory">Where tables are read from.</typeparam>
    /// <typeparam name="TSink">What takes the findings.</typeparam>
    /// <param name="top">Physical address of the root.</param>
    /// <param name="topLevel">Its level, as the format allows.</param>
    /// <param name="memory">The image; each thread takes a copy.</param>
    /// <param name="sinks">
    /// One for each thread, at least one. What one of them takes lies before what the next one does; where
    /// one table is met twice, or the tree is too small to be parted, the first takes all. Each is told at
    /// most <see cref="WalkLimits.FaultMax"/> faults.
    /// </param>
    /// <param name="facts">What the table does not say of itself.</param>
    /// <param name="limits">What the walk takes on.</param>
    /// <param name="workspace">The memory of the walk.</param>
    /// <param name="cancellationToken">Looked at once for each table.</param>
    /// <exception cref="ArgumentOutOfRangeException">The format has no root of that level.</exception>
    /// <exception cref="ArgumentException">There is no sink.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static WalkSummary Walk<TFormat, TMemory, TSink>(
        ulong top, int topLevel, TMemory memory, TSink[] sinks, WalkFacts facts, WalkLimits limits,
        WalkWorkspace workspace, CancellationToken cancellationToken)
        where TFormat : struct, IPageTableFormat
        where TMemory : IPhysicalMemory
        where TSink : struct, ILeafSink
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(topLevel, TFormat.TopLevelMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(topLevel, TFormat.TopLevelMax);
        ArgumentNullException.ThrowIfNull(sinks);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(workspace);
        if (sinks.Length == 0)
        {
            throw new ArgumentException("A walk needs a sink.", nameof(sinks));
        }

        if (Vector512.IsHardwareAccelerated)
        {
            return new TreeWalk<TFormat, TMemory, Vector512Scanner, NoPrediction>(
                top, topLevel, memory, facts, limits, workspace, default, cancellationToken).Run(sinks);
        }

        if (Vector256.IsHardwareAccelerated)
        {
            return new TreeWalk<TFormat, TMemory, Vector256Scanner, NoPrediction>(
                top, topLevel, memory, facts, limits, workspace, default, cancellationToken).Run(sinks);
        }

        return Vector128.IsHardwareAccelerated
            ? new TreeWalk<TFormat, TMemory, Vector128Scanner, NoPrediction>(
                top, topLevel, memory, facts, limits, workspace, default, cancellationToken).Run(sinks)
            : new TreeWalk<TFormat, TMemory, ScalarScanner, NoPrediction>(
                top, topLevel, memory, facts, limits, workspace, default, cancellationToken).Run(sinks);
    }

    /// <summary>
    /// Finds the pages of all tables that a walk would read, by reading those above level 0: one part in 512
    /// of the bytes where leaves are small.
    /// </summary>
    /// <typeparam name="TFormat">The format.</typeparam>
    /// <typeparam name="TMemory">Where tables are read from.</typeparam>
    /// <param name="top">Physical address of the root.</param>
    /// <param name="topLevel">Its level, as the format allows.</param>
    /// <param name="memory">The image.</param>
    /// <param name="facts">What the table does not say of itself.</param>
    /// <param name="limits">What the walk takes on.</param>
    /// <param name="cancellationToken">Looked at once for each table.</param>
    /// <exception cref="ArgumentOutOfRangeException">The format has no root of that level.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PhysicalRangeSet FindTables<TFormat, TMemory>(
        ulong top, int topLevel, TMemory memory, WalkFacts facts, WalkLimits limits,
        CancellationToken cancellationToken)
        where TFormat : struct, IPageTableFormat
        where TMemory : IPhysicalMemory
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(topLevel, TFormat.TopLevelMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(topLevel, TFormat.TopLevelMax);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(limits);
        return new TreeWalk<TFormat, TMemory, Vector128Scanner, NoPrediction>(
            top, topLevel, memory, facts, limits, new(), default, cancellationToken).FindTables();
    }
}
