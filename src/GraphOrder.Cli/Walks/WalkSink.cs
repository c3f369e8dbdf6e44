using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary>Keeps the faults of a walk, or hands on its runs; each where it is asked for.</summary>
internal readonly struct WalkSink(List<PageTableFault>? faults, Action<LeafRun>? onRun) : ILeafSink
{
    /// <summary>The faults that were kept; null where nobody asked for them.</summary>
    public List<PageTableFault>? Faults => faults;

    /// <summary>Whether runs are asked for.</summary>
    public bool WantsRuns => onRun is not null;

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
            WalkSink sink = this;
            runs.Tell(ref sink);
        }
    }

    /// <inheritdoc/>
    public void OnFault(in PageTableFault fault) => faults?.Add(fault);
}
