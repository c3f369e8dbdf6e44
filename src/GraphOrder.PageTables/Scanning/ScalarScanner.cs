namespace GraphOrder.PageTables;

/// <summary>One word at a time: what the others must agree with.</summary>
internal readonly struct ScalarScanner : ITableScanner
{
    /// <inheritdoc/>
    public static bool IsOneRun(ReadOnlySpan<ulong> table, ReadOnlySpan<ulong> next, ulong keep, ulong step)
    {
        ulong expected = table[0] & keep;
        bool isRun = table[0] != 0;
        foreach (ulong word in table)
        {
            isRun &= (word & keep) == expected;
            expected = unchecked(expected + step);
        }

        return isRun;
    }

    /// <inheritdoc/>
    public static bool IsAsRecorded(
        ReadOnlySpan<ulong> table, ReadOnlySpan<ulong> next, ReadOnlySpan<ulong> records, in RecordRule rule,
        ulong firstIndex, out WordSpread frames)
    {
        ulong others = 0;
        ulong first = records[0] & RecordRule.FrameMask;
        frames = new(first, first, 0);
        for (int i = 0; i < table.Length; i++)
        {
            ulong frame = records[2 * i] & RecordRule.FrameMask;
            others |= (table[i] & rule.Keep) ^ ((frame << rule.FrameShift) | rule.Others);
            others |= records[(2 * i) + 1] ^ unchecked(firstIndex + (ulong)(uint)i);
            frames = new(Math.Min(frames.Min, frame), Math.Max(frames.Max, frame), 0);
        }

        return others == 0;
    }

    /// <inheritdoc/>
    public static WordSpread SpreadOf(ReadOnlySpan<ulong> table, ReadOnlySpan<ulong> next, ulong keep)
    {
        ulong first = table[0] & keep;
        WordSpread spread = new(first, first, 0);
        foreach (ulong word in table)
        {
            ulong kept = word & keep;
            spread = new(
                Math.Min(spread.Min, kept), Math.Max(spread.Max, kept), spread.Differing | (kept ^ first));
        }

        return spread;
    }

    /// <inheritdoc/>
    public static void Scan(
        ReadOnlySpan<ulong> table, ReadOnlySpan<ulong> next, ulong keep, ulong step, Span<ulong> breaks)
    {
        breaks.Clear();
        breaks[0] = 1;
        for (int i = 1; i < table.Length; i++)
        {
            ulong previous = table[i - 1];
            ulong word = table[i];
            bool goesOn = previous == 0
                ? word == 0
                : (word & keep) == unchecked((previous & keep) + step);
            breaks[i >> 6] |= goesOn ? 0 : 1UL << (i & 63);
        }
    }
}
