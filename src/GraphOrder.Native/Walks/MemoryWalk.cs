using GraphOrder.Mappings;
using GraphOrder.PageTables;

namespace GraphOrder.Native;

/// <summary>Walks a table in memory of the caller. Used once, while that memory is there.</summary>
/// <param name="format">The format.</param>
/// <param name="root">Physical address of the root.</param>
/// <param name="topLevel">Its level, as the format allows.</param>
/// <param name="memory">The image.</param>
/// <param name="faultMax">Faults that are listed.</param>
/// <param name="listsRuns">Whether runs are.</param>
internal sealed class MemoryWalk(
    PageTableFormat format, ulong root, int topLevel, BorrowedMemory memory, int faultMax, bool listsRuns)
    : IFormatVisitor<WalkSummary>
{
    private readonly WalkWorkspace _workspace = new();
    private MemoryWalkSink _sink;
    private CancellationToken _cancellation;

    /// <summary>Walks and writes <c>graphorder/walk/1</c>.</summary>
    /// <returns>Whether the table is sound.</returns>
    public bool Write(Stream stream, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        List<PageTableFault> faults = [];
        _sink = new(faults, null);
        WalkSummary summary = format.Accept(this);
        WalkDocument document = new(format.Description, root, topLevel, summary, faults)
        {
            ListRuns = listsRuns ? List : null,
        };
        WalkWriter.Write(stream, document);
        return document.IsSound;
    }

    /// <inheritdoc/>
    WalkSummary IFormatVisitor<WalkSummary>.Visit<TFormat>()
    {
        MemoryWalkSink sink = _sink;
        WalkLimits limits = WalkLimits.Default with { FaultMax = faultMax };
        return PageTableWalker.Walk<TFormat, BorrowedMemory, MemoryWalkSink>(
            root, topLevel, memory, ref sink, WalkFacts.Unknown, limits, _workspace, _cancellation);
    }

    // Runs are too many to be kept: they are found by walking again.
    private void List(Action<LeafRun> onRun)
    {
        _sink = new(null, onRun);
        format.Accept(this);
    }
}
