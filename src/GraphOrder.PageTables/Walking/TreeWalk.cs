namespace GraphOrder.PageTables;

/// <summary>
/// One walk: first the tables above level 0 alone, for the shape of the tree and the set of its tables (one
/// part in 512 of the bytes); then all of it in the order of input addresses. The stack is as deep as there
/// are levels. Each table is walked once, so that time is at most proportional to the tables of the image.
/// </summary>
internal sealed partial class TreeWalk<TFormat, TMemory, TScanner, TPrediction>(
    ulong top, int topLevel, TMemory memory, WalkFacts facts, WalkLimits limits, WalkWorkspace workspace,
    TPrediction prediction, CancellationToken cancellation)
    where TFormat : struct, IPageTableFormat
    where TMemory : IPhysicalMemory
    where TScanner : struct, ITableScanner
    where TPrediction : struct, ILeafPrediction
{
    private readonly WalkRules<TFormat> _rules = new(topLevel, facts);
    private readonly TableFrame<TFormat>[] _frames = new TableFrame<TFormat>[Levels.CountMax];
    private readonly TableSet _tables = workspace.Tables;
    private TMemory _memory = memory;
    private TPrediction _prediction = prediction;
    private ItemReader<TFormat> _reader = null!;
    private WalkReport _report = null!;
    private LeafRows<TFormat, TScanner> _rows = null!;
    private SoundWord<TFormat> _followed;
    private SoundWord<TFormat> _pointer;

    // Of level 1: a leaf, and in the first pass a word that is no table.
    private SoundWord<TFormat> _large;
    private SoundWord<TFormat> _passed;

    // Whether every table was found once and is there, so that none is met a second time.
    private bool _isTree = true;

    private static int TableItems => 1 << Levels.IndexBits<TFormat>();

    /// <summary>Walks.</summary>
    public WalkSummary Run<TSink>(ref TSink sink) where TSink : struct, ILeafSink, allows ref struct
    {
        RootCheck<TFormat> root = new(_rules, top, topLevel);
        if (!TryBegin(root, ref sink))
        {
            return _report.Summary;
        }

        SurveyAll(ref sink);
        Stream(ref sink);
        _report.EndRun(_tables, ref sink);
        return _report.Summary;
    }

    private void SurveyAll<TSink>(ref TSink sink) where TSink : struct, ILeafSink, allows ref struct
    {
        workspace.Pointers.Clear();
        if (topLevel > 0)
        {
            Survey(ref sink);
        }

        _tables.Seal();
    }

    private bool TryBegin<TSink>(RootCheck<TFormat> root, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        _report = new(new(_rules.NotChecked()), facts, limits);
        _reader = new(_rules);
        _rows = new(_rules, _report, _tables);
        LookFromAfresh();
        _tables.Clear(TFormat.GranuleLg2);
        workspace.Prints.Clear();
        if (!root.Passes(ref _memory, _tables, _report, ref sink))
        {
            return false;
        }

        Enter(topLevel, top, 0, facts.RootAccess);
        bool isThere = TryLoad(topLevel);
        if (!isThere)
        {
            _report.Fault(root.Missing, ref sink);
        }

        return isThere;
    }

    // No word is known yet.
    private void LookFromAfresh()
    {
        _pointer = new(_rules, ulong.MaxValue, TFormat.GranuleLg2);
        _followed = new(_rules, ulong.MaxValue, TFormat.GranuleLg2);
        _large = new(_rules, _rules.KeepMaskOf(1), ItemLg2(1));
        _passed = new(_rules, ulong.MaxValue, ItemLg2(1));
    }

    private static int ItemLg2(int level) => Levels.ItemLg2<TFormat>(level);

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

        Begin(level);
        while (level <= topLevel)
        {
            ref TableFrame<TFormat> frame = ref _frames[level];
            ReadOnlySpan<ulong> words = workspace.Buffer(level, frame.Items);
            if (frame.Index >= frame.End)
            {
                Leave(level, words, ref sink);
                level++;
                continue;
            }

            if (level == 1)
            {
                StreamTables(words, ref sink);
                if (frame.Index == frame.Items)
                {
                    continue;
                }
            }

            int index = frame.Index;
            ulong iova = unchecked(frame.Iova + ((ulong)index << ItemLg2(level)));
            if (!TryStep(words, level, ref frame, ref sink, out ulong table, out PageAccess access)
                || !TryStream(table, level - 1))
            {
                continue;
            }

            if (level == 2 && TryTakeLargeTable(table, iova, access, ref sink))
            {
                continue;
            }

            Enter(level - 1, table, iova, access);
            bool isThere = level == 1 ? StreamLeaves(Next(words), ref sink) : TryLoad(level - 1);
            if (!isThere)
            {
                _report.Fault(
                    Place(PageTableFaultKind.TableOutsideImage, level, index, words[index], iova), ref sink);
            }
            else if (level > 1)
            {
                level--;
                Begin(level);
            }
        }
    }

    // One item above level 0, and the table that it names if it does.
    private bool TryStep<TSink>(
        ReadOnlySpan<ulong> words, int level, ref TableFrame<TFormat> frame, ref TSink sink, out ulong table,
        out PageAccess access)
        where TSink : struct, ILeafSink, allows ref struct
    {
        int index = frame.Index;
        ulong word = words[index];
        if (level == 1)
        {
            _pointer.Enter(frame.Access);
            if (word != 0 && _pointer.Matches(word) && IsReachable(frame))
            {
                frame.Index++;
                table = _pointer.PhysicalOf(word);
                access = _pointer.Access;
                return true;
            }
        }

        if (level == 1 && TryTakeLarge(words, ref frame, ref sink))
        {
            table = 0;
            access = PageAccess.None;
            return false;
        }

        TableItem item = Step(words, workspace.Breaks(level, frame.Items), level, ref frame, ref sink);
        table = item.Physical;
        access = item.Access;
        bool isTable = item.Kind == EntryKind.Table;
        if (isTable && level == 1 && !item.IsFaulty)
        {
            _pointer.Learn(word, item, frame.Access);
        }

        return isTable;
    }

    // Whether some input address reaches the next item of a table of level 1.
    private bool IsReachable(in TableFrame<TFormat> frame) =>
        frame.Index < frame.Reachable
        && unchecked(frame.Iova + ((ulong)frame.Index << ItemLg2(1))) <= _rules.LastIova;

    // The table that the next word of level 1 names, to be fetched while this one is looked at.
    private ReadOnlySpan<ulong> Next(ReadOnlySpan<ulong> words)
    {
        int index = _frames[1].Index;
        ReadOnlySpan<ulong> next = default;
        if (index < words.Length && _followed.Matches(words[index]))
        {
            _memory.TryLend(_followed.PhysicalOf(words[index]), TableItems, out next);
        }

        return next;
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
        // Beyond what addresses reach they begin anew; the last part has those items.
        if (item.IsFaulty && (iova >= _firstIova || index >= frame.Reachable))
        {
            Tell(words, item, index, level, ref sink);
        }
        else if (!item.IsFaulty && item.Kind == EntryKind.Leaf && !item.IsGrouped && end <= frame.Reachable
            && _reader.IsRowSound(item.Physical, iova, (ulong)(end - index) << item.SizeLg2))
        {
            count = end - index;
            if (level == 0)
            {
                _rows.Learn(words[index], item, frame.Access);
            }
            else if (level == 1)
            {
                _large.Learn(words[index], item, frame.Access);
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
        if (level == topLevel || IsParted(frame))
        {
            return;
        }

        if (words[0] == 0 && words.IndexOfAnyExcept(0UL) < 0)
        {
            _report.Fault(OfTable(PageTableFaultKind.EmptyTable, level), ref sink);
        }

        int span = ItemLg2(level) + Levels.IndexBits<TFormat>();
        if (frame.Tally.IsOneRun(frame.Items, span))
        {
            ulong sizes = TFormat.LeafSizes(level + 1) & (facts.PageSizes ?? ulong.MaxValue);
            if (((sizes >> span) & 1) != 0)
            {
                _report.Fault(OfTable(PageTableFaultKind.CouldBeSuperpage, level), ref sink);
            }
        }
    }

    private PageTableFault OfTable(PageTableFaultKind kind, int level) => new(
        kind, FaultSeverity.Info, _rules.Canonical(_frames[level].Iova), level, -1, _frames[level].Table, 0);

    private void Enter(int level, ulong table, ulong iova, PageAccess access)
    {
        bool isRoot = level == topLevel;
        int items = isRoot ? _rules.RootItems : TableItems;
        _frames[level] = new()
        {
            Table = table,
            Iova = iova,
            Access = access,
            Items = items,
            End = items,
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

        if (!workspace.Prints.IsSame(frame.Table, buffer))
        {
            _report.Summary.CountTorn(frame.Table);
        }

        return true;
    }

    // A table of which this walk sees a later part is counted by the walk that sees its beginning.
    private void Count(int level) =>
        _report.Summary.Tables += _frames[level].Iova < _firstIova
            ? 0
            : Math.Max(1, _frames[level].Items >> Levels.IndexBits<TFormat>());

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
