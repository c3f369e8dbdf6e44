using System.Diagnostics;

namespace GraphOrder.PageTables.Tests;

/// <summary>The largest host that is known, 12 TiB of guest memory under one domain.</summary>
[TestFixture]
public sealed class LargestTableTests
{
    private const ulong Mapped = 12UL << 40;

    // What is remembered of a table that was visited: 8 bytes in a hash table that grows.
    private const int BytesPerTableMax = 64;

    [Test]
    public void Twelve_tebibytes_in_leaves_of_2_MiB_are_one_run()
    {
        PageTableBuilder<VtdSecondStage> builder = new(3, new() { LeafSizes = 1UL << 21 });
        Assert.That(builder.TryMap(0, GeneratedTables.Target, Mapped, PageAccess.ReadWrite), Is.True);
        WalkSummary summary = Walk(builder.Top, builder.Arena.Memory);

        Assert.That(summary.LeafCount(21), Is.EqualTo((long)(Mapped >> 21)));
        Assert.That(summary.Tables, Is.EqualTo(1 + 24 + 12_288));
    }

    [Test]
    public void In_leaves_of_4_KiB_their_24_GiB_of_tables_are_walked_in_memory_bound_to_their_number()
    {
        WalkSummary summary = Walk(GeneratedTables.Top, new GeneratedTables(Mapped));

        Assert.That(summary.LeafCount(12), Is.EqualTo((long)(Mapped >> 12)));
        Assert.That(summary.Tables, Is.EqualTo(1 + 24 + 12_288 + (12_288 * 512)));
    }

    [Test]
    public void What_is_generated_is_read_alike_by_both_walks()
    {
        const ulong mapped = (5UL << 30) + (3UL << 21) + (7UL << 12);
        Findings found = Findings.Of<VtdSecondStage, GeneratedTables>(
            GeneratedTables.Top, 3, new GeneratedTables(mapped));

        Assert.That(found.Defects, Is.Empty);
        Assert.That(found.Runs, Has.Count.EqualTo(1));
        Assert.That(found.Summary.MappedBytes, Is.EqualTo((UInt128)mapped));
    }

    private static WalkSummary Walk<TMemory>(ulong top, TMemory memory)
        where TMemory : IPhysicalMemory
    {
        RunSink sink = new();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Stopwatch watch = Stopwatch.StartNew();
        WalkSummary summary = PageTableWalker.Walk<VtdSecondStage, TMemory, RunSink>(
            top, 3, memory, ref sink, WalkLimits.Default, CancellationToken.None);
        watch.Stop();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        TestContext.Out.WriteLine(
            $"{summary.Tables:N0} tables, {summary.Tables >> 8:N0} MiB of them, {watch.Elapsed.TotalSeconds:F2} s, "
            + $"{allocated / summary.Tables} bytes allocated a table");
        Assert.That(summary.Errors, Is.Zero);
        Assert.That(summary.MappedBytes, Is.EqualTo((UInt128)Mapped));
        Assert.That((sink.Runs, sink.Bytes), Is.EqualTo((1, Mapped)));
        Assert.That(allocated, Is.LessThan((BytesPerTableMax * summary.Tables) + (4 << 20)));
        return summary;
    }

    /// <summary>Counts runs.</summary>
    private struct RunSink : ILeafSink
    {
        public int Runs { get; private set; }

        public ulong Bytes { get; private set; }

        public readonly void OnRow(in LeafRow row)
        {
        }

        public void OnRun(in LeafRun run)
        {
            Runs++;
            Bytes += run.Bytes;
        }

        public void OnRuns(in LeafRuns runs) => runs.Tell(ref this);

        public readonly void OnFault(in PageTableFault fault)
        {
        }
    }
}
