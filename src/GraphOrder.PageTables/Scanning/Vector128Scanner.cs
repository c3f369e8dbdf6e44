using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GraphOrder.PageTables;

/// <summary>Two words at a time, portable: on Arm this is NEON.</summary>
internal readonly struct Vector128Scanner : ITableScanner
{
    private const int Lanes = 2;
    private const int LineWords = 8;

    /// <inheritdoc/>
    public static bool IsOneRun(ReadOnlySpan<ulong> table, ReadOnlySpan<ulong> next, ulong keep, ulong step)
    {
        ref ulong first = ref MemoryMarshal.GetReference(table);
        ref ulong later = ref Prefetch.First(table, next);
        Vector128<ulong> mask = Vector128.Create(keep);
        unchecked
        {
            Vector128<ulong> stride = Vector128.Create(step * Lanes);
            Vector128<ulong> expected = Vector128.Create(table[0] & keep) + (Vector128<ulong>.Indices * step);
            Vector128<ulong> others = Vector128<ulong>.Zero;
            for (nuint line = 0; line < (nuint)table.Length; line += LineWords)
            {
                Prefetch.Line(ref later, line);
                for (nuint i = 0; i < LineWords; i += Lanes)
                {
                    others |= (Vector128.LoadUnsafe(ref first, line + i) & mask) ^ expected;
                    expected += stride;
                }
            }

            return table[0] != 0 && others == Vector128<ulong>.Zero;
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
        Vector128<ulong> keep = Vector128.Create(rule.Keep);
        Vector128<ulong> fixedBits = Vector128.Create(rule.Others);
        Vector128<ulong> frameMask = Vector128.Create(RecordRule.FrameMask);
        Vector128<ulong> model = Vector128.Create(records[0] & RecordRule.FrameMask);
        Vector128<ulong> expected = Vector128.Create(firstIndex) + Vector128<ulong>.Indices;
        Vector128<ulong> others = Vector128<ulong>.Zero;
        Vector128<ulong> min = model;
        Vector128<ulong> max = model;
        int shift = rule.FrameShift;
        for (nuint line = 0; line < (nuint)table.Length; line = unchecked(line + LineWords))
        {
            Prefetch.Line(ref later, line);
            for (nuint i = 0; i < LineWords; i = unchecked(i + Lanes))
            {
                Vector128<ulong> low = Vector128.LoadUnsafe(ref record, unchecked(2 * (line + i)));
                Vector128<ulong> high = Vector128.LoadUnsafe(ref record, unchecked(2 * (line + i) + 2));
                Vector128<ulong> frame = Vector128.Create(low.GetLower(), high.GetLower()) & frameMask;
                Vector128<ulong> index = Vector128.Create(low.GetUpper(), high.GetUpper());
                Vector128<ulong> words = Vector128.LoadUnsafe(ref first, unchecked(line + i));
                others |= (words & keep) ^ ((frame << shift) | fixedBits);
                others |= index ^ expected;
                min = Vector128.Min(min, frame);
                max = Vector128.Max(max, frame);
                expected += Vector128.Create((ulong)Lanes);
            }
        }

        frames = WordSpread.Of(min, max, Vector128<ulong>.Zero);
        return others == Vector128<ulong>.Zero;
    }

    /// <inheritdoc/>
    public static WordSpread SpreadOf(ReadOnlySpan<ulong> table, ReadOnlySpan<ulong> next, ulong keep)
    {
        ref ulong first = ref MemoryMarshal.GetReference(table);
        ref ulong later = ref Prefetch.First(table, next);
        Vector128<ulong> mask = Vector128.Create(keep);
        Vector128<ulong> model = Vector128.Create(table[0] & keep);
        Vector128<ulong> min = model;
        Vector128<ulong> max = model;
        Vector128<ulong> differing = Vector128<ulong>.Zero;
        for (nuint line = 0; line < (nuint)table.Length; line = unchecked(line + LineWords))
        {
            Prefetch.Line(ref later, line);
            for (nuint i = 0; i < LineWords; i = unchecked(i + Lanes))
            {
                Vector128<ulong> words = Vector128.LoadUnsafe(ref first, unchecked(line + i)) & mask;
                differing |= words ^ model;
                min = Vector128.Min(min, words);
                max = Vector128.Max(max, words);
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
        Vector128<ulong> mask = Vector128.Create(keep);
        Vector128<ulong> stride = Vector128.Create(step);
        Vector128<ulong> start = Vector128.LoadUnsafe(ref first);
        Vector128<ulong> previous = Vector128.Shuffle(start, Vector128.Create(0UL, 0));
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

                Vector128<ulong> words = Vector128.LoadUnsafe(ref first, at);
                previous = at == 0 ? previous : Vector128.LoadUnsafe(ref first, at - 1);
                Vector128<ulong> same = Vector128.Equals((previous & mask) + stride, words & mask);
                Vector128<ulong> zero = Vector128.Equals(words, Vector128<ulong>.Zero);
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

}
