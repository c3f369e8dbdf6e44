using System.Runtime.CompilerServices;

namespace GraphOrder.PageTables;

/// <summary>
/// Between a walk and its sink: counts, joins rows to maximal runs, looks whether a run reaches what it must
/// not, and bounds the faults that are told.
/// </summary>
internal sealed class WalkReport(WalkSummary summary, WalkFacts facts, WalkLimits limits)
{
    private LeafRun _run;

    /// <summary>The counts.</summary>
    public WalkSummary Summary => summary;

    /// <summary>Says that there are leaves.</summary>
    public void Row<TSink>(in LeafRow row, TableSet tables, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        summary.Count(row);
        sink.OnRow(row);
        bool goesOn = _run.Bytes != 0
            && _run.Access == row.Access
            && unchecked(_run.Iova + _run.Bytes) == row.Iova
            && unchecked(_run.Physical + _run.Bytes) == row.Physical;
        if (goesOn)
        {
            _run = _run with { Bytes = _run.Bytes + row.Bytes };
            return;
        }

        EndRun(tables, ref sink);
        _run = new(row.Iova, row.Physical, row.Bytes, row.Access);
    }

    /// <summary>Says that the run, if there is one, ends here.</summary>
    public void EndRun<TSink>(TableSet tables, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        LeafRun run = TakeRun();
        if (run.Bytes != 0)
        {
            Tell(run, tables, ref sink);
        }
    }

    /// <summary>Hands the run at hand to one who goes on with it.</summary>
    public LeafRun TakeRun()
    {
        LeafRun run = _run;
        _run = default;
        return run;
    }

    /// <summary>Takes the run at hand back, with what was counted meanwhile.</summary>
    /// <param name="run">The run, which has not been told.</param>
    /// <param name="leaves">Leaves that the sink was told of.</param>
    /// <param name="sizeLg2">Log2 of the bytes of each.</param>
    public void PutRun(in LeafRun run, long leaves, int sizeLg2)
    {
        _run = run;
        summary.Count(leaves, sizeLg2);
    }

    /// <summary>Tells of a run that has ended, and whether it reaches what it must not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Tell<TSink>(in LeafRun run, TableSet tables, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        sink.OnRun(run);
        ulong last = unchecked(run.Physical + (run.Bytes - 1));
        if (facts.Scratch is not null || tables.MayHold(run.Physical, last))
        {
            Judge(run, last, tables, ref sink);
        }
    }

    /// <summary>Says that something is wrong.</summary>
    public void Fault<TSink>(in PageTableFault fault, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        if (summary.Count(fault) <= limits.FaultMax)
        {
            sink.OnFault(fault);
        }
    }

    /// <summary>Says what is wrong with an item.</summary>
    public void Item<TSink>(
        in TableItem item, ReadOnlySpan<ulong> table, int index, in PageTableFault place, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        PageTableFault at = place with
        {
            Index = index,
            Entry = table[index],
            Hardware = item.Hardware,
            Kernel = item.Kernel,
        };
        for (uint rest = item.Errors | item.Warnings; rest != 0; rest &= rest - 1)
        {
            int bit = System.Numerics.BitOperations.TrailingZeroCount(rest);
            bool isError = ((item.Errors >> bit) & 1) != 0;
            FaultSeverity severity = isError ? FaultSeverity.Error : FaultSeverity.Warning;
            Fault(at with { Kind = PageTableFaultKinds.OfBit(bit), Severity = severity }, ref sink);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Judge<TSink>(in LeafRun run, ulong last, TableSet tables, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        if (tables.TryFindFirst(run.Physical, last, out ulong table))
        {
            OfRun(PageTableFaultKind.TableReachableByDma, run, Math.Max(table, run.Physical), ref sink);
        }

        if (facts.Scratch is { } scratch && scratch.TryFindOverlap(new(run.Physical, last), out ulong first))
        {
            OfRun(PageTableFaultKind.TableOrLeafInScratch, run, first, ref sink);
        }
    }

    private void OfRun<TSink>(PageTableFaultKind kind, in LeafRun run, ulong physical, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct =>
        Fault(new(kind, kind.Severity(), run.Iova + (physical - run.Physical), 0, -1, physical, 0), ref sink);
}
