using GraphOrder.PageTables;

namespace GraphOrder.Benchmarks.PageTables;

/// <summary>The least that a sink can do and still have looked at every run.</summary>
internal struct CountingSink : ILeafSink
{
    /// <summary>Runs.</summary>
    public ulong Runs { get; private set; }

    /// <summary>Of the output address of every run.</summary>
    public ulong Mix { get; private set; }

    public readonly void OnRow(in LeafRow row)
    {
    }

    public void OnRun(in LeafRun run) => Mix ^= unchecked(run.Physical + ++Runs);

    public readonly void OnFault(in PageTableFault fault)
    {
    }
}
