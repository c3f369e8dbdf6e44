using System.Runtime.CompilerServices;

namespace GraphOrder.PageTables;

/// <summary>
/// Memory of the caller at an address of this process, of any size, as one piece of physical memory; lent,
/// not copied. Who makes it keeps it in place, mapped and whole until the walk has ended. Needs a
/// little-endian machine.
/// </summary>
public readonly unsafe struct BorrowedMemory : IPhysicalMemory
{
    private readonly byte* _first;
    private readonly ulong _bytes;
    private readonly ulong _base;

    /// <summary>Borrows memory.</summary>
    /// <param name="first">Where it begins in this process; a multiple of 8.</param>
    /// <param name="bytes">Its length.</param>
    /// <param name="baseAddress">Physical address of the first byte.</param>
    public BorrowedMemory(nint first, ulong bytes, ulong baseAddress)
    {
        _first = (byte*)first;
        _bytes = bytes;
        _base = baseAddress;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(ulong physical, ulong bytes)
    {
        ulong offset = unchecked(physical - _base);
        return physical >= _base && offset <= _bytes && bytes <= _bytes - offset;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryLend(ulong physical, int count, out ReadOnlySpan<ulong> words)
    {
        bool isHeld = Contains(physical, (ulong)(uint)count * sizeof(ulong));
        words = isHeld ? new(_first + unchecked(physical - _base), count) : default;
        return isHeld;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(ulong physical, Span<ulong> buffer, out ReadOnlySpan<ulong> words) =>
        TryLend(physical, buffer.Length, out words);
}
