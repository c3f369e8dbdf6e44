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
