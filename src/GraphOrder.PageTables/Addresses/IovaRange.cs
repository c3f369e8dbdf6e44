namespace GraphOrder.PageTables;

/// <summary>
/// A closed range of input addresses, in bytes. Closed, since a space of 64 bits has no end that fits into
/// 64 bits. Immutable.
/// </summary>
/// <param name="First">The first byte.</param>
/// <param name="Last">The last byte; not less than <paramref name="First"/>.</param>
public readonly record struct IovaRange(ulong First, ulong Last)
{
    /// <summary>Bytes; up to 2 to the power of 64.</summary>
    public UInt128 Bytes => (UInt128)Last - First + 1;

    /// <summary>The range of so many bytes.</summary>
    /// <param name="first">The first byte.</param>
    /// <param name="bytes">At least one; the range ends within 64 bits.</param>
    /// <exception cref="OverflowException">It does not.</exception>
    public static IovaRange Of(ulong first, ulong bytes) => new(first, checked(first + (bytes - 1)));

    /// <summary>Whether an address lies inside.</summary>
    public bool Contains(ulong iova) => iova >= First && iova <= Last;

    /// <summary>First and last address in hexadecimal.</summary>
    public override string ToString() => $"0x{First:x}-0x{Last:x}";
}
