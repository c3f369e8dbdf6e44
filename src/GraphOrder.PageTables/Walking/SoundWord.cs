using System.Numerics;

namespace GraphOrder.PageTables;

/// <summary>
/// What the sound words of one level look like: the last one that <see cref="ItemReader{TFormat}"/> read and
/// found nothing wrong with, a leaf of level 0 or 1, or the address of a table. A word with the same bits
/// outside its address is as sound as that one, so that one masked comparison takes the place of a reading;
/// whatever differs is read. Mutable.
/// </summary>
internal struct SoundWord<TFormat> where TFormat : struct, IPageTableFormat
{
    // The shortest address field of any format is bits 47:12 (Arm).
    private const int FieldBits = 48;

    // A field so narrow that the words of a table could wrap around in it is not used.
    private const int FieldBitsMin = 20;

    private readonly ulong _keep;
    private readonly ulong _field;
    private ulong _word;
    private ulong _others;
    private ulong _physical;
    private PageAccess _above;

    /// <summary>Knows no word yet.</summary>
    /// <param name="rules">The facts; the address field ends below every bit that they judge.</param>
    /// <param name="keep">The bits that matter.</param>
    /// <param name="alignmentLg2">
    /// Log2 of what addresses are multiples of: the granule, or the size of a large leaf.
    /// </param>
    public SoundWord(WalkRules<TFormat> rules, ulong keep, int alignmentLg2)
    {
        ulong judged = rules.WideMask | rules.Entry.EncryptionMask;
        int bits = Math.Min(FieldBits, BitOperations.TrailingZeroCount(judged));
        bool isAble = rules.Facts.Mmio is null && bits >= alignmentLg2 + FieldBitsMin;
        _field = isAble
            ? (Levels.LowMask(bits) & ~Levels.LowMask(alignmentLg2)) >> TFormat.AddressShift
            : 0;
        _keep = keep;
        Forget();
    }

    /// <summary>What the device may do with it, the tables above included.</summary>
    public PageAccess Access { get; private set; }

    /// <summary>The memory attributes of a leaf.</summary>
    public ulong Attributes { get; private set; }

    /// <summary>Whether a word is such a one; zero is none, and matches only before one is known.</summary>
    public readonly bool Matches(ulong word) => ((word ^ _word) & _others) == 0;

    /// <summary>Whether all words are such ones that differ from a first one in some bits alone.</summary>
    /// <param name="first">The first one.</param>
    /// <param name="differing">The bits.</param>
    public readonly bool MatchesAll(ulong first, ulong differing) =>
        (((first ^ _word) | differing) & _others) == 0;

    /// <summary>The bits of a word that are its address.</summary>
    public readonly ulong Field => _field;

    /// <summary>The bits of such words that matter and are not their address.</summary>
    public readonly ulong Others => _word & _others;

    /// <summary>The bits of every such word's address that are not in its field.</summary>
    public readonly ulong FixedPhysical => _physical;

    /// <summary>Whether such words, under these tables, were read.</summary>
    public readonly bool IsKnown(PageAccess above) => _word != 0 && above == _above;

    /// <summary>The address in such a word.</summary>
    public readonly ulong PhysicalOf(ulong word) => _physical | ((word & _field) << TFormat.AddressShift);

    /// <summary>Looks like this from now on.</summary>
    /// <param name="word">The word.</param>
    /// <param name="item">Its reading: no fault, no group.</param>
    /// <param name="above">What the tables above leave.</param>
    public void Learn(ulong word, in TableItem item, PageAccess above)
    {
        Learn(word, item.Physical);
        _above = above;
        Access = item.Access;
        Attributes = item.Attributes;
    }

    /// <summary>Looks like this from now on, where only the address is asked for.</summary>
    /// <param name="word">The word.</param>
    /// <param name="physical">The address in it.</param>
    public void Learn(ulong word, ulong physical)
    {
        if (_field != 0)
        {
            _word = word;
            _others = ~_field & _keep;
            _physical = physical & ~(_field << TFormat.AddressShift);
        }
    }

    /// <summary>Forgets a word that was seen under other tables.</summary>
    /// <param name="above">What the tables above leave now.</param>
    public void Enter(PageAccess above)
    {
        if (above != _above)
        {
            Forget();
        }
    }

    // Only zero matches.
    private void Forget()
    {
        _word = 0;
        _others = ulong.MaxValue;
    }
}
