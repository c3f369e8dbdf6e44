using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphOrder.PageTables;

/// <summary>Eight words, one cache line, at a time.</summary>
internal readonly struct Vector512Scanner : ITableScanner
{
    private const int Lanes = 8;

    /// <inheritdoc/>
    public static bool IsOneRun(ReadOnlySpan<ulong> table, ReadOnlySpan<ulong> next, ulong keep, ulong step)
    {
        ref ulong first = ref MemoryMarshal.GetReference(table);
        ref ulong later = ref Prefetch.First(table, next);
        Vector512<ulong> mask = Vector512.Create(keep);
        unchecked
        {
            Vector512<ulong> stride = Vector512.Create(step * Lanes);
            Vector512<ulong> expected = Vector512.Create(table[0] & keep) + (Vector512<ulong>.Indices * step);
            Vector512<ulong> others = Vector512<ulong>.Zero;
            Vector512<ulong> more = Vector512<ulong>.Zero;
            nuint at = 0;
            for (nuint end = (nuint)table.Length & ~(2 * (nuint)Lanes - 1); at < end; at += 2 * Lanes)
            {
                Prefetch.Line(ref later, at);
                Prefetch.Line(ref later, at + Lanes);
                others |= (Vector512.LoadUnsafe(ref first, at) & mask) ^ expected;
                expected += stride;
                more |= (Vector512.LoadUnsafe(ref first, at + Lanes) & mask) ^ expected;
                expected += stride;
            }

            if (at < (nuint)table.Length)
            {
                others |= (Vector512.LoadUnsafe(ref first, at) & mask) ^ expected;
            }

            return table[0] != 0 && (others | more) == Vector512<ulong>.Zero;
        }
    }

    /// <inheritdoc/>
    public static bool IsAsRecorded(
        ReadOnlySpan<ulong> table, ReadOnlySpan<ulong> next, ReadOnlySpan<ulong> records, in RecordRule rule,
        ulong firstIndex, out WordSpread frames)
    {
        ref ulong first = ref MemoryMarshal.GetReference(table);
        ref ulong record = ref MemoryMarshal.GetReference(records[..(2 * table.Length)]);
        ref ulong later = ref Prefetch.First(table, next);
        Vector512<ulong> keep = Vector512.Create(rule.Keep);
        Vector512<ulong> fixedBits = Vector512.Create(rule.Others);
        Vector512<ulong> frameMask = Vector512.Create(RecordRule.FrameMask);
        Vector512<ulong> model = Vector512.Create(records[0] & RecordRule.FrameMask);
        Vector512<ulong> expected = Vector512.Create(firstIndex) + Vector512<ulong>.Indices;
        Vector512<ulong> others = Vector512<ulong>.Zero;
        Vector512<ulong> min = model;
        Vector512<ulong> max = model;
        int shift = rule.FrameShift;
        for (nuint at = 0; at < (nuint)table.Length; at = unchecked(at + Lanes))
        {
            Prefetch.Line(ref later, at);
            Vector512<ulong> low = Vector512.LoadUnsafe(ref record, unchecked(2 * at));
            Vector512<ulong> high = Vector512.LoadUnsafe(ref record, unchecked(2 * at + Lanes));
            Vector512<ulong> frame = FirstOfPairs(low, high) & frameMask;
            Vector512<ulong> index = SecondOfPairs(low, high);
            Vector512<ulong> words = Vector512.LoadUnsafe(ref first, at);
            others |= (words & keep) ^ ((frame << shift) | fixedBits);
            others |= index ^ expected;
            min = Vector512.Min(min, frame);
            max = Vector512.Max(max, frame);
            expected += Vector512.Create((ulong)Lanes);
        }

        frames = WordSpread.Of(min, max, Vector512<ulong>.Zero);
        return others == Vector512<ulong>.Zero;
    }

    /// <inheritdoc/>
    public static WordSpread SpreadOf(ReadOnlySpan<ulong> table, ReadOnlySpan<ulong> next, ulong keep)
    {
        ref ulong first = ref MemoryMarshal.GetReference(table);
        ref ulong later = ref Prefetch.First(table, next);
        Vector512<ulong> mask = Vector512.Create(keep);
        Vector512<ulong> model = Vector512.Create(table[0] & keep);
        Vector512<ulong> min = model;
        Vector512<ulong> max = model;
        Vector512<ulong> differing = Vector512<ulong>.Zero;
        for (nuint at = 0; at < (nuint)table.Length; at = unchecked(at + Lanes))
        {
            Prefetch.Line(ref later, at);
            Vector512<ulong> words = Vector512.LoadUnsafe(ref first, at) & mask;
            differing |= words ^ model;
            min = Vector512.Min(min, words);
            max = Vector512.Max(max, words);
        }

        return WordSpread.Of(min, max, differing);
    }

    /// <inheritdoc/>
    public static void Scan(
        ReadOnlySpan<ulong> table, ReadOnlySpan<ulong> next, ulong keep, ulong step, Span<ulong> breaks)
    {
        ref ulong first = ref MemoryMarshal.GetReference(table);
        ref ulong later = ref Prefetch.First(table, next);
        Vector512<ulong> mask = Vector512.Create(keep);
        Vector512<ulong> stride = Vector512.Create(step);
        Vector512<ulong> start = Vector512.LoadUnsafe(ref first);
        Vector512<ulong> previous = Vector512.Shuffle(start, Vector512.Create(0UL, 0, 1, 2, 3, 4, 5, 6));
        ulong wasZero = 0;
        nuint at = 0;
        for (int group = 0; group < breaks.Length; group++)
        {
            int count = Math.Min(64, table.Length - 64 * group);
            ulong goesOn = 0;
            ulong isZero = 0;
            for (int bit = 0; bit < count; bit += Lanes, at += Lanes)
            {
                Prefetch.Line(ref later, at);
                Vector512<ulong> words = Vector512.LoadUnsafe(ref first, at);
                previous = at == 0 ? previous : Vector512.LoadUnsafe(ref first, at - 1);
                Vector512<ulong> same = Vector512.Equals((previous & mask) + stride, words & mask);
                Vector512<ulong> zero = Vector512.Equals(words, Vector512<ulong>.Zero);
                goesOn |= (ulong)same.ExtractMostSignificantBits() << bit;
                isZero |= (ulong)zero.ExtractMostSignificantBits() << bit;
            }

            ulong beforeZero = (isZero << 1) | wasZero;
            wasZero = isZero >> 63;
            goesOn = (beforeZero & isZero) | (~beforeZero & goesOn);
            breaks[group] = ~goesOn & Levels.LowMask(count);
        }

        breaks[0] |= 1;
    }


    // Four pairs and four pairs.
    private static Vector512<ulong> FirstOfPairs(Vector512<ulong> low, Vector512<ulong> high) =>
        Avx512F.IsSupported
            ? Avx512F.PermuteVar8x64x2(low, Vector512.Create(0UL, 2, 4, 6, 8, 10, 12, 14), high)
            : Vector512.Create(low[0], low[2], low[4], low[6], high[0], high[2], high[4], high[6]);

    private static Vector512<ulong> SecondOfPairs(Vector512<ulong> low, Vector512<ulong> high) =>
        Avx512F.IsSupported
            ? Avx512F.PermuteVar8x64x2(low, Vector512.Create(1UL, 3, 5, 7, 9, 11, 13, 15), high)
            : Vector512.Create(low[1], low[3], low[5], low[7], high[1], high[3], high[5], high[7]);
}
