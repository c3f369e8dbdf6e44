using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GraphOrder.PageTables;

/// <summary>Four words at a time.</summary>
internal readonly struct Vector256Scanner : ITableScanner
{
    private const int Lanes = 4;
    private const int LineWords = 8;

    /// <inheritdoc/>
    public static bool IsOneRun(ReadOnlySpan<ulong> table, ReadOnlySpan<ulong> next, ulong keep, ulong step)
    {
        ref ulong first = ref MemoryMarshal.GetReference(table);
        ref ulong later = ref Prefetch.First(table, next);
        Vector256<ulong> mask = Vector256.Create(keep);
        unchecked
        {
            Vector256<ulong> stride = Vector256.Create(step * Lanes);
            Vector256<ulong> expected = Vector256.Create(table[0] & keep) + (Vector256<ulong>.Indices * step);
            Vector256<ulong> others = Vector256<ulong>.Zero;
            for (nuint line = 0; line < (nuint)table.Length; line += LineWords)
            {
                Prefetch.Line(ref later, line);
                for (nuint i = 0; i < LineWords; i += Lanes)
                {
                    others |= (Vector256.LoadUnsafe(ref first, line + i) & mask) ^ expected;
                    expected += stride;
                }
            }

            return table[0] != 0 && others == Vector256<ulong>.Zero;
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
        Vector256<ulong> keep = Vector256.Create(rule.Keep);
        Vector256<ulong> fixedBits = Vector256.Create(rule.Others);
        Vector256<ulong> frameMask = Vector256.Create(RecordRule.FrameMask);
        Vector256<ulong> model = Vector256.Create(records[0] & RecordRule.FrameMask);
        Vector256<ulong> expected = Vector256.Create(firstIndex) + Vector256<ulong>.Indices;
        Vector256<ulong> others = Vector256<ulong>.Zero;
        Vector256<ulong> min = model;
        Vector256<ulong> max = model;
        int shift = rule.FrameShift;
        for (nuint line = 0; line < (nuint)table.Length; line = unchecked(line + LineWords))
        {
            Prefetch.Line(ref later, line);
            for (nuint i = 0; i < LineWords; i = unchecked(i + Lanes))
            {
                Vector256<ulong> low = Vector256.LoadUnsafe(ref record, unchecked(2 * (line + i)));
                Vector256<ulong> high = Vector256.LoadUnsafe(ref record, unchecked(2 * (line + i) + 4));
                Vector256<ulong> frame = FirstOfPairs(low, high) & frameMask;
                Vector256<ulong> index = SecondOfPairs(low, high);
                Vector256<ulong> words = Vector256.LoadUnsafe(ref first, unchecked(line + i));
                others |= (words & keep) ^ ((frame << shift) | fixedBits);
                others |= index ^ expected;
                min = Vector256.Min(min, frame);
                max = Vector256.Max(max, frame);
                expected += Vector256.Create((ulong)Lanes);
            }
        }

        frames = WordSpread.Of(min, max, Vector256<ulong>.Zero);
        return others == Vector256<ulong>.Zero;
    }

    /// <inheritdoc/>
    public static WordSpread SpreadOf(ReadOnlySpan<ulong> table, ReadOnlySpan<ulong> next, ulong keep)
    {
        ref ulong first = ref MemoryMarshal.GetReference(table);
        ref ulong later = ref Prefetch.First(table, next);
        Vector256<ulong> mask = Vector256.Create(keep);
        Vector256<ulong> model = Vector256.Create(table[0] & keep);
        Vector256<ulong> min = model;
        Vector256<ulong> max = model;
        Vector256<ulong> differing = Vector256<ulong>.Zero;
        for (nuint line = 0; line < (nuint)table.Length; line = unchecked(line + LineWords))
        {
            Prefetch.Line(ref later, line);
            for (nuint i = 0; i < LineWords; i = unchecked(i + Lanes))
            {
                Vector256<ulong> words = Vector256.LoadUnsafe(ref first, unchecked(line + i)) & mask;
                differing |= words ^ model;
                min = Vector256.Min(min, words);
                max = Vector256.Max(max, words);
            }
        }

        return WordSpread.Of(min, max, differing);
    }

    /// <inheritdoc/>
    public static void Scan(
        ReadOnlySpan<ulong> table, ReadOnlySpan<ulong> next, ulong keep, ulong step, Span<ulong> breaks)
    {
        ref ulong first = ref MemoryMarshal.GetReference(table);
        ref ulong later = ref Prefetch.First(table, next);
        Vector256<ulong> mask = Vector256.Create(keep);
        Vector256<ulong> stride = Vector256.Create(step);
        Vector256<ulong> start = Vector256.LoadUnsafe(ref first);
        Vector256<ulong> previous = Vector256.Shuffle(start, Vector256.Create(0UL, 0, 1, 2));
        ulong wasZero = 0;
        nuint at = 0;
        for (int group = 0; group < breaks.Length; group++)
        {
            int count = Math.Min(64, table.Length - 64 * group);
            ulong goesOn = 0;
            ulong isZero = 0;
            for (int bit = 0; bit < count; bit += Lanes, at += Lanes)
            {
                if (at % LineWords == 0)
                {
                    Prefetch.Line(ref later, at);
                }

                Vector256<ulong> words = Vector256.LoadUnsafe(ref first, at);
                previous = at == 0 ? previous : Vector256.LoadUnsafe(ref first, at - 1);
                Vector256<ulong> same = Vector256.Equals((previous & mask) + stride, words & mask);
                Vector256<ulong> zero = Vector256.Equals(words, Vector256<ulong>.Zero);
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


    // Two pairs and two pairs.
    private static Vector256<ulong> FirstOfPairs(Vector256<ulong> low, Vector256<ulong> high) =>
        Avx2.IsSupported
            ? Avx2.Permute4x64(Avx2.UnpackLow(low, high), 0b11_01_10_00)
            : Vector256.Create(low[0], low[2], high[0], high[2]);

    private static Vector256<ulong> SecondOfPairs(Vector256<ulong> low, Vector256<ulong> high) =>
        Avx2.IsSupported
            ? Avx2.Permute4x64(Avx2.UnpackHigh(low, high), 0b11_01_10_00)
            : Vector256.Create(low[1], low[3], high[1], high[3]);
}
