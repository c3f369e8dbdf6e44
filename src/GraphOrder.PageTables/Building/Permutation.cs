using System.Numerics;

namespace GraphOrder.PageTables;

/// <summary>
/// A permutation of the numbers below a count that is computed, not stored: four Feistel rounds over the next
/// even number of bits, repeated until the result is below the count (cycle walking: Black and Rogaway,
/// 2002). O(1) memory, at most four repetitions on average. Immutable.
/// </summary>
internal readonly struct Permutation
{
    private const int Rounds = 4;

    private readonly ulong _count;
    private readonly ulong _seed;
    private readonly int _half;

    /// <summary>Makes the permutation of a seed.</summary>
    /// <param name="count">Above zero, at most 2 to the power of 62.</param>
    /// <param name="seed">The seed.</param>
    public Permutation(ulong count, ulong seed)
    {
        _count = count;
        _seed = seed;
        _half = (BitOperations.Log2(Math.Max(count - 1, 1)) + 2) / 2;
    }

    /// <summary>Where a number goes.</summary>
    /// <param name="number">Below the count.</param>
    public ulong Of(ulong number)
    {
        do
        {
            number = Once(number);
        }
        while (number >= _count);
        return number;
    }

    /// <summary>The number that goes to a place: the inverse of <see cref="Of"/>.</summary>
    /// <param name="place">Below the count.</param>
    public ulong At(ulong place)
    {
        do
        {
            place = Undo(place);
        }
        while (place >= _count);
        return place;
    }

    private ulong Undo(ulong number)
    {
        ulong mask = Levels.LowMask(_half);
        ulong left = number >> _half;
        ulong right = number & mask;
        for (int round = Rounds - 1; round >= 0; round--)
        {
            ulong previous = right ^ (Mix(left + ((ulong)round << 56) + _seed) & mask);
            right = left;
            left = previous;
        }

        return (left << _half) | right;
    }

    private ulong Once(ulong number)
    {
        ulong mask = Levels.LowMask(_half);
        ulong left = number >> _half;
        ulong right = number & mask;
        for (int round = 0; round < Rounds; round++)
        {
            ulong next = left ^ (Mix(right + ((ulong)round << 56) + _seed) & mask);
            left = right;
            right = next;
        }

        return (left << _half) | right;
    }

    // The finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value + 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 30)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
