namespace GraphOrder.PageTables;

/// <summary>
/// How one kind of hardware writes its tables. Implemented by structs without fields, so that a walk is
/// compiled once for each format. Level 0 holds only leaves; levels rise towards the root.
/// </summary>
public interface IPageTableFormat
{
    /// <summary>What a person is told of it.</summary>
    static abstract FormatDescription Description { get; }

    /// <summary>Log2 of the smallest page, which is the size of a table too.</summary>
    static abstract int GranuleLg2 { get; }

    /// <summary>The lowest level that a root can have.</summary>
    static abstract int TopLevelMin { get; }

    /// <summary>The highest level that a root can have; at most 5.</summary>
    static abstract int TopLevelMax { get; }

    /// <summary>The highest level that can hold a leaf.</summary>
    static abstract int LeafLevelMax { get; }

    /// <summary>Bits of the widest output address.</summary>
    static abstract int PhysicalBits { get; }

    /// <summary>Whether the upper half of the input addresses is written with all higher bits set.</summary>
    static abstract bool IsSignExtended { get; }

    /// <summary>
    /// Whether a root has exactly the entries of the input width (Arm: 8 up to 16 tables side by side); else
    /// it is one table, whatever of it can be reached.
    /// </summary>
    static abstract bool HasExactRoot { get; }

    /// <summary>Whether memory encryption sets a bit in its words.</summary>
    static abstract bool HasEncryptionBit { get; }

    /// <summary>Faults of a word that can be told only with facts (<see cref="EntryFacts"/>).</summary>
    static abstract EntryFaults NeedsFacts { get; }

    /// <summary>How groups of entries are written.</summary>
    static abstract GroupKind Groups { get; }

    /// <summary>What a group is called whose entries do not agree.</summary>
    static abstract PageTableFaultKind GroupFault { get; }

    /// <summary>Bits of an input address when nobody says otherwise.</summary>
    /// <param name="topLevel">Level of the root.</param>
    static abstract int InputBits(int topLevel);

    /// <summary>The sizes of leaf that Linux uses at a level: bit n is 2 to the n bytes.</summary>
    /// <param name="level">The level.</param>
    static abstract ulong LeafSizes(int level);

    /// <summary>
    /// The bits that hardware sets by itself and that change nothing of what a leaf allows.
    /// </summary>
    /// <param name="level">The level.</param>
    static abstract ulong HardwareBits(int level);

    /// <summary>The memory attributes of a leaf (cacheable, snooped): a number to be compared.</summary>
    /// <param name="word">The leaf.</param>
    /// <param name="level">Its level.</param>
    static abstract ulong Attributes(ulong word, int level);

    /// <summary>What an output address that is one higher adds to a word, as a shift to the right.</summary>
    static abstract int AddressShift { get; }

    /// <summary>Reads a word.</summary>
    /// <param name="word">The word.</param>
    /// <param name="level">The level of the table that holds it, 0 up to <see cref="TopLevelMax"/>.</param>
    /// <param name="facts">What is known of the platform.</param>
    static abstract EntryReading Read(ulong word, int level, in EntryFacts facts);

    /// <summary>
    /// The word that Linux would write for a leaf; where it belongs to a group, for each of it.
    /// </summary>
    /// <param name="physical">The first byte of the leaf's page, a multiple of its size.</param>
    /// <param name="level">The level.</param>
    /// <param name="sizeLg2">A size of <see cref="LeafSizes"/>.</param>
    /// <param name="access">Not none.</param>
    /// <param name="facts">What is known of the platform.</param>
    static abstract ulong Leaf(
        ulong physical, int level, int sizeLg2, PageAccess access, in EntryFacts facts);

    /// <summary>The word that Linux would write for a table.</summary>
    /// <param name="physical">The table's address.</param>
    /// <param name="level">The level of the table that gets the word, at least 1.</param>
    /// <param name="facts">What is known of the platform.</param>
    static abstract ulong Table(ulong physical, int level, in EntryFacts facts);
}
