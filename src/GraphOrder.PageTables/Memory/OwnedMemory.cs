using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GraphOrder.PageTables;

/// <summary>
/// Memory outside the heap, of any size, as one piece of physical memory: for tables that are made to be
/// walked. Aligned to 2 MiB, so that the system may use huge pages. Walks of it end before it is disposed.
/// </summary>
public sealed unsafe class OwnedMemory : IDisposable
{
    private const nuint HugePage = 1 << 21;
    private const ulong Lanes = 8;

    private readonly ulong _base;
    private byte* _first;

    /// <summary>Takes memory; its contents are not defined until it is written.</summary>
    /// <param name="bytes">How much.</param>
    /// <param name="baseAddress">Physical address of the first byte.</param>
    /// <exception cref="OutOfMemoryException">There is not so much.</exception>
    public OwnedMemory(ulong bytes, ulong baseAddress)
    {
        _base = baseAddress;
        Bytes = bytes;
        _first = (byte*)NativeMemory.AlignedAlloc(checked((nuint)bytes), HugePage);
    }

    /// <summary>Its length.</summary>
    public ulong Bytes { get; }

    /// <summary>Where it begins in this process.</summary>
    public nint First => (nint)_first;

    /// <summary>As memory for a walk.</summary>
    public BorrowedMemory Memory => new(First, _first == null ? 0 : Bytes, _base);

    /// <summary>A stream that writes it from the beginning.</summary>
    public Stream OpenWrite() => new UnmanagedMemoryStream(_first, 0, checked((long)Bytes), FileAccess.Write);

    /// <summary>Reads every word: what no walk can be much faster than.</summary>
    /// <returns>The sum of the words, modulo 2 to the power of 64.</returns>
    public ulong Sum() => Sum(0, 1);

    /// <summary>Reads every word of one of several parts of the same length.</summary>
    /// <param name="part">Its number.</param>
    /// <param name="parts">How many there are.</param>
    /// <returns>The sum of the words, modulo 2 to the power of 64.</returns>
    public ulong Sum(int part, int parts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(part);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(part, parts);
        ulong words = Bytes / sizeof(ulong);
        ulong at = words / (ulong)parts * (ulong)part;
        ulong end = part + 1 == parts ? words : words / (ulong)parts * (ulong)(part + 1);
        ulong* first = (ulong*)_first;
        Vector512<ulong> even = Vector512<ulong>.Zero;
        Vector512<ulong> odd = Vector512<ulong>.Zero;
        for (; at + (2 * Lanes) <= end; at += 2 * Lanes)
        {
            even += Vector512.Load(first + at);
            odd += Vector512.Load(first + at + Lanes);
        }

        ulong sum = Vector512.Sum(even + odd);
        for (; at < end; at++)
        {
            sum = unchecked(sum + first[at]);
        }

        return sum;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_first);
        _first = null;
    }
}
