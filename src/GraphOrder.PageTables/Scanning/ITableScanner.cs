namespace GraphOrder.PageTables;

/// <summary>
/// Finds where the words of a table stop going on as before. All variants have these signatures and give
/// the same answers; <see cref="ScalarScanner"/> is their specification. They know no format: a run of
/// leaves is a run of words that grow by one step, since all other bits must stay the same.
/// </summary>
internal interface ITableScanner
{
    /// <summary>
    /// Whether the first word is not zero and the kept bits of word i are those of the first plus i steps
    /// (modulo 2 to the power of 64): the cheap question that is asked first.
    /// </summary>
    /// <param name="table">The words; a multiple of 8 of them, at least 8.</param>
    /// <param name="next">
    /// What will be looked at next, as long as the table, or empty: fetched meanwhile, never read.
    /// </param>
    /// <param name="keep">The bits that are compared.</param>
    /// <param name="step">What the address of the next page adds to a word.</param>
    static abstract bool IsOneRun(
        ReadOnlySpan<ulong> table, ReadOnlySpan<ulong> next, ulong keep, ulong step);

    /// <summary>
    /// Whether word i has the frame of record i as its address, and the same other bits as the first word;
    /// and whether the records are of pages side by side in their file. A frame that reaches into the other
    /// bits may pass: <paramref name="frames"/> tells.
    /// </summary>
    /// <param name="table">The words; a multiple of 8 of them, at least 8.</param>
    /// <param name="next">As in <see cref="IsOneRun"/>.</param>
    /// <param name="records">
    /// Two words for each: the lower 52 bits of the first are the frame, the second is the page's index.
    /// </param>
    /// <param name="rule">What a word looks like.</param>
    /// <param name="firstIndex">The index that the first record must have.</param>
    /// <param name="frames">The lowest and the highest frame; which bits differ is not told.</param>
    static abstract bool IsAsRecorded(
        ReadOnlySpan<ulong> table, ReadOnlySpan<ulong> next, ReadOnlySpan<ulong> records, in RecordRule rule,
        ulong firstIndex, out WordSpread frames);

    /// <summary>How far the kept bits of words are apart.</summary>
    /// <param name="table">The words; a multiple of 8 of them, at least 8.</param>
    /// <param name="next">As in <see cref="IsOneRun"/>.</param>
    /// <param name="keep">The bits that are compared.</param>
    static abstract WordSpread SpreadOf(ReadOnlySpan<ulong> table, ReadOnlySpan<ulong> next, ulong keep);

    /// <summary>
    /// Sets bit i of <paramref name="breaks"/> where word i does not go on from word i - 1, and bit 0. A word
    /// goes on when both are zero, or when the one before is not zero and the kept bits of this one are the
    /// kept bits of the one before plus one step (modulo 2 to the power of 64).
    /// </summary>
    /// <param name="table">The words; a multiple of 8 of them, at least 8.</param>
    /// <param name="next">As in <see cref="IsOneRun"/>.</param>
    /// <param name="keep">The bits that are compared.</param>
    /// <param name="step">What the address of the next page adds to a word.</param>
    /// <param name="breaks">One bit for each word, the lowest first; all of it is written.</param>
    static abstract void Scan(
        ReadOnlySpan<ulong> table, ReadOnlySpan<ulong> next, ulong keep, ulong step, Span<ulong> breaks);
}
