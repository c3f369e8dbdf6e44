using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>
/// Feeds two sinks from one walk: the one that judges mappings gets rows and runs, the other one everything.
/// </summary>
internal struct OwnedSink<TSink>(MappingSink owners, TSink others) : ILeafSink
    where TSink : struct, ILeafSink
{
    private readonly MappingSink _owners = owners;

    // May count in itself, so it is never copied.
    private TSink _others = others;

    /// <summary>The other sink.</summary>
    public readonly TSink Others => _others;

    /// <inheritdoc/>
    public void OnRow(in LeafRow row)
    {
        _owners.OnRow(row);
        ref TSink found = ref _others;
        found.OnRow(row);
    }

    /// <inheritdoc/>
    public void OnRun(in LeafRun run)
    {
        _owners.OnRun(run);
        ref TSink found = ref _others;
        found.OnRun(run);
    }

    /// <inheritdoc/>
    public void OnRuns(in LeafRuns runs)
    {
        _owners.OnRuns(runs);
        ref TSink found = ref _others;
        found.OnRuns(runs);
    }

    /// <inheritdoc/>
    public void OnFault(in PageTableFault fault)
    {
        ref TSink found = ref _others;
        found.OnFault(fault);
    }
}
