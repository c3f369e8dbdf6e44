using System.Buffers.Binary;

namespace GraphOrder.PageTables;

/// <summary>
/// Table pages in memory, 4 KiB each, at consecutive physical addresses from a base on: what a builder
/// writes and a walk reads. Not thread-safe while it grows.
/// </summary>
/// <param name="baseAddress">Physical address of the first page; a multiple of 64 KiB.</param>
public sealed class TableArena(ulong baseAddress)
{
    private const int PageLg2 = 12;
    private const int ChunkLg2 = 21;
    private const int ChunkWords = 1 << (ChunkLg2 - 3);

    private readonly List<ulong[]> _chunks = [];

    /// <summary>Physical address of the first page.</summary>
    public ulong BaseAddress { get; } = baseAddress % (1 << 16) == 0
        ? baseAddress
        : throw new ArgumentException("The base of an arena is a multiple of 64 KiB.", nameof(baseAddress));

    /// <summary>Pages in use.</summary>
    public long PageCount { get; private set; }

    /// <summary>As memory for a walk.</summary>
    public ArenaMemory Memory => new(this);

    /// <summary>Takes zeroed pages.</summary>
    /// <param name="count">How many, from 1 to 512; they lie side by side, aligned to their own size.</param>
    /// <returns>The physical address of the first.</returns>
    public ulong Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1 << (ChunkLg2 - PageLg2));
        long size = (long)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count);
        long first = (PageCount + size - 1) / size * size;
        PageCount = first + count;
        while ((long)_chunks.Count << (ChunkLg2 - PageLg2) < PageCount)
        {
            _chunks.Add(new ulong[ChunkWords]);
        }

        return BaseAddress + ((ulong)first << PageLg2);
    }

    /// <summary>One word; what is not in the arena throws.</summary>
    /// <param name="physical">Its address, a multiple of 8.</param>
    public ref ulong Word(ulong physical)
    {
        ulong offset = physical - BaseAddress;
        return ref _chunks[(int)(offset >> ChunkLg2)][(int)(offset & ((1 << ChunkLg2) - 1)) >> 3];
    }

    /// <summary>Writes all pages as a page list (<see cref="ImageLayout.PageList"/>).</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="word">The word that the list carries: RTADDR, or a word of a device-table entry.</param>
    public void WritePageList(Stream stream, ulong word)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> header = stackalloc byte[24];
        "PAGEIMG1"u8.CopyTo(header);
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], PageCount);
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], word);
        stream.Write(header);
        byte[] page = new byte[8 + (1 << PageLg2)];
        for (long i = 0; i < PageCount; i++)
        {
            ulong address = BaseAddress + ((ulong)i << PageLg2);
            BinaryPrimitives.WriteUInt64LittleEndian(page, address);
            CopyPage(address, page.AsSpan(8));
            stream.Write(page);
        }
    }

    /// <summary>Writes all pages one after another, without addresses.</summary>
    /// <param name="stream">Where to.</param>
    public void WriteRaw(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        byte[] page = new byte[1 << PageLg2];
        for (long i = 0; i < PageCount; i++)
        {
            CopyPage(BaseAddress + ((ulong)i << PageLg2), page);
            stream.Write(page);
        }
    }

    /// <summary>Words that lie in one chunk, or an empty span where they do not.</summary>
    internal ReadOnlySpan<ulong> Words(ulong physical, int count)
    {
        ulong offset = physical - BaseAddress;
        ulong[] chunk = _chunks[(int)(offset >> ChunkLg2)];
        int first = (int)(offset & ((1 << ChunkLg2) - 1)) >> 3;
        return count <= chunk.Length - first ? chunk.AsSpan(first, count) : default;
    }

    private void CopyPage(ulong address, Span<byte> bytes)
    {
        ReadOnlySpan<ulong> words = Words(address, 1 << (PageLg2 - 3));
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[(i * 8)..], words[i]);
        }
    }
}
