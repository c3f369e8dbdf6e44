using System.Numerics;

namespace GraphOrder;

/// <summary>Which sets of phases stand at some dependencies: one bit for each of the 64 sets.</summary>
internal struct BoundPhases
{
    private ulong _sets;

    /// <summary>Notes that a dependency binds in some phases.</summary>
    public void Add(PhaseSet phases) => _sets |= 1UL << phases.Bits;

    /// <summary>The first phase in which the same dependencies bind as in this one.</summary>
    public readonly Phase FirstLike(Phase phase)
    {
        foreach (Phase earlier in Phases.All)
        {
            if (earlier == phase || AreAlike(earlier, phase))
            {
                return earlier;
            }
        }

        return phase;
    }

    private readonly bool AreAlike(Phase one, Phase other)
    {
        for (ulong rest = _sets; rest != 0; rest &= rest - 1)
        {
            PhaseSet bound = PhaseSet.OfBits(BitOperations.TrailingZeroCount(rest));
            if (bound.Contains(one) != bound.Contains(other))
            {
                return false;
            }
        }

        return true;
    }
}
