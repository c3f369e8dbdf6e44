namespace GraphOrder.PageTables.Tests;

/// <summary>Takes everything and keeps nothing.</summary>
internal struct NothingSink : ILeafSink
{
    public readonly void OnRow(in LeafRow row)
    {
    }

    public readonly void OnRun(in LeafRun run)
    {
    }

    public readonly void OnRuns(in LeafRuns runs)
    {
    }

    public readonly void OnFault(in PageTableFault fault)
    {
    }
}
