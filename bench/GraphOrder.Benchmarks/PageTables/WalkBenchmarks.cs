using BenchmarkDotNet.Attributes;
using GraphOrder.PageTables;

namespace GraphOrder.Benchmarks.PageTables;

/// <summary>
/// A walk of 4 KiB leaves (of the format's smallest size), against the walk that everybody would write first
/// and against reading the same bytes, which nothing can beat. The checksum is the pages that are mapped.
/// </summary>
[MemoryDiagnoser]
public class WalkBenchmarks
{
    private IWalkCase _case = null!;

    /// <summary>The format.</summary>
    [Params("vtd-second-stage", "amd-v1", "x86-64", "arm-lpae-s1", "arm-lpae-s2", "riscv-sv48")]
    public string Format { get; set; } = "";

    /// <summary>How the memory lies.</summary>
    [Params(
        TableLayout.OneRun, TableLayout.ShuffledTables, TableLayout.Folios2M, TableLayout.Runs8,
        TableLayout.Folios4K)]
    public TableLayout Layout { get; set; }

    /// <summary>
    /// Log2 of the tables of level 0; 15 are 64 GiB of mappings, whose tables are in cache.
    /// </summary>
    [Params(4, 15)]
    public int TablesLg2 { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        if (!PageTableFormats.TryFind(Format, null, out PageTableFormat? format))
        {
            throw new InvalidOperationException($"No format {Format}.");
        }

        _case = format.Accept(new WalkCaseMaker(TablesLg2, Layout));
    }

    [Benchmark(Baseline = true)]
    public long Read() => _case.Read();

    [Benchmark]
    public long NaiveWalk() => _case.NaiveWalk();

    [Benchmark]
    public long Walk() => _case.Walk();
}
