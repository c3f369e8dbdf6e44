namespace GraphOrder.PageTables;

/// <summary>One word at a time: what the others must agree with.</summary>
internal readonly struct ScalarScanner : ITableScanner
{
    /// <inheritdoc/>
    public static void Scan(ReadOnlySpan<ulong> table, ulong keep, ulong step, Span<ulong> breaks)
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
