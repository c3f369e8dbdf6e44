using System.Collections.Immutable;

namespace GraphOrder.Mappings;

/// <summary>
/// Whose memory each page frame of 4 KiB is. A direct map: one number for each block of 2 MiB that has one
/// owner, and for a block of several owners one number for each frame. A question takes O(1), and two bytes
/// are kept for each frame of memory that is shared out in small pieces, next to nothing for the rest.
/// Immutable and thread-safe.
/// </summary>
public sealed class OwnerMap
{
    /// <summary>Log2 of the bytes of a frame.</summary>
    internal const int FrameLg2 = 12;

    /// <summary>Log2 of the frames of a block.</summary>
    internal const int BlockLg2 = 9;

    /// <summary>The number of no owner.</summary>
    internal const int Nobody = 0;

    private readonly ulong _firstBlock;
    private readonly int[] _blocks;
    private readonly int[] _lastAlike;
    private readonly ushort[][] _frames;
    private readonly ImmutableArray<ObjectId> _memfds;

    /// <summary>What a builder has put together.</summary>
    /// <param name="firstBlock">The number of the first block.</param>
    /// <param name="blocks">
    /// For each block its owner's number, or where it has several the complement of an index of frames.
    /// </param>
    /// <param name="frames">The owners of the frames of one block each.</param>
    /// <param name="memfds">The memfd of each number from 1 on.</param>
    internal OwnerMap(ulong firstBlock, int[] blocks, ushort[][] frames, ImmutableArray<ObjectId> memfds)
    {
        _firstBlock = firstBlock;
        _blocks = blocks;
        _frames = frames;
        _memfds = memfds;
        _lastAlike = new int[blocks.Length];
        for (int i = blocks.Length - 1; i >= 0; i--)
        {
            bool goesOn = i + 1 < blocks.Length && blocks[i] >= 0 && blocks[i] == blocks[i + 1];
            _lastAlike[i] = goesOn ? _lastAlike[i + 1] : i;
        }
    }

    /// <summary>A map of memory that is nobody's.</summary>
    public static OwnerMap Empty { get; } = new(0, [], [], []);

    /// <summary>What there is at an address, as far as it goes on, but not beyond the block of a mixed one.
    /// O(1), and in a block of several owners O(frames).</summary>
    /// <param name="physical">The address.</param>
    public OwnedExtent Find(ulong physical)
    {
        ulong block = physical >> (FrameLg2 + BlockLg2);
        if (block < _firstBlock || block - _firstBlock >= (ulong)_blocks.Length)
        {
            ulong last = block < _firstBlock ? (_firstBlock << (FrameLg2 + BlockLg2)) - 1 : ulong.MaxValue;
            return new(physical, last, null);
        }

        int index = (int)(block - _firstBlock);
        int owner = _blocks[index];
        if (owner >= 0)
        {
            return new(physical, LastOf(_firstBlock + (ulong)_lastAlike[index]), MemfdOf(owner));
        }

        ushort[] frames = _frames[~owner];
        int frame = (int)(physical >> FrameLg2) & ((1 << BlockLg2) - 1);
        int end = frame + 1;
        while (end < frames.Length && frames[end] == frames[frame])
        {
            end++;
        }

        ulong behind = (block << BlockLg2) + (ulong)end;
        return new(physical, (behind << FrameLg2) - 1, MemfdOf(frames[frame]));
    }

    /// <summary>The number of a frame's owner: O(1).</summary>
    /// <param name="physical">An address in the frame.</param>
    internal int NumberAt(ulong physical)
    {
        ulong index = unchecked((physical >> (FrameLg2 + BlockLg2)) - _firstBlock);
        int[] blocks = _blocks;
        if (index >= (ulong)blocks.Length)
        {
            return Nobody;
        }

        int owner = blocks[(int)index];
        return owner >= 0 ? owner : _frames[~owner][(int)(physical >> FrameLg2) & ((1 << BlockLg2) - 1)];
    }

    /// <summary>
    /// Whether all of a range has one owner, by a look that is cheap and may miss it: O(1).
    /// </summary>
    /// <param name="first">The first byte.</param>
    /// <param name="last">The last byte.</param>
    /// <param name="number">The owner's number.</param>
    internal bool IsPlainlyOne(ulong first, ulong last, out int number)
    {
        ulong index = unchecked((first >> (FrameLg2 + BlockLg2)) - _firstBlock);
        bool isKnown = index < (ulong)_blocks.Length;
        number = isKnown ? _blocks[(int)index] : -1;
        return number >= 0
            && last >> (FrameLg2 + BlockLg2) <= _firstBlock + (ulong)_lastAlike[(int)index];
    }

    /// <summary>The memfd of a number; null for nobody's.</summary>
    internal ObjectId? MemfdOf(int number) => number == Nobody ? null : _memfds[number - 1];

    private static ulong LastOf(ulong block) => ((block + 1) << (FrameLg2 + BlockLg2)) - 1;
}
