using System.Numerics;
using System.Runtime.InteropServices;

namespace GraphOrder.PageTables;

/// <summary>
/// Memory outside the heap, of any size, as one piece of physical memory: for tables that are made to be
/// walked. Aligned to 2 MiB, so that the system may use huge pages. Walks of it end before it is disposed.
/// </summary>
public sealed unsafe class OwnedMemory : IDisposable
{
    private const nuint HugePage = 1 << 21;

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
    public ulong Sum()
    {
        const int Lanes = 4;
        ulong sum = 0;
        Vector<ulong>[] sums = new Vector<ulong>[Lanes];
        ulong stride = (ulong)(Lanes * Vector<byte>.Count);
        ulong at = 0;
        for (; at + stride <= Bytes; at += stride)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                sums[lane] += Vector.Load((ulong*)(_first + at) + (lane * Vector<ulong>.Count));
            }
        }

        for (; at + sizeof(ulong) <= Bytes; at += sizeof(ulong))
        {
            sum = unchecked(sum + *(ulong*)(_first + at));
        }

        return unchecked(sum + Vector.Sum(sums[0] + sums[1] + sums[2] + sums[3]));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_first);
        _first = null;
    }
}
