namespace GraphOrder.PageTables;

/// <summary>One of Arm's three granules.</summary>
public interface IArmGranule
{
    /// <summary>Log2 of its bytes.</summary>
    static abstract int Lg2 { get; }

    /// <summary>Its name on the command line.</summary>
    static abstract string Name { get; }

    /// <summary>The highest level that can hold a block with addresses of 48 bits.</summary>
    static abstract int BlockLevelMax { get; }

    /// <summary>The highest level that a root can have.</summary>
    static abstract int TopLevelMax { get; }

    /// <summary>
    /// Log2 of the entries of a contiguous group (Arm ARM, table D8-104).
    /// </summary>
    /// <param name="level">The level.</param>
    static abstract int ContiguousLg2(int level);
}
