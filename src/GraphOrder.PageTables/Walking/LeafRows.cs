using System.Numerics;
using System.Runtime.CompilerServices;

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
    private SoundWord<TFormat> _leaf = new(rules, rules.KeepMask);

    private static ulong Step => 1UL << (TFormat.GranuleLg2 - TFormat.AddressShift);

    /// <summary>Remembers a leaf that was read and found sound.</summary>
    /// <param name="word">The leaf, of level 0.</param>
    /// <param name="item">Its reading.</param>
    /// <param name="above">What the tables above leave.</param>
    public void Learn(ulong word, in TableItem item, PageAccess above) => _leaf.Learn(word, item, above);

    /// <summary>Takes a whole table that is one row: O(words), and little of it.</summary>
    /// <param name="words">The table.</param>
    /// <param name="next">What is looked at next, or empty.</param>
    /// <param name="frame">The table's frame, just entered.</param>
    /// <param name="sink">Takes the row.</param>
    public bool TryTakeTable<TSink>(
        ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> next, ref TableFrame<TFormat> frame, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        _leaf.Enter(frame.Access);
        ulong first = words[0];
        ulong last = words[^1];
        ulong distance = unchecked(((last - first) ^ (Step * (uint)(words.Length - 1))) & rules.KeepMask);
        bool isRow = first != 0 && distance == 0 && _leaf.Matches(first) && _leaf.Matches(last)
            && IsReachable(frame) && TScanner.IsOneRun(words, next, rules.KeepMask, Step);
        if (!isRow)
        {
            return false;
        }

        LeafRow row = new(
            rules.Canonical(frame.Iova), _leaf.PhysicalOf(first), words.Length, TFormat.GranuleLg2,
            _leaf.Access, 0);
        frame.Tally.Add(row, words.Length, _leaf.Attributes);
        frame.Index = frame.Items;
        report.Row(row, tables, ref sink);
        return true;
    }

    /// <summary>Takes rows from the frame's index on, up to a word that must be read.</summary>
    /// <param name="words">The table.</param>
    /// <param name="breaks">Where rows begin.</param>
    /// <param name="frame">The table's frame; its index moves.</param>
    /// <param name="sink">Takes rows and runs.</param>
    public void Take<TSink>(
        ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> breaks, ref TableFrame<TFormat> frame, ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        int index = frame.Index;
        if (!_leaf.Matches(words[index]) || words[index] == 0 || !IsReachable(frame))
        {
            return;
        }

        // The first row may go on from the run at hand. No later one does: there is a hole before it, or an
        // address that does not follow, since all its other bits are those of the one before.
        int end = ScanBits.Next(breaks, index, words.Length);
        if (!_leaf.Matches(words[end - 1]))
        {
            return;
        }

        ulong iova = rules.Canonical(frame.Iova);
        LeafRow row = RowOf(_leaf, words[index], index, end, iova);
        frame.Tally.Add(row, end - index, _leaf.Attributes);
        report.Row(row, tables, ref sink);
        frame.Index = end;
        if (end < words.Length && _leaf.Matches(words[end]))
        {
            report.EndRun(tables, ref sink);
            int leaves = TakeSeparate(words, breaks, ref frame, iova, ref sink);
            report.Summary.Count(leaves, TFormat.GranuleLg2);
            frame.Tally.Break();
        }
    }

    // Rows that are runs, since what follows each is a leaf that looks the same and does not go on from it.
    // What is told is said here again, flat: this is the loop that single pages go through.
    private int TakeSeparate<TSink>(
        ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> breaks, ref TableFrame<TFormat> frame, ulong iova,
        ref TSink sink)
        where TSink : struct, ILeafSink, allows ref struct
    {
        SoundWord<TFormat> leaf = _leaf;
        bool judgesAll = report.JudgesAll;
        int first = frame.Index;
        int index = first;
        ulong word = words[index];
        unchecked
        {
            ulong later = ulong.MaxValue << (index & 63) << 1;
            for (int group = index >> 6; group < breaks.Length; group++)
            {
                ulong bits = breaks[group] & later;
                later = ulong.MaxValue;
                for (; bits != 0; bits &= bits - 1)
                {
                    int end = (group << 6) + BitOperations.TrailingZeroCount(bits);
                    ulong following = words[end];
                    if (!leaf.Matches(following) || !leaf.Matches(words[end - 1]))
                    {
                        frame.Index = index;
                        return index - first;
                    }

                    LeafRow row = RowOf(leaf, word, index, end, iova);
                    sink.OnRow(row);
                    LeafRun run = row.AsRun();
                    sink.OnRun(run);
                    ulong last = row.Physical + (row.Bytes - 1);
                    if (judgesAll || tables.MayHold(row.Physical, last, TFormat.GranuleLg2))
                    {
                        report.Judge(row.AsRun(), tables, ref sink);
                    }

                    index = end;
                    word = following;
                }
            }
        }

        frame.Index = index;
        return index - first;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static LeafRow RowOf(in SoundWord<TFormat> leaf, ulong word, int index, int end, ulong iova) =>
        unchecked(new(
            iova + ((ulong)(uint)index << TFormat.GranuleLg2), leaf.PhysicalOf(word), end - index,
            TFormat.GranuleLg2, leaf.Access, 0));

    private bool IsReachable(in TableFrame<TFormat> frame) =>
        frame.Reachable == frame.Items
        && frame.Iova <= rules.LastIova
        && rules.LastIova - frame.Iova >= ((ulong)frame.Items << TFormat.GranuleLg2) - 1;
}
