using System.Runtime.CompilerServices;

namespace GraphOrder.PageTables;

/// <summary>
/// Between a walk and its sink: counts, joins rows to maximal runs, looks whether a run reaches what it must
/// not, and bounds the faults that are told.
/// </summary>
internal sealed class WalkReport(WalkSummary summary, WalkFacts facts, WalkLimits limits)
{
    private LeafRun _run;
    private LeafRun _held;
    private bool _holds;

    /// <summary>The run at hand.</summary>
    public LeafRun Run => _run;

    /// <summary>The first run, where it is held and has ended; else nothing.</summary>
    public LeafRun Held => _held;

    /// <summary>Keeps the first run to itself: it may go on from one that is not known here.</summary>
    public void HoldFirst() => _holds = true;

    /// <summary>Goes on from a run that was told to nobody.</summary>
    public void GoOnFrom<TSink>(LeafRun run, TableSet tables, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        if (run.Bytes != 0 && !TryJoin(run))
        {
            EndRun(tables, ref sink);
            _run = run;
        }
    }

    /// <summary>The counts.</summary>
    public WalkSummary Summary => summary;

    /// <summary>Says that there are leaves.</summary>
    public void Row<TSink>(in LeafRow row, TableSet tables, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        summary.Count(row);
        sink.OnRow(row);
        if (!TryJoin(row.AsRun()))
        {
            EndRun(tables, ref sink);
            _run = row.AsRun();
        }
    }

    private bool TryJoin(in LeafRun next)
    {
        bool goesOn = _run.Bytes != 0
            && _run.Access == next.Access
            && unchecked(_run.Iova + _run.Bytes) == next.Iova
            && unchecked(_run.Physical + _run.Bytes) == next.Physical;
        if (goesOn)
        {
            _run = _run with { Bytes = _run.Bytes + next.Bytes };
        }

        return goesOn;
    }

    /// <summary>Says that the run, if there is one, ends here.</summary>
    public void EndRun<TSink>(TableSet tables, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        LeafRun run = _run;
        _run = default;
        if (run.Bytes != 0 && _holds)
        {
            _holds = false;
            _held = run;
        }
        else if (run.Bytes != 0)
        {
            sink.OnRun(run);
            if (MayReach(run.Physical, run.Physical + (run.Bytes - 1), tables))
            {
                Judge(run, tables, ref sink);
            }
        }
    }

    /// <summary>Says that there are runs, none of which goes on.</summary>
    public void Runs<TSink>(in LeafRuns runs, TableSet tables, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        summary.Count(runs.Count, runs.SizeLg2);
        sink.OnRuns(runs);
        ulong first = runs.PhysicalFirst;
        ulong last = runs.PhysicalLast;
        if (MayReach(first, last, tables))
        {
            bool judgesAll = facts.Scratch?.TryFindOverlap(new(first, last), out _) == true;
            JudgeEach(runs, judgesAll, tables, ref sink);
        }
    }

    /// <summary>Whether something in a range may have to be judged: no is certain.</summary>
    public bool MayReach(ulong first, ulong last, TableSet tables) =>
        tables.MayHoldAny(first, last) || facts.Scratch?.TryFindOverlap(new(first, last), out _) == true;

    private void JudgeEach<TSink>(in LeafRuns runs, bool judgesAll, TableSet tables, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        for (int index = 0; index < runs.Count;)
        {
            int end = runs.EndOf(index);
            LeafRun run = new(
                runs.IovaOf(index), runs.PhysicalOf(index), (ulong)(end - index) << runs.SizeLg2,
                runs.Access);
            if (judgesAll || tables.MayHold(run.Physical, run.Physical + (run.Bytes - 1), runs.SizeLg2))
            {
                Judge(run, tables, ref sink);
            }

            index = end;
        }
    }

    /// <summary>Looks whether a run that was told reaches what it must not.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Judge<TSink>(LeafRun run, TableSet tables, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        ulong last = run.Physical + (run.Bytes - 1);
        if (tables.TryFindFirst(run.Physical, last, out ulong table))
        {
            OfRun(PageTableFaultKind.TableReachableByDma, run, Math.Max(table, run.Physical), ref sink);
        }

        if (facts.Scratch is { } scratch && scratch.TryFindOverlap(new(run.Physical, last), out ulong first))
        {
            OfRun(PageTableFaultKind.TableOrLeafInScratch, run, first, ref sink);
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

    private void OfRun<TSink>(PageTableFaultKind kind, in LeafRun run, ulong physical, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct =>
        Fault(new(kind, kind.Severity(), run.Iova + (physical - run.Physical), 0, -1, physical, 0), ref sink);
}
