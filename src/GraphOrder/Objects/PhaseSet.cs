using System.Numerics;

namespace GraphOrder;

/// <summary>A set of phases. <c>default</c> is the empty set.</summary>
public readonly record struct PhaseSet
{
    private readonly byte _bits;

    private PhaseSet(int bits) => _bits = (byte)bits;

    /// <summary>No phase.</summary>
    public static PhaseSet None => default;

    /// <summary>All six phases.</summary>
    public static PhaseSet All => new((1 << Phases.Count) - 1);

    /// <summary>
    /// The phases of a dependency that names none: all but unfreeze, which Linux 7.3 runs forward and so
    /// cannot honour inside a session.
    /// </summary>
    public static PhaseSet Default => All.Without(Phase.Unfreeze);

    /// <summary>A bit for each phase, from the lowest up in phase order.</summary>
    internal int Bits => _bits;

    /// <summary>Whether no phase is in the set.</summary>
    public bool IsEmpty => _bits == 0;

    /// <summary>How many phases are in the set.</summary>
    public int Count => BitOperations.PopCount(_bits);

    /// <summary>The first phase of the set in phase order.</summary>
    /// <exception cref="InvalidOperationException">The set is empty.</exception>
    public Phase First => IsEmpty
        ? throw new InvalidOperationException("An empty set of phases has no first.")
        : (Phase)BitOperations.TrailingZeroCount(_bits);

    /// <summary>The set of some <see cref="Bits"/>.</summary>
    internal static PhaseSet OfBits(int bits) => new(bits);

    /// <summary>The phases given.</summary>
    public static PhaseSet Of(params ReadOnlySpan<Phase> phases)
    {
        int bits = 0;
        foreach (Phase phase in phases)
        {
            bits |= 1 << (int)phase;
        }

        return new PhaseSet(bits);
    }

    /// <summary>Whether the phase is in the set.</summary>
    public bool Contains(Phase phase) => (_bits & (1 << (int)phase)) != 0;

    /// <summary>The set and one phase more.</summary>
    public PhaseSet With(Phase phase) => new(_bits | (1 << (int)phase));

    /// <summary>The set and one phase less.</summary>
    public PhaseSet Without(Phase phase) => new(_bits & ~(1 << (int)phase));

    /// <summary>What is in both.</summary>
    public static PhaseSet operator &(PhaseSet left, PhaseSet right) => new(left._bits & right._bits);

    /// <summary>What is in either.</summary>
    public static PhaseSet operator |(PhaseSet left, PhaseSet right) => new(left._bits | right._bits);

    /// <summary>What is in the first and not in the second.</summary>
    public static PhaseSet operator -(PhaseSet left, PhaseSet right) => new(left._bits & ~right._bits);

    /// <summary>The phases of the set in phase order, without allocation.</summary>
    public Enumerator GetEnumerator() => new(_bits);

    /// <summary>The names in phase order, with commas between them.</summary>
    public override string ToString()
    {
        List<string> names = [];
        foreach (Phase phase in this)
        {
            names.Add(phase.Name());
        }

        return string.Join(", ", names);
    }

    /// <summary>Walks the phases of a set.</summary>
    public struct Enumerator
    {
        private int _rest;

        internal Enumerator(int bits)
        {
            _rest = bits;
            Current = default;
        }

        /// <summary>The phase the walk stands at.</summary>
        public Phase Current { get; private set; }

        /// <summary>Goes to the next phase.</summary>
        public bool MoveNext()
        {
            if (_rest == 0)
            {
                return false;
            }

            Current = (Phase)BitOperations.TrailingZeroCount(_rest);
            _rest &= _rest - 1;
            return true;
        }
    }
}
