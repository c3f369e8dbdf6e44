using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GraphOrder.PageTables;

/// <summary>Eight words, one cache line, at a time.</summary>
internal readonly struct Vector512Scanner : ITableScanner
{
    private const int Lanes = 8;
    private const int LineWords = 8;

    /// <inheritdoc/>
    public static bool IsOneRun(ReadOnlySpan<ulong> table, ReadOnlySpan<ulong> next, ulong keep, ulong step)
    {
        ref ulong first = ref MemoryMarshal.GetReference(table);
        ref ulong later = ref Prefetch.First(table, next);
        Vector512<ulong> mask = Vector512.Create(keep);
        Vector512<ulong> stride = Vector512.Create(unchecked(step * Lanes));
        Vector512<ulong> expected = Vector512.Create(table[0] & keep) + (Iota * step);
        Vector512<ulong> others = Vector512<ulong>.Zero;
        for (nuint line = 0; line < (nuint)table.Length; line += LineWords)
        {
            Prefetch.Line(ref later, line);
            for (nuint i = 0; i < LineWords; i += Lanes)
            {
                others |= (Vector512.LoadUnsafe(ref first, unchecked(line + i)) & mask) ^ expected;
                expected += stride;
            }
        }

        return table[0] != 0 && others == Vector512<ulong>.Zero;
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

    private static Vector512<ulong> Iota => Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7);
}
