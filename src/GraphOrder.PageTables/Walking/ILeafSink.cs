namespace GraphOrder.PageTables;

/// <summary>
/// Takes what a walk finds. Implemented by a struct, which may be a ref struct, so that the calls are direct.
/// Rows and runs come in the order of input addresses, of a sign-extended format the lower half first; a run
/// comes after its last row. Called from the thread that walks.
/// </summary>
public interface ILeafSink
{
    /// <summary>Leaves side by side.</summary>
    /// <param name="row">The leaves.</param>
    void OnRow(in LeafRow row);

    /// <summary>A maximal run.</summary>
    /// <param name="run">The run.</param>
    void OnRun(in LeafRun run);

    /// <summary>
    /// Many short runs at once, in place of <see cref="OnRow"/> and <see cref="OnRun"/> for each.
    /// </summary>
    /// <param name="runs">The runs; <see cref="LeafRuns.Tell"/> takes them one by one.</param>
    void OnRuns(in LeafRuns runs);

    /// <summary>A fault; at most <see cref="WalkLimits.FaultMax"/> of them.</summary>
    /// <param name="fault">The fault.</param>
    void OnFault(in PageTableFault fault);
}
