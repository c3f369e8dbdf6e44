namespace GraphOrder.PageTables;

/// <content>The first pass.</content>
internal sealed partial class TreeWalk<TFormat, TMemory, TScanner, TPrediction>
{
    /// <summary>Finds the pages of all tables that a walk would read.</summary>
    public PhysicalRangeSet FindTables()
    {
        FaultlessSink sink = default;
        RootCheck<TFormat> root = new(_rules, top, topLevel);
        if (TryBegin(root, ref sink))
        {
            SurveyAll(ref sink);
        }

        return _tables.ToRanges();
    }

    // Finds the tables and what is wrong with how they hang together.
    private void Survey<TSink>(ref TSink sink) where TSink : struct, ILeafSink, allows ref struct
    {
        int level = topLevel;
        Scan(level);
        while (level <= topLevel)
        {
            ref TableFrame<TFormat> frame = ref _frames[level];
            if (level == 1)
            {
                SurveyTables(workspace.Buffer(level, frame.Items), ref frame);
            }

            if (frame.Index == frame.Items)
            {
                level++;
                continue;
            }

            // What goes on from a word that is no table is none either: only its address differs.
            int index = frame.Index;
            ulong word = workspace.Buffer(level, frame.Items)[index];
            ulong iova = frame.Iova + unchecked((ulong)index << ItemLg2(level));
            bool isFollowed = TryFollow(word, level, iova, frame, out ulong table, out bool isTable);
            frame.Index = isTable
                ? index + 1
                : ScanBits.Next(workspace.Breaks(level, frame.Items), index, frame.Items);
            if (!isFollowed)
            {
                continue;
            }

            bool isNew = Meet(table, level, index, word, iova, ref sink);
            _isTree &= isNew;
            if (!isNew || level == 1)
            {
                continue;
            }

            Enter(level - 1, table, iova, PageAccess.All);
            if (TryLoad(level - 1))
            {
                level--;
                Scan(level);
                if (level == 1)
                {
                    workspace.Pointers.Add(new(table, iova, _tables.Count, RunOf(iova)));
                }

                continue;
            }

            _isTree = false;
            _tables.TryStream(table, level - 1);
            _report.Fault(Place(PageTableFaultKind.TableOutsideImage, level, index, word, iova), ref sink);
        }
    }

    // The first word of the table of level 1 at hand, where all of it is one run of leaves.
    private ulong RunOf(ulong iova)
    {
        int items = _frames[1].Items;
        ulong first = workspace.Buffer(1, items)[0];
        bool isRun = first != 0 && ScanBits.Next(workspace.Breaks(1, items), 0, items) == items;
        if (!isRun)
        {
            return 0;
        }

        _reader.TryReadTable(first, 1, iova, false, out _, out bool isTable);
        return isTable ? 0 : first;
    }

    // Tables of level 0 one after another, as long as their words look like one that was read and nothing
    // has to be said of them.
    private void SurveyTables(ReadOnlySpan<ulong> pointers, ref TableFrame<TFormat> frame)
    {
        int end = facts.Preserved is null && facts.Scratch is null ? WholeTables(frame) : 0;
        SoundWord<TFormat> pointer = _followed;
        int index = frame.Index;
        for (; index < end && pointers[index] != 0 && pointer.Matches(pointers[index]); index++)
        {
            ulong table = pointer.PhysicalOf(pointers[index]);
            bool isNew = _tables.Count < limits.TableMax
                && _memory.Contains(table, 1UL << TFormat.GranuleLg2)
                && _tables.TryAdd(table, 0);
            if (!isNew)
            {
                break;
            }
        }

        frame.Index = index;
    }

    // Whether a word names a table that is walked; what looks like the one before it is not read again.
    private bool TryFollow(
        ulong word, int level, ulong iova, in TableFrame<TFormat> frame, out ulong table, out bool isTable)
    {
        if (level == 1 && word != 0 && _followed.Matches(word) && IsReachable(frame))
        {
            table = _followed.PhysicalOf(word);
            isTable = true;
            return true;
        }

        if (level == 1 && word != 0 && _passed.Matches(word))
        {
            table = 0;
            isTable = false;
            return false;
        }

        bool isFollowed = _reader.TryReadTable(
            word, level, iova, frame.Index >= frame.Reachable, out table, out isTable);
        if (isFollowed && level == 1)
        {
            _followed.Learn(word, table);
        }
        else if (!isTable && level == 1)
        {
            _passed.Learn(word, 0);
        }

        return isFollowed;
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

        return _tables.TryAdd(table, level - 1);
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

    // Finds no fault with anything.
    private struct FaultlessSink : ILeafSink
    {
        public readonly void OnRow(in LeafRow row)
        {
        }

        public readonly void OnRun(in LeafRun run)
        {
        }

        public readonly void OnRuns(in LeafRuns runs)
        {
        }

        public readonly void OnFault(in PageTableFault fault)
        {
        }
    }
}
