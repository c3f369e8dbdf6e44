namespace GraphOrder.PageTables;

/// <summary>What an image of tables maps (<see cref="TableImage{TFormat}"/>). Immutable.</summary>
public sealed record TableImageOptions
{
    /// <summary>Bytes from input address 0 on: a multiple of the leaf, above zero.</summary>
    public required ulong MappedBytes { get; init; }

    /// <summary>Log2 of the bytes of each leaf.</summary>
    public required int LeafLg2 { get; init; }

    /// <summary>
    /// Bytes after which output addresses jump, a power of two from the leaf on; 0 is one run.
    /// </summary>
    public ulong RunBytes { get; init; }

    /// <summary>
    /// Whether the tables of the leaves' level lie in the image in another order than their input addresses.
    /// </summary>
    public bool ShufflesTables { get; init; }

    /// <summary>The seed of the order of runs in memory, and of tables in the image.</summary>
    public ulong Seed { get; init; }

    /// <summary>Level of the root; null is the lowest that reaches.</summary>
    public int? TopLevel { get; init; }
}
