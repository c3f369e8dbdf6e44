namespace GraphOrder.PageTables;

/// <summary>
/// The rows of level 0 that need no reading word by word, since they look like a leaf that was read. What
/// does not is left to the caller. Not thread-safe.
/// </summary>
internal sealed class LeafRows<TFormat, TScanner>(
    WalkRules<TFormat> rules, WalkReport report, TableSet tables)
    where TFormat : struct, IPageTableFormat
    where TScanner : struct, ITableScanner
{
    private const int LineWords = 8;

    // Folio records speak of pages of 4 KiB.
    private const int FrameLg2 = 12;

    private readonly int _spanLg2 = TFormat.GranuleLg2 + Levels.IndexBits<TFormat>();
    private readonly bool _mayBeOneLeaf = IsLeafSize(
        TFormat.GranuleLg2 + Levels.IndexBits<TFormat>(), rules.Facts.PageSizes);

    private SoundWord<TFormat> _leaf = new(rules, rules.KeepMask, TFormat.GranuleLg2);

    private static ulong Step => 1UL << (TFormat.GranuleLg2 - TFormat.AddressShift);

    /// <summary>Remembers a leaf that was read and found sound.</summary>
    /// <param name="word">The leaf, of level 0.</param>
    /// <param name="item">Its reading.</param>
    /// <param name="above">What the tables above leave.</param>
    public void Learn(ulong word, in TableItem item, PageAccess above) => _leaf.Learn(word, item, above);

    /// <summary>Takes a whole table that is one row: O(words), and little of it.</summary>
    /// <param name="words">The table, all of it within reach.</param>
    /// <param name="next">What is looked at next, or empty.</param>
    /// <param name="frame">The table's frame; only its place is read.</param>
    /// <param name="sink">Takes the row.</param>
    public bool TryTakeTable<TSink>(
        ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> next, in TableFrame<TFormat> frame, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        _leaf.Enter(frame.Access);

        // The second line of the cache is here already; the last one may still be on its way.
        ulong keep = rules.KeepMask;
        ulong first = words[0];
        bool mayBeRow = unchecked((first & keep) + Step * LineWords) == (words[LineWords] & keep);
        bool isRow = first != 0 && mayBeRow && _leaf.Matches(first)
            && TScanner.IsOneRun(words, next, keep, Step) && _leaf.Matches(words[^1]);
        if (!isRow)
        {
            return false;
        }

        ulong physical = _leaf.PhysicalOf(first);
        ulong iova = rules.Canonical(frame.Iova);
        report.Row(
            new(iova, physical, words.Length, TFormat.GranuleLg2, _leaf.Access, 0), tables, ref sink);
        if (_mayBeOneLeaf && (physical & Levels.LowMask(_spanLg2)) == 0)
        {
            report.Fault(
                new(PageTableFaultKind.CouldBeSuperpage, FaultSeverity.Info, iova, 0, -1, frame.Table, 0),
                ref sink);
        }

        return true;
    }

    /// <summary>Takes a whole table that holds what was predicted: O(words).</summary>
    /// <param name="words">The table, all of it within reach.</param>
    /// <param name="next">What is looked at next, or empty.</param>
    /// <param name="frame">The table's frame; only its place is read.</param>
    /// <param name="prediction">Predicts, and is told.</param>
    /// <param name="sink">Takes the run that ended before it.</param>
    public bool TryTakePredicted<TPrediction, TSink>(
        ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> next, in TableFrame<TFormat> frame,
        ref TPrediction prediction, ref TSink sink)
        where TPrediction : struct, ILeafPrediction
        where TSink : struct, ILeafSink, allows ref struct
    {
        if (TPrediction.IsNothing || TFormat.GranuleLg2 != FrameLg2 || !_leaf.Matches(words[0]))
        {
            return false;
        }

        ulong iova = rules.Canonical(frame.Iova);
        bool isPredicted = prediction.TryPredict(iova, words.Length, out FolioPrediction folios)
            && ((folios.Access ^ _leaf.Access) & PageAccess.ReadWrite) == 0
            && _leaf.FixedPhysical == 0;
        if (!isPredicted)
        {
            return false;
        }

        RecordRule rule = new(rules.KeepMask, _leaf.Others, FrameLg2 - TFormat.AddressShift);
        bool isThere = TScanner.IsAsRecorded(
            words, next, folios.Records, rule, folios.FirstIndex, out WordSpread frames);

        // A frame too wide for the address field would pass for another frame with other bits set.
        bool isNarrow = frames.Max << rule.FrameShift <= _leaf.Field;
        ulong last = (frames.Max << FrameLg2) | Levels.LowMask(FrameLg2);
        if (!isThere || !isNarrow || report.MayReach(frames.Min << FrameLg2, last, tables))
        {
            return false;
        }

        report.EndRun(tables, ref sink);
        report.Summary.Count(words.Length, FrameLg2);
        prediction.OnPredicted(iova, words.Length);
        return true;
    }

    /// <summary>Takes a whole table of leaves that look alike, however they lie: O(words).</summary>
    /// <param name="words">The table, all of it within reach; one that is a single row is not taken.</param>
    /// <param name="next">What is looked at next, or empty.</param>
    /// <param name="frame">The table's frame; only its place is read.</param>
    /// <param name="sink">Takes rows and runs.</param>
    public bool TryTakeRuns<TSink>(
        ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> next, in TableFrame<TFormat> frame, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        if (words[0] == 0 || !_leaf.Matches(words[0]))
        {
            return false;
        }

        WordSpread spread = TScanner.SpreadOf(words, next, rules.KeepMask);
        int first = _leaf.MatchesAll(words[0], spread.Differing) ? FirstBreak(words) : words.Length;
        if (first == words.Length)
        {
            return false;
        }

        // The first row may go on from the run at hand and the last may be gone on from. Those between are
        // runs: each begins where an address does not follow, since all other bits are those of the one
        // before.
        int last = LastBreak(words);
        ulong iova = rules.Canonical(frame.Iova);
        report.Row(RowOf(words, 0, first, iova), tables, ref sink);
        if (first < last)
        {
            report.EndRun(tables, ref sink);
            LeafRuns runs = new(
                words, first, last, iova, _leaf.Field, _leaf.FixedPhysical, TFormat.AddressShift)
            {
                SizeLg2 = TFormat.GranuleLg2,
                Access = _leaf.Access,
                PhysicalFirst = _leaf.PhysicalOf(spread.Min),
                PhysicalLast = _leaf.PhysicalOf(spread.Max) | Levels.LowMask(TFormat.GranuleLg2),
            };
            report.Runs(runs, tables, ref sink);
        }

        report.Row(RowOf(words, last, words.Length, iova), tables, ref sink);
        return true;
    }

    /// <summary>Takes one row at the frame's index, where it looks like a leaf that was read.</summary>
    /// <param name="words">The table.</param>
    /// <param name="breaks">Where rows begin.</param>
    /// <param name="frame">The table's frame; its index moves.</param>
    /// <param name="sink">Takes the row.</param>
    public void Take<TSink>(
        ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> breaks, ref TableFrame<TFormat> frame, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        int index = frame.Index;
        int end = ScanBits.Next(breaks, index, words.Length);
        bool isRow = words[index] != 0 && _leaf.Matches(words[index]) && _leaf.Matches(words[end - 1])
            && IsReachable(frame);
        if (isRow)
        {
            LeafRow row = RowOf(words, index, end, rules.Canonical(frame.Iova));
            frame.Tally.Add(row, end - index, _leaf.Attributes);
            report.Row(row, tables, ref sink);
            frame.Index = end;
        }
    }

    /// <summary>Whether every item of a table of level 0 is within reach.</summary>
    public bool IsReachable(in TableFrame<TFormat> frame) =>
        frame.Reachable == frame.Items
        && frame.Iova <= rules.LastIova
        && rules.LastIova - frame.Iova >= ((ulong)frame.Items << TFormat.GranuleLg2) - 1;

    private int FirstBreak(ReadOnlySpan<ulong> words)
    {
        int index = 1;
        while (index < words.Length && Follows(words, index))
        {
            index++;
        }

        return index;
    }

    // There is one.
    private int LastBreak(ReadOnlySpan<ulong> words)
    {
        int index = words.Length - 1;
        while (Follows(words, index))
        {
            index--;
        }

        return index;
    }

    private bool Follows(ReadOnlySpan<ulong> words, int index) =>
        unchecked((words[index - 1] & rules.KeepMask) + Step) == (words[index] & rules.KeepMask);

    private static bool IsLeafSize(int sizeLg2, ulong? pageSizes) =>
        TFormat.TopLevelMax > 0
        && (((TFormat.LeafSizes(1) & (pageSizes ?? ulong.MaxValue)) >> sizeLg2) & 1) != 0;

    private LeafRow RowOf(ReadOnlySpan<ulong> words, int index, int end, ulong iova) => unchecked(new(
        iova + ((ulong)(uint)index << TFormat.GranuleLg2), _leaf.PhysicalOf(words[index]), end - index,
        TFormat.GranuleLg2, _leaf.Access, 0));
}
