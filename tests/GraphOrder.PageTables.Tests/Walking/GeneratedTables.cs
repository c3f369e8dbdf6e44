namespace GraphOrder.PageTables.Tests;

/// <summary>
/// The tables of a VT-d second stage that maps memory from IOVA 0 on with 4 KiB leaves in one run, made as
/// they are read: as many as are wanted, in no memory.
/// </summary>
internal readonly struct GeneratedTables(ulong mappedBytes) : IPhysicalMemory
{
    /// <summary>The root, of level 3.</summary>
    public const ulong Top = 1UL << 44;

    /// <summary>Where the memory lies that is mapped.</summary>
    public const ulong Target = 1UL << 45;

    private const int EntryCount = 512;
    private const int EntryLg2 = 9;
    private const int PageLg2 = 12;
    private const ulong ReadAndWrite = 3;

    // The tables of each level stand in a range of their own, in the order of what they map.
    private const int LevelLg2 = 40;

    public bool Contains(ulong physical, ulong bytes) => physical >= Top && physical + bytes <= Target;

    public bool TryLend(ulong physical, int count, out ReadOnlySpan<ulong> words)
    {
        words = default;
        return false;
    }

    public bool TryRead(ulong physical, Span<ulong> buffer, out ReadOnlySpan<ulong> words)
    {
        words = buffer;
        int level = 3 - (int)((physical - Top) >> LevelLg2);
        ulong table = (physical - LevelBase(level)) >> PageLg2;
        int first = (int)(physical & 4095) / sizeof(ulong);
        int span = PageLg2 + (EntryLg2 * level);
        ulong iova = (table << (span + EntryLg2)) + ((ulong)first << span);
        ulong next = level == 0 ? Target + iova : LevelBase(level - 1) + (iova >> span << PageLg2);
        ulong rest = iova >= mappedBytes ? 0 : (mappedBytes - iova - 1 >> span) + 1;
        int count = (int)Math.Min((ulong)Math.Min(buffer.Length, EntryCount - first), rest);
        for (int i = 0; i < count; i++)
        {
            buffer[i] = (next + ((ulong)i << PageLg2)) | ReadAndWrite;
        }

        buffer[count..].Clear();
        return true;
    }

    private static ulong LevelBase(int level) => Top + ((ulong)(3 - level) << LevelLg2);
}
