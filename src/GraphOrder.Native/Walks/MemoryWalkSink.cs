using GraphOrder.PageTables;

namespace GraphOrder.Native;

/// <summary>Keeps the faults of a walk, or hands on its runs; each where it is asked for.</summary>
internal readonly struct MemoryWalkSink(List<PageTableFault>? faults, Action<LeafRun>? onRun) : ILeafSink
{
    /// <inheritdoc/>
    public void OnRow(in LeafRow row)
    {
    }

    /// <inheritdoc/>
    public void OnRun(in LeafRun run) => onRun?.Invoke(run);

    /// <inheritdoc/>
    public void OnRuns(in LeafRuns runs)
    {
        if (onRun is not null)
        {
            MemoryWalkSink sink = this;
            runs.Tell(ref sink);
        }
    }

    /// <inheritdoc/>
    public void OnFault(in PageTableFault fault) => faults?.Add(fault);
}
