namespace GraphOrder.PageTables;

/// <summary>How tables are written. Immutable.</summary>
public sealed record BuildOptions
{
    /// <summary>The largest leaves, tables side by side from 1 GiB on.</summary>
    public static BuildOptions Default { get; } = new();

    /// <summary>
    /// The sizes of leaf that may be used: bit n is 2 to the n bytes; what the format lacks is ignored.
    /// </summary>
    public ulong LeafSizes { get; init; } = ulong.MaxValue;

    /// <summary>Physical address of the first table page, a multiple of 64 KiB.</summary>
    public ulong BaseAddress { get; init; } = 1UL << 30;

    /// <summary>
    /// Tables that are set aside and used in random order, so that they lie scattered; 0 is in order.
    /// </summary>
    public int ShuffledTables { get; init; }

    /// <summary>The seed of that order.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// The platform: input bits (the size of an Arm root), encryption bit, address bits. A walk is given the
    /// same.
    /// </summary>
    public WalkFacts Facts { get; init; } = WalkFacts.Unknown;
}
