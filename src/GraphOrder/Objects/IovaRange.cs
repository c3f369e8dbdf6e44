namespace GraphOrder;

/// <summary>
/// A closed range of I/O virtual addresses, in bytes. Closed, since a space of 64 bits has no end that fits
/// into 64 bits. Immutable.
/// </summary>
/// <remarks>
/// Whoever declares what an IOAS maps has no page table at hand, so this is a word of the graph's own, like
/// <see cref="IoasArea"/>, and not that of GraphOrder.PageTables, which knows nothing of graphs.
/// </remarks>
/// <param name="First">The first byte.</param>
/// <param name="Last">The last byte; not less than <paramref name="First"/>.</param>
public readonly record struct IovaRange(ulong First, ulong Last)
{
    /// <summary>First and last address in hexadecimal.</summary>
    public override string ToString() => $"0x{First:x}-0x{Last:x}";
}
