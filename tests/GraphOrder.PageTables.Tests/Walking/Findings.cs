namespace GraphOrder.PageTables.Tests;

/// <summary>What a table holds, found by the walker and by the naive walk, which must agree.</summary>
internal sealed class Findings
{
    // One for all walks, so that each begins with what another has left.
    [ThreadStatic]
    private static WalkWorkspace? _used;

    public required IReadOnlyList<LeafRow> Leaves { get; init; }

    public required IReadOnlyList<LeafRun> Runs { get; init; }

    public required IReadOnlyList<PageTableFault> Faults { get; init; }

    public required WalkSummary Summary { get; init; }

    /// <summary>The kinds, each once, in order.</summary>
    public PageTableFaultKind[] Kinds => [.. Faults.Select(fault => fault.Kind).Distinct().Order()];

    /// <summary>The kinds that are more than information.</summary>
    public PageTableFaultKind[] Defects =>
    [
        .. Faults.Where(fault => fault.Severity > FaultSeverity.Info).Select(fault => fault.Kind).Distinct()
            .Order(),
    ];

    public static Findings Of<TFormat>(PageTableBuilder<TFormat> builder, WalkFacts? facts = null)
        where TFormat : struct, IPageTableFormat =>
        Of<TFormat, ArenaMemory>(builder.Top, builder.TopLevel, builder.Arena.Memory, facts);

    public static Findings Of<TFormat, TMemory>(
        ulong top, int topLevel, TMemory memory, WalkFacts? facts = null, WalkLimits? limits = null)
        where TFormat : struct, IPageTableFormat
        where TMemory : IPhysicalMemory
    {
        facts ??= WalkFacts.Unknown;
        limits ??= new() { FaultMax = int.MaxValue };
        RecordingSink sink = new();
        RecordingSink naive = new();
        WalkSummary summary = PageTableWalker.Walk<TFormat, TMemory, RecordingSink>(
            top, topLevel, memory, ref sink, facts, limits, _used ??= new(), CancellationToken.None);
        WalkSummary other = NaiveWalker.Walk<TFormat, TMemory, RecordingSink>(
            top, topLevel, memory, ref naive, facts, limits, CancellationToken.None);

        Assert.That(sink.Leaves, Is.EqualTo(naive.Leaves), "leaves of both walks");
        Assert.That(sink.Runs, Is.EqualTo(naive.Runs), "runs of both walks");
        Assert.That(Sorted(sink.Faults), Is.EqualTo(Sorted(naive.Faults)), "faults of both walks");
        Assert.That(Counts(summary), Is.EqualTo(Counts(other)), "counts of both walks");
        return new()
        {
            Leaves = sink.Leaves,
            Runs = sink.Runs,
            Faults = [.. Sorted(sink.Faults)],
            Summary = summary,
        };
    }

    private static IEnumerable<PageTableFault> Sorted(List<PageTableFault> faults) => faults
        .OrderBy(fault => fault.Kind).ThenBy(fault => fault.Iova).ThenBy(fault => fault.Level)
        .ThenBy(fault => fault.Index).ThenBy(fault => fault.Table);

    private static List<object> Counts(WalkSummary summary)
    {
        List<object> counts = [summary.Tables, summary.SkippedTables, summary.MappedBytes, summary.Errors];
        counts.AddRange(Enumerable.Range(0, 64).Select(size => (object)summary.LeafCount(size)));
        foreach (PageTableFaultKind kind in PageTableFaultKinds.All)
        {
            counts.Add(summary.FaultCount(kind));
        }

        return counts;
    }
}
