using System.Numerics;

namespace GraphOrder;

/// <summary>
/// A set of numbers that hands out the smallest: a tree of words of 64 bits, so that both acts look at no
/// more than six words whatever the size. Not thread-safe.
/// </summary>
internal sealed class LowestFirst
{
    private const int Lg2Bits = 6;
    private const int BitMask = 63;

    private readonly List<ulong[]> _levels = [];

    /// <summary>A set of numbers below a count.</summary>
    public LowestFirst(int count)
    {
        int words = count;
        do
        {
            words = (words + BitMask) >> Lg2Bits;
            _levels.Add(new ulong[Math.Max(1, words)]);
        }
        while (words > 1);
    }

    /// <summary>Adds a number.</summary>
    public void Add(int number)
    {
        foreach (ulong[] level in _levels)
        {
            int word = number >> Lg2Bits;
            level[word] |= 1UL << (number & BitMask);
            number = word;
        }
    }

    /// <summary>Takes the smallest number out; false where there is none.</summary>
    public bool TryTake(out int number)
    {
        number = 0;
        if (_levels[^1][0] == 0)
        {
            return false;
        }

        for (int level = _levels.Count - 1; level >= 0; level--)
        {
            number = (number << Lg2Bits) | BitOperations.TrailingZeroCount(_levels[level][number]);
        }

        int at = number;
        foreach (ulong[] level in _levels)
        {
            int word = at >> Lg2Bits;
            level[word] &= ~(1UL << (at & BitMask));
            if (level[word] != 0)
            {
                break;
            }

            at = word;
        }

        return true;
    }
}
