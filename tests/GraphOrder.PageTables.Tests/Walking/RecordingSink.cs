namespace GraphOrder.PageTables.Tests;

/// <summary>Keeps what a walk tells; rows are taken apart into leaves.</summary>
internal readonly struct RecordingSink() : ILeafSink
{
    public List<LeafRow> Leaves { get; } = [];

    public List<LeafRun> Runs { get; } = [];

    public List<PageTableFault> Faults { get; } = [];

    public void OnRow(in LeafRow row)
    {
        for (int i = 0; i < row.Count; i++)
        {
            ulong offset = (ulong)i << row.SizeLg2;
            Leaves.Add(row with { Iova = row.Iova + offset, Physical = row.Physical + offset, Count = 1 });
        }
    }

    public void OnRun(in LeafRun run) => Runs.Add(run);

    public void OnRuns(in LeafRuns runs)
    {
        RecordingSink self = this;
        runs.Tell(ref self);
    }

    public void OnFault(in PageTableFault fault) => Faults.Add(fault);
}
