namespace GraphOrder.PageTables;

/// <summary>One naive walk.</summary>
internal sealed class NaiveWalk<TFormat, TMemory>(
    ulong top, int topLevel, TMemory memory, WalkFacts facts, WalkLimits limits,
    CancellationToken cancellation)
    where TFormat : struct, IPageTableFormat
    where TMemory : IPhysicalMemory
{
    private readonly WalkRules<TFormat> _rules = new(topLevel, facts);
    private readonly Stack<NaiveFrame<TFormat>> _path = [];
    private readonly Dictionary<ulong, int> _levels = [];
    private readonly List<LeafRun> _runs = [];
    private TMemory _memory = memory;
    private ItemReader<TFormat> _reader = null!;
    private WalkReport _report = null!;

    private static ulong TableBytes => 1UL << TFormat.GranuleLg2;

    /// <summary>Walks.</summary>
    public WalkSummary Run<TSink>(ref TSink sink) where TSink : struct, ILeafSink, allows ref struct
    {
        WalkSummary summary = new(_rules.NotChecked());
        _report = new(summary, facts, limits);
        _reader = new(_rules);
        RootCheck<TFormat> root = new(_rules, top, topLevel);
        TableSet ignored = new();
        if (!root.Passes(ref _memory, ignored, _report, ref sink))
        {
            return summary;
        }

        ulong end = top + (ulong)_rules.RootItems * sizeof(ulong);
        for (ulong page = top & ~(TableBytes - 1); page < end; page += TableBytes)
        {
            _levels[page] = topLevel;
        }

        if (!TryEnter(top, topLevel, 0, facts.RootAccess))
        {
            _report.Fault(root.Missing, ref sink);
        }

        while (_path.TryPeek(out NaiveFrame<TFormat>? frame))
        {
            if (frame.Index == frame.Words.Length)
            {
                Leave(frame, ref sink);
                _path.Pop();
            }
            else
            {
                Step(frame, ref sink);
            }
        }

        JudgeRuns(ref sink);
        return summary;
    }

    private void Step<TSink>(NaiveFrame<TFormat> frame, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        int index = frame.Index;
        ulong iova = IovaOf(frame, index);
        bool isBeyond = frame.Level == topLevel && index >= _rules.ReachableRootItems;
        TableItem item = _reader.Read(
            frame.Words, index, frame.Level, iova, frame.Access, isBeyond, ref frame.Groups);
        frame.Index += Math.Max(item.Count, 1);
        if (item.IsFaulty)
        {
            Tell(item, frame, index, ref sink);
        }

        if (item.Kind == EntryKind.Leaf)
        {
            LeafRow row = new(
                _rules.Canonical(iova), item.Physical, 1, item.SizeLg2, item.Access, frame.Level);
            frame.Tally.Add(row, item.Count, item.Attributes);
            _report.Summary.Count(row);
            sink.OnRow(row);
            Join(row);
        }
        else if (item.Kind == EntryKind.Table)
        {
            Follow(item, frame, index, Place(frame, index), ref sink);
        }
    }

    private void Tell<TSink>(in TableItem item, NaiveFrame<TFormat> frame, int index, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        _report.Item(item, frame.Words, index, Place(frame, index), ref sink);
        if (item.GroupFault != PageTableFaultKind.None)
        {
            EntryReading reading = TFormat.Read(frame.Words[item.GroupFaultIndex], frame.Level, _rules.Entry);
            _report.Fault(
                Place(frame, item.GroupFaultIndex) with
                {
                    Kind = item.GroupFault,
                    Hardware = reading.Kind,
                    Kernel = reading.KernelKind,
                },
                ref sink);
        }
    }

    private void Follow<TSink>(
        in TableItem item, NaiveFrame<TFormat> frame, int index, in PageTableFault place, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        ulong table = item.Physical;
        ulong last = table + (TableBytes - 1);
        int below = frame.Level - 1;
        if (_levels.TryGetValue(table, out int known))
        {
            bool isRoot = last >= top && table < top + (ulong)_rules.RootItems * 8;
            bool isAbove = isRoot || IsOnPath(table);
            Tell(
                isAbove ? PageTableFaultKind.TableCycle
                : known == below ? PageTableFaultKind.TableShared : PageTableFaultKind.SameTableAtTwoLevels,
                place, ref sink);
            return;
        }

        if (facts.Preserved is { } preserved && !preserved.Covers(new(table, last)))
        {
            Tell(PageTableFaultKind.TableNotPreserved, place, ref sink);
        }

        if (facts.Scratch is { } scratch && scratch.TryFindOverlap(new(table, last), out _))
        {
            Tell(PageTableFaultKind.TableOrLeafInScratch, place, ref sink);
        }

        if (!_memory.Contains(table, TableBytes))
        {
            Tell(PageTableFaultKind.TableOutsideImage, place, ref sink);
            return;
        }

        if (_levels.Count >= limits.TableMax)
        {
            _report.Summary.SkippedTables++;
            return;
        }

        _levels.Add(table, below);
        if (!TryEnter(table, below, IovaOf(frame, index), item.Access))
        {
            Tell(PageTableFaultKind.TableOutsideImage, place, ref sink);
        }
    }

    private bool IsOnPath(ulong table)
    {
        foreach (NaiveFrame<TFormat> above in _path)
        {
            if (above.Table == table)
            {
                return true;
            }
        }

        return false;
    }

    private bool TryEnter(ulong table, int level, ulong iova, PageAccess access)
    {
        cancellation.ThrowIfCancellationRequested();
        bool isRoot = level == topLevel;
        int items = isRoot ? _rules.RootItems : 1 << Levels.IndexBits<TFormat>();
        ulong[] buffer = new ulong[items];
        if (!_memory.TryRead(table, buffer, out ReadOnlySpan<ulong> words))
        {
            return false;
        }

        words.CopyTo(buffer);

        _report.Summary.Tables += Math.Max(1, items >> Levels.IndexBits<TFormat>());
        _path.Push(new()
        {
            Table = table,
            Level = level,
            Iova = iova,
            Access = access,
            Words = buffer,
        });
        return true;
    }

    private void Leave<TSink>(NaiveFrame<TFormat> frame, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        if (frame.Level == topLevel)
        {
            return;
        }

        PageTableFault place = Place(frame, 0) with
        {
            Severity = FaultSeverity.Info,
            Index = -1,
            Entry = 0,
            Hardware = EntryKind.Empty,
            Kernel = EntryKind.Empty,
        };
        if (Array.TrueForAll(frame.Words, word => word == 0))
        {
            _report.Fault(place with { Kind = PageTableFaultKind.EmptyTable }, ref sink);
        }

        int span = Levels.ItemLg2<TFormat>(frame.Level + 1);
        ulong sizes = TFormat.LeafSizes(frame.Level + 1) & (facts.PageSizes ?? ulong.MaxValue);
        if (((sizes >> span) & 1) != 0 && frame.Tally.IsOneRun(frame.Words.Length, span))
        {
            _report.Fault(place with { Kind = PageTableFaultKind.CouldBeSuperpage }, ref sink);
        }
    }

    private void Join(in LeafRow row)
    {
        LeafRun run = _runs.Count > 0 ? _runs[^1] : default;
        bool goesOn = run.Bytes > 0 && run.Access == row.Access
            && unchecked(run.Iova + run.Bytes) == row.Iova && run.Physical + run.Bytes == row.Physical;
        if (goesOn)
        {
            _runs[^1] = run with { Bytes = run.Bytes + row.Bytes };
        }
        else
        {
            _runs.Add(new(row.Iova, row.Physical, row.Bytes, row.Access));
        }
    }

    private void JudgeRuns<TSink>(ref TSink sink) where TSink : struct, ILeafSink, allows ref struct
    {
        ulong[] tables = [.. _levels.Keys];
        Array.Sort(tables);
        foreach (LeafRun run in _runs)
        {
            sink.OnRun(run);
            ulong last = run.Physical + (run.Bytes - 1);
            PageTableFault place = new(
                PageTableFaultKind.TableReachableByDma, FaultSeverity.Error, 0, 0, -1, 0, 0);
            int index = Array.BinarySearch(tables, run.Physical & ~(TableBytes - 1));
            index = index < 0 ? ~index : index;
            if (index < tables.Length && tables[index] <= last)
            {
                ulong reached = Math.Max(tables[index], run.Physical);
                _report.Fault(
                    place with { Iova = run.Iova + (reached - run.Physical), Table = reached }, ref sink);
            }

            if (facts.Scratch?.TryFindOverlap(new(run.Physical, last), out ulong first) == true)
            {
                _report.Fault(
                    place with
                    {
                        Kind = PageTableFaultKind.TableOrLeafInScratch,
                        Iova = run.Iova + (first - run.Physical),
                        Table = first,
                    },
                    ref sink);
            }
        }
    }

    private void Tell<TSink>(PageTableFaultKind kind, in PageTableFault place, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct =>
        _report.Fault(place with { Kind = kind, Severity = kind.Severity() }, ref sink);

    private static ulong IovaOf(NaiveFrame<TFormat> frame, int index) =>
        frame.Iova + ((ulong)index << Levels.ItemLg2<TFormat>(frame.Level));

    private PageTableFault Place(NaiveFrame<TFormat> frame, int index) => new(
        PageTableFaultKind.None, FaultSeverity.Error, _rules.Canonical(IovaOf(frame, index)), frame.Level,
        index, frame.Table, frame.Words[index], EntryKind.Table, EntryKind.Table);
}
