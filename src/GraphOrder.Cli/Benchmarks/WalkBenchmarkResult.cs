using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary>What walks of one table took.</summary>
/// <param name="Format">The table's format.</param>
/// <param name="Options">What it maps.</param>
/// <param name="Tables">Its tables.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Runs">Maximal runs that it maps.</param>
/// <param name="Rounds">How often each was timed, the naive walk at most three times.</param>
/// <param name="Measured">What was timed; the first is a sequential read of the same bytes.</param>
internal sealed record WalkBenchmarkResult(
    PageTableFormat Format, TableImageOptions Options, ulong Tables, ulong Bytes, ulong Runs, int Rounds,
    List<Measured> Measured)
{
    /// <summary>Leaves that it maps.</summary>
    public ulong Leaves => Options.MappedBytes >> Options.LeafLg2;
}
