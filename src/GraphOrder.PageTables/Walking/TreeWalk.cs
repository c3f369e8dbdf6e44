namespace GraphOrder.PageTables;

/// <summary>
/// One walk: first the tables above level 0 alone, for the shape of the tree and the set of its tables (one
/// part in 512 of the bytes); then all of it in the order of input addresses. The stack is as deep as there
/// are levels. Each table is walked once, so that time is at most proportional to the tables of the image.
/// </summary>
internal sealed class TreeWalk<TFormat, TMemory, TScanner>(
    ulong top, int topLevel, TMemory memory, WalkFacts facts, WalkLimits limits, WalkWorkspace workspace,
    CancellationToken cancellation)
    where TFormat : struct, IPageTableFormat
    where TMemory : IPhysicalMemory
    where TScanner : struct, ITableScanner
{
    private readonly WalkRules<TFormat> _rules = new(topLevel, facts);
    private readonly TableFrame<TFormat>[] _frames = new TableFrame<TFormat>[Levels.CountMax];
    private readonly TableSet _tables = workspace.Tables;
    private TMemory _memory = memory;
    private ItemReader<TFormat> _reader = null!;
    private WalkReport _report = null!;
    private LeafRows<TFormat, TScanner> _rows = null!;

    private static int TableItems => 1 << Levels.IndexBits<TFormat>();

    /// <summary>Walks.</summary>
    public WalkSummary Run<TSink>(ref TSink sink) where TSink : struct, ILeafSink, allows ref struct
    {
        WalkSummary summary = new(_rules.NotChecked());
        _report = new(summary, facts, limits);
        _reader = new(_rules);
        _rows = new(_rules, _report, _tables);
        _tables.Clear(TFormat.GranuleLg2);
        RootCheck<TFormat> root = new(_rules, top, topLevel);
        if (!root.Passes(ref _memory, _tables, _report, ref sink))
        {
            return summary;
        }

        Enter(topLevel, top, 0, facts.RootAccess);
        if (!TryLoad(topLevel))
        {
            _report.Fault(root.Missing, ref sink);
            return summary;
        }

        if (topLevel > 0)
        {
            Survey(ref sink);
        }

        Stream(ref sink);
        _report.EndRun(_tables, ref sink);
        return summary;
    }

    private static int ItemLg2(int level) => Levels.ItemLg2<TFormat>(level);

    // Finds the tables and what is wrong with how they hang together.
    private void Survey<TSink>(ref TSink sink) where TSink : struct, ILeafSink, allows ref struct
    {
        int level = topLevel;
        Scan(level);
        while (level <= topLevel)
        {
            ref TableFrame<TFormat> frame = ref _frames[level];
            if (frame.Index == frame.Items)
            {
                level++;
                continue;
            }

            // What goes on from a word that is no table is none either: only its address differs.
            int index = frame.Index;
            ulong word = workspace.Buffer(level, frame.Items)[index];
            ulong iova = frame.Iova + unchecked((ulong)index << ItemLg2(level));
            bool isFollowed = _reader.TryReadTable(
                word, level, iova, index >= frame.Reachable, out ulong table, out bool isTable);
            frame.Index = isTable
                ? index + 1
                : ScanBits.Next(workspace.Breaks(level, frame.Items), index, frame.Items);
            if (!isFollowed || !Meet(table, level, index, word, iova, ref sink) || level == 1)
            {
                continue;
            }

            Enter(level - 1, table, iova, PageAccess.All);
            if (TryLoad(level - 1))
            {
                level--;
                Scan(level);
                continue;
            }

            _tables.TryStream(table, level - 1);
            _report.Fault(Place(PageTableFaultKind.TableOutsideImage, level, index, word, iova), ref sink);
        }
    }

    // Whether a table is new and there.
    private bool Meet<TSink>(ulong table, int level, int index, ulong word, ulong iova, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        int known = _tables.LevelOf(table);
        if (known >= 0)
        {
            PageTableFaultKind kind = IsAbove(table, level) ? PageTableFaultKind.TableCycle
                : known == level - 1 ? PageTableFaultKind.TableShared
                : PageTableFaultKind.SameTableAtTwoLevels;
            _report.Fault(Place(kind, level, index, word, iova), ref sink);
            return false;
        }

        PhysicalRange pages = new(table, table + ((1UL << TFormat.GranuleLg2) - 1));
        if (facts.Preserved?.Covers(pages) == false)
        {
            _report.Fault(Place(PageTableFaultKind.TableNotPreserved, level, index, word, iova), ref sink);
        }

        if (facts.Scratch?.TryFindOverlap(pages, out _) == true)
        {
            _report.Fault(Place(PageTableFaultKind.TableOrLeafInScratch, level, index, word, iova), ref sink);
        }

        if (!_memory.Contains(table, 1UL << TFormat.GranuleLg2))
        {
            _report.Fault(Place(PageTableFaultKind.TableOutsideImage, level, index, word, iova), ref sink);
            return false;
        }

        if (_tables.Count >= limits.TableMax)
        {
            _report.Summary.SkippedTables++;
            return false;
        }

        _tables.Add(table, level - 1);
        return true;
    }

    private bool IsAbove(ulong table, int level)
    {
        for (int above = level; above < topLevel; above++)
        {
            if (_frames[above].Table == table)
            {
                return true;
            }
        }

        ulong rootBytes = (ulong)_rules.RootItems * sizeof(ulong);
        return table + ((1UL << TFormat.GranuleLg2) - 1) >= top && table < top + rootBytes;
    }

    // Reads everything, in the order of input addresses.
    private void Stream<TSink>(ref TSink sink) where TSink : struct, ILeafSink, allows ref struct
    {
        int level = topLevel;
        Enter(level, top, 0, facts.RootAccess);
        if (level == 0)
        {
            StreamLeaves(default, ref sink);
            return;
        }

        Count(level);
        Scan(level);
        while (level <= topLevel)
        {
            ref TableFrame<TFormat> frame = ref _frames[level];
            ReadOnlySpan<ulong> words = workspace.Buffer(level, frame.Items);
            if (frame.Index == frame.Items)
            {
                Leave(level, words, ref sink);
                level++;
                continue;
            }

            int index = frame.Index;
            TableItem item = Step(
                words, workspace.Breaks(level, _frames[level].Items), level, ref frame, ref sink);
            if (item.Kind != EntryKind.Table || !_tables.TryStream(item.Physical, level - 1))
            {
                continue;
            }

            Enter(level - 1, item.Physical, frame.Iova + ((ulong)index << ItemLg2(level)), item.Access);
            bool isThere = level == 1 ? StreamLeaves(Next(words), ref sink) : TryLoad(level - 1);
            if (!isThere)
            {
                ulong iova = frame.Iova + ((ulong)index << ItemLg2(level));
                _report.Fault(
                    Place(PageTableFaultKind.TableOutsideImage, level, index, words[index], iova), ref sink);
            }
            else if (level > 1)
            {
                level--;
                Count(level);
                Scan(level);
            }
        }
    }

    // The table that the next word of level 1 names, to be fetched while this one is looked at.
    private ReadOnlySpan<ulong> Next(ReadOnlySpan<ulong> words)
    {
        int index = _frames[1].Index;
        ReadOnlySpan<ulong> next = default;
        if (index < words.Length && _reader.TryReadTable(words[index], 1, 0, false, out ulong table, out _))
        {
            _memory.TryLend(table, TableItems, out next);
        }

        return next;
    }

    // A table of level 0 is read where it lies.
    private bool StreamLeaves<TSink>(ReadOnlySpan<ulong> next, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        cancellation.ThrowIfCancellationRequested();
        ref TableFrame<TFormat> frame = ref _frames[0];
        if (!_memory.TryRead(frame.Table, workspace.Buffer(0, frame.Items), out ReadOnlySpan<ulong> words))
        {
            return false;
        }

        Count(0);
        if (!_rows.TryTakeTable(words, next, ref frame, ref sink))
        {
            Span<ulong> breaks = workspace.Breaks(0, frame.Items);
            TScanner.Scan(words, next, _rules.KeepMask, StepOf(0), breaks);
            while (frame.Index < frame.Items)
            {
                Step(words, breaks, 0, ref frame, ref sink);
                if (frame.Index < frame.Items)
                {
                    _rows.Take(words, breaks, ref frame, ref sink);
                }
            }
        }

        Leave(0, words, ref sink);
        return true;
    }

    // One item, or as many as go on from it.
    private TableItem Step<TSink>(
        ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> breaks, int level, ref TableFrame<TFormat> frame,
        ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        int index = frame.Index;
        int end = ScanBits.Next(breaks, index, frame.Items);
        if (words[index] == 0)
        {
            frame.Index = end;
            return default;
        }

        ulong iova = frame.Iova + unchecked((ulong)index << ItemLg2(level));
        TableItem item = _reader.Read(
            words, index, level, iova, frame.Access, index >= frame.Reachable, ref frame.Groups);
        int count = 1;
        if (item.IsFaulty)
        {
            Tell(words, item, index, level, ref sink);
        }
        else if (item.Kind == EntryKind.Leaf && !item.IsGrouped && end <= frame.Reachable
            && _reader.IsRowSound(item.Physical, iova, (ulong)(end - index) << item.SizeLg2))
        {
            count = end - index;
            if (level == 0)
            {
                _rows.Learn(words[index], item, frame.Access);
            }
        }

        frame.Index += Math.Max(item.Count, count);
        if (item.Kind == EntryKind.Leaf)
        {
            LeafRow row = new(_rules.Canonical(iova), item.Physical, count, item.SizeLg2, item.Access, level);
            frame.Tally.Add(row, Math.Max(item.Count, count), item.Attributes);
            _report.Row(row, _tables, ref sink);
        }

        return item;
    }

    private void Tell<TSink>(
        ReadOnlySpan<ulong> words, in TableItem item, int index, int level, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        ulong iova = _frames[level].Iova + unchecked((ulong)index << ItemLg2(level));
        _report.Item(item, words, index, Place(PageTableFaultKind.None, level, index, 0, iova), ref sink);
        if (item.GroupFault != PageTableFaultKind.None)
        {
            int at = item.GroupFaultIndex;
            ulong first = _frames[level].Iova + ((ulong)at << ItemLg2(level));
            EntryReading reading = TFormat.Read(words[at], level, _rules.Entry);
            PageTableFault fault = Place(item.GroupFault, level, at, words[at], first) with
            {
                Hardware = reading.Kind,
                Kernel = reading.KernelKind,
            };
            _report.Fault(fault, ref sink);
        }
    }

    // What is to be said of a table as a whole.
    private void Leave<TSink>(int level, ReadOnlySpan<ulong> words, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        ref TableFrame<TFormat> frame = ref _frames[level];
        bool isRoot = level == topLevel;
        PageTableFault place = new(
            PageTableFaultKind.EmptyTable, FaultSeverity.Info, _rules.Canonical(frame.Iova), level, -1,
            frame.Table, 0);
        if (!isRoot && words.IndexOfAnyExcept(0UL) < 0)
        {
            _report.Fault(place, ref sink);
        }

        int span = ItemLg2(level) + Levels.IndexBits<TFormat>();
        ulong sizes = TFormat.LeafSizes(level + 1) & (facts.PageSizes ?? ulong.MaxValue);
        bool hasLarger = !isRoot && ((sizes >> span) & 1) != 0;
        if (hasLarger && frame.Tally.IsOneRun(frame.Items, span))
        {
            _report.Fault(place with { Kind = PageTableFaultKind.CouldBeSuperpage }, ref sink);
        }
    }

    private void Enter(int level, ulong table, ulong iova, PageAccess access)
    {
        bool isRoot = level == topLevel;
        _frames[level] = new()
        {
            Table = table,
            Iova = iova,
            Access = access,
            Items = isRoot ? _rules.RootItems : TableItems,
            Reachable = isRoot ? _rules.ReachableRootItems : TableItems,
        };
    }

    // Tables above level 0 are copied, since they are needed again after those below.
    private bool TryLoad(int level)
    {
        cancellation.ThrowIfCancellationRequested();
        ref TableFrame<TFormat> frame = ref _frames[level];
        Span<ulong> buffer = workspace.Buffer(level, frame.Items);
        if (!_memory.TryRead(frame.Table, buffer, out ReadOnlySpan<ulong> words))
        {
            return false;
        }

        if (words != buffer)
        {
            words.CopyTo(buffer);
        }

        return true;
    }

    private void Count(int level) =>
        _report.Summary.Tables += Math.Max(1, _frames[level].Items >> Levels.IndexBits<TFormat>());

    private void Scan(int level)
    {
        int items = _frames[level].Items;
        ReadOnlySpan<ulong> words = workspace.Buffer(level, items);
        TScanner.Scan(words, default, _rules.KeepMask, StepOf(level), workspace.Breaks(level, items));
    }

    private static ulong StepOf(int level) => 1UL << (ItemLg2(level) - TFormat.AddressShift);

    private PageTableFault Place(
        PageTableFaultKind kind, int level, int index, ulong word, ulong iova) => new(
        kind, kind.Severity(), _rules.Canonical(iova), level, index, _frames[level].Table, word,
        EntryKind.Table, EntryKind.Table);
}
