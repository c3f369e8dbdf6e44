using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
        Vector256<ulong> stride = Vector256.Create(unchecked(step * Lanes));
        Vector256<ulong> expected = Vector256.Create(table[0] & keep) + (Iota * step);
        Vector256<ulong> others = Vector256<ulong>.Zero;
        for (nuint line = 0; line < (nuint)table.Length; line += LineWords)
        {
            Prefetch.Line(ref later, line);
            for (nuint i = 0; i < LineWords; i += Lanes)
            {
                others |= (Vector256.LoadUnsafe(ref first, unchecked(line + i)) & mask) ^ expected;
                expected += stride;
            }
        }

        return table[0] != 0 && others == Vector256<ulong>.Zero;
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

    private static Vector256<ulong> Iota => Vector256.Create(0UL, 1, 2, 3);
}
