using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
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
        using IDisposable part = Work.Part("walking", () => Describe(time.Elapsed));
        return root.Format.Accept(this);
    }

    private WalkSummary Walk<TFormat, TMemory>(TMemory memory)
        where TFormat : struct, IPageTableFormat
        where TMemory : struct, IPhysicalMemory
    {
        WalkSink sink = _sink;
        WalkLimits limits = WalkLimits.Default with { FaultMax = query.FaultMax };
        CountedMemory<TMemory> counted = new(memory, _progress);
        if (IsWorthThreads(sink) && TryWalkInParts<TFormat, TMemory>(counted, limits, out WalkSummary? found))
        {
            return found;
        }

        return _owners is null
            ? PageTableWalker.Walk<TFormat, CountedMemory<TMemory>, WalkSink>(
                root.Top, root.TopLevel, counted, ref sink, root.Facts, limits, _workspace, cancellation)
            : _owners.Walk<TFormat, CountedMemory<TMemory>, WalkSink>(
                root.Top, root.TopLevel, counted, ref sink, root.Facts, limits, _workspace, cancellation,
                out _walked);
    }

    // A thread that has little to do takes longer to begin than to end.
    private bool IsWorthThreads(in WalkSink sink)
    {
        const ulong BytesMin = 16 << 20;
        ulong bytes = 0;
        foreach (MemorySegment segment in image.Segments)
        {
            bytes += Math.Min(segment.Last - segment.First, BytesMin);
        }

        return bytes >= BytesMin && _owners is null && !sink.WantsRuns && Environment.ProcessorCount > 1;
    }

    // Faults come in the order in which one thread finds them, but for those that are known when a run ends:
    // where there are any, one thread walks again, so that the answer is the same on every machine.
    private bool TryWalkInParts<TFormat, TMemory>(
        CountedMemory<TMemory> memory, WalkLimits limits, [NotNullWhen(true)] out WalkSummary? found)
        where TFormat : struct, IPageTableFormat
        where TMemory : struct, IPhysicalMemory
    {
        WalkSink[] sinks = new WalkSink[Environment.ProcessorCount];
        for (int i = 0; i < sinks.Length; i++)
        {
            sinks[i] = new([], null);
        }

        found = PageTableWalker.Walk<TFormat, CountedMemory<TMemory>, WalkSink>(
            root.Top, root.TopLevel, memory, sinks, root.Facts, limits, _workspace, cancellation);
        if (found.FaultCount(PageTableFaultKind.TableReachableByDma) > 0
            || found.FaultCount(PageTableFaultKind.TableOrLeafInScratch) > 0)
        {
            return false;
        }

        foreach (WalkSink sink in sinks)
        {
            foreach (PageTableFault fault in sink.Faults!)
            {
                if (_sink.Faults!.Count < query.FaultMax)
                {
                    _sink.Faults.Add(fault);
                }
            }
        }

        return true;
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
            $"{bytes / Giga:0.00} of {all / Giga:0.00} GB, {rate / Giga:0.00} GB/s, {left:0} s left");
    }
}
