using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>Keeps of each kind of fault the first of the gravest.</summary>
internal readonly struct GravestFaults : ILeafSink
{
    private readonly Dictionary<PageTableFaultKind, PageTableFault> _faults = [];

    /// <summary>Keeps none yet.</summary>
    public GravestFaults()
    {
    }

    /// <summary>The faults that were kept.</summary>
    public IEnumerable<PageTableFault> Faults => _faults.Values;

    /// <inheritdoc/>
    public void OnRow(in LeafRow row)
    {
    }

    /// <inheritdoc/>
    public void OnRun(in LeafRun run)
    {
    }

    /// <inheritdoc/>
    public void OnRuns(in LeafRuns runs)
    {
    }

    /// <inheritdoc/>
    public void OnFault(in PageTableFault fault)
    {
        if (!_faults.TryGetValue(fault.Kind, out PageTableFault known) || fault.Severity > known.Severity)
        {
            _faults[fault.Kind] = fault;
        }
    }
}
