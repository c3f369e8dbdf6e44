using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>
/// Feeds two sinks from one walk: the owners get rows and runs, the other one everything.
/// </summary>
internal struct OwnedSink<TSink>(OwnerSink owners, TSink others) : ILeafSink
    where TSink : struct, ILeafSink
{
    private OwnerSink _owners = owners;
    // May count in itself, so it is never copied.
    private TSink _others = others;

    /// <summary>The owners, as far as they were found.</summary>
    public readonly OwnerSink Owners => _owners;

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
    public void OnFault(in PageTableFault fault)
    {
        ref TSink found = ref _others;
        found.OnFault(fault);
    }
}
