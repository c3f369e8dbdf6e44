using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary>The least that a sink can do and still have looked at every run.</summary>
internal struct BenchmarkSink : ILeafSink
{
    /// <summary>Of the output address of every run.</summary>
    public ulong Mix { get; private set; }

    /// <inheritdoc/>
    public readonly void OnRow(in LeafRow row)
    {
    }

    /// <inheritdoc/>
    public void OnRun(in LeafRun run) => Mix ^= run.Physical;

    /// <inheritdoc/>
    public void OnRuns(in LeafRuns runs)
    {
        for (int i = 0; i < runs.Count; i++)
        {
            Mix ^= runs.PhysicalOf(i);
        }
    }

    /// <inheritdoc/>
    public readonly void OnFault(in PageTableFault fault)
    {
    }
}
