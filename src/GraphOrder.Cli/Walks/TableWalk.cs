using System.Diagnostics;
using System.Globalization;
using GraphOrder.Mappings;
using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary>Walks the table of one root in one image, once or more often. Not thread-safe.</summary>
internal sealed class TableWalk(
    PhysicalImage image, WalkRoot root, WalkQuery query, CancellationToken cancellation)
    : IFormatVisitor<WalkSummary>
{
    private readonly WalkWorkspace _workspace = new();
    private WalkProgress _progress = new();
    private WalkSink _sink;
    private OwnerWalk? _owners;
    private WalkedDomain? _walked;

    /// <summary>Walks once, for the counts, the faults and the owners.</summary>
    /// <param name="faults">Gets the faults, as many as are wanted.</param>
    /// <param name="walked">Whose memory it is; null where nobody asked.</param>
    public WalkSummary Validate(List<PageTableFault> faults, out WalkedDomain? walked)
    {
        _owners = query.Set?.Owners;
        WalkSummary summary = Run(new(faults, null));
        _owners = null;
        walked = _walked;
        return summary;
    }

    /// <summary>Walks for the runs: they are too many to be kept.</summary>
    /// <param name="onRun">Gets each run, in the order of input addresses.</param>
    public void ListRuns(Action<LeafRun> onRun) => Run(new(null, onRun));

    /// <inheritdoc/>
    WalkSummary IFormatVisitor<WalkSummary>.Visit<TFormat>() => query.Map
        ? Walk<TFormat, MappedMemory>(image.Mapped)
        : Walk<TFormat, FileMemory>(image.Memory);

    private WalkSummary Run(WalkSink sink)
    {
        _sink = sink;
        _progress = new();
        Stopwatch time = Stopwatch.StartNew();
        using ProgressLine line = new(() => Describe(time.Elapsed));
        return root.Format.Accept(this);
    }

    private WalkSummary Walk<TFormat, TMemory>(TMemory memory)
        where TFormat : struct, IPageTableFormat
        where TMemory : struct, IPhysicalMemory
    {
        WalkSink sink = _sink;
        WalkLimits limits = WalkLimits.Default with { FaultMax = query.FaultMax };
        CountedMemory<TMemory> counted = new(memory, _progress);
        return _owners is null
            ? PageTableWalker.Walk<TFormat, CountedMemory<TMemory>, WalkSink>(
                root.Top, root.TopLevel, counted, ref sink, root.Facts, limits, _workspace, cancellation)
            : _owners.Walk<TFormat, CountedMemory<TMemory>, WalkSink>(
                root.Top, root.TopLevel, counted, ref sink, root.Facts, limits, _workspace, cancellation,
                out _walked);
    }

    // The tables that the upper levels point to are met before those of level 0 are read.
    private string Describe(TimeSpan elapsed)
    {
        const double Giga = 1e9;
        double bytes = _progress.Bytes;
        double tableBytes = root.Format.Description.Granule switch
        {
            "16K" => 16384,
            "64K" => 65536,
            _ => 4096,
        };
        double all = Math.Max(_workspace.TablesMet * tableBytes, bytes);
        double rate = bytes / elapsed.TotalSeconds;
        double left = rate > 0 ? (all - bytes) / rate : 0;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"walked {bytes / Giga:0.00} of {all / Giga:0.00} GB, {rate / Giga:0.00} GB/s, {left:0} s left");
    }
}
