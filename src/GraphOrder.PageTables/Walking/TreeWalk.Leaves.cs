using System.Runtime.InteropServices;

namespace GraphOrder.PageTables;

/// <content>The tables of level 0: nearly all bytes of a walk.</content>
internal sealed partial class TreeWalk<TFormat, TMemory, TScanner, TPrediction>
{
    private int _pointerTable;

    // Tables of level 0 one after another, as long as their words in level 1 look like one that was read and
    // every table was found once: then nothing is left to ask of a table but what is in it.
    private void StreamTables<TSink>(ReadOnlySpan<ulong> pointers, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        ref TableFrame<TFormat> above = ref _frames[1];
        int first = above.Index;
        int end = _isTree && _pointer.IsKnown(above.Access) ? WholeTables(above) : 0;
        int index = first;
        ref TableFrame<TFormat> frame = ref _frames[0];
        SoundWord<TFormat> pointer = _pointer;
        Enter(0, 0, 0, pointer.Access);
        ReadOnlySpan<ulong> lent = default;
        for (; index < end && pointer.Matches(pointers[index]); index++)
        {
            cancellation.ThrowIfCancellationRequested();
            frame.Table = pointer.PhysicalOf(pointers[index]);
            ReadOnlySpan<ulong> words = lent;
            bool isThere = !words.IsEmpty
                || _memory.TryRead(frame.Table, workspace.Buffer(0, TableItems), out words);
            if (!isThere)
            {
                break;
            }

            lent = default;
            if (index + 1 < pointers.Length && pointer.Matches(pointers[index + 1]))
            {
                _memory.TryLend(pointer.PhysicalOf(pointers[index + 1]), TableItems, out lent);
            }

            frame.Iova = unchecked(above.Iova + ((ulong)(uint)index << ItemLg2(1)));
            if (!_rows.TryTakeTable(words, lent, frame, ref sink)
                && !_rows.TryTakePredicted(words, lent, frame, ref _prediction, ref sink))
            {
                TakeLeaves(words, lent, ref sink);
            }
        }

        above.Index = index;
        _report.Summary.Tables += index - first;
    }

    // Tables that a table of level 1 can point to and of which every address is within reach.
    private int WholeTables(in TableFrame<TFormat> frame)
    {
        ulong reach = frame.Iova > _rules.LastIova ? 0 : _rules.LastIova - frame.Iova;
        ulong whole = reach == ulong.MaxValue ? ulong.MaxValue : (reach + 1) >> ItemLg2(1);
        return (int)Math.Min((ulong)frame.Reachable, whole);
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
        bool isWhole = topLevel > 0 && _rows.IsReachable(frame);
        if (!isWhole || !_rows.TryTakeTable(words, next, frame, ref sink))
        {
            TakeLeaves(words, next, ref sink);
        }

        return true;
    }

    // A table that is not one row: all runs of it at once where all its words look alike, else each row.
    private void TakeLeaves<TSink>(ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> next, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        ref TableFrame<TFormat> frame = ref _frames[0];
        bool isWhole = topLevel > 0 && _rows.IsReachable(frame);
        if (isWhole && _rows.TryTakeRuns(words, next, frame, ref sink))
        {
            return;
        }

        Span<ulong> breaks = workspace.Breaks(0, words.Length);
        TScanner.Scan(words, next, _rules.KeepMask, StepOf(0), breaks);
        Enter(0, frame.Table, frame.Iova, frame.Access);
        while (frame.Index < frame.Items)
        {
            int index = frame.Index;
            _rows.Take(words, breaks, ref frame, ref sink);
            if (frame.Index == index)
            {
                Step(words, breaks, 0, ref frame, ref sink);
            }
        }

        Leave(0, words, ref sink);
    }

    // Leaves of level 1 that look like one that was read, one after another.
    private bool TryTakeLarge<TSink>(
        ReadOnlySpan<ulong> words, ref TableFrame<TFormat> frame, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        _large.Enter(frame.Access);
        ReadOnlySpan<ulong> breaks = workspace.Breaks(1, frame.Items);
        int first = frame.Index;
        int reach = Math.Min(WholeTables(frame), frame.End);
        int index = first;
        while (index < reach && words[index] != 0 && _large.Matches(words[index]))
        {
            int end = ScanBits.Next(breaks, index, frame.Items);
            if (end > reach || !_large.Matches(words[end - 1]))
            {
                break;
            }

            ulong iova = unchecked(frame.Iova + ((ulong)(uint)index << ItemLg2(1)));
            LeafRow row = new(
                _rules.Canonical(iova), _large.PhysicalOf(words[index]), end - index, ItemLg2(1),
                _large.Access, 1);
            frame.Tally.Add(row, end - index, _large.Attributes);
            _report.Row(row, _tables, ref sink);
            index = end;
        }

        frame.Index = index;
        return index > first;
    }

    // A table of level 1 that the first pass saw to be one run, of leaves like one that was read.
    private bool TryTakeLargeTable<TSink>(ulong table, ulong iova, PageAccess access, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        ReadOnlySpan<PointerTable> known = CollectionsMarshal.AsSpan(workspace.Pointers);
        while (_pointerTable < known.Length && known[_pointerTable].Iova < iova)
        {
            _pointerTable++;
        }

        bool isKnown = _isTree && _pointerTable < known.Length && known[_pointerTable].Table == table
            && known[_pointerTable].Iova == iova && known[_pointerTable].Run != 0;
        if (!isKnown)
        {
            return false;
        }

        ulong first = known[_pointerTable].Run;
        ulong last = unchecked(first + (StepOf(1) * (uint)(TableItems - 1)));
        _large.Enter(access);
        Enter(1, table, iova, access);
        ref TableFrame<TFormat> frame = ref _frames[1];
        if (WholeTables(frame) < TableItems || !_large.Matches(first) || !_large.Matches(last))
        {
            return false;
        }

        LeafRow row = new(
            _rules.Canonical(iova), _large.PhysicalOf(first), TableItems, ItemLg2(1), _large.Access, 1);
        Count(1);
        frame.Tally.Add(row, TableItems, _large.Attributes);
        _report.Row(row, _tables, ref sink);
        Span<ulong> words = workspace.Buffer(1, TableItems);
        words[0] = first;
        Leave(1, words, ref sink);
        return true;
    }
}
