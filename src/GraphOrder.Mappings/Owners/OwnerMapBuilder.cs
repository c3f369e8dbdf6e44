using System.Collections.Immutable;

namespace GraphOrder.Mappings;

/// <summary>Puts an <see cref="OwnerMap"/> together, claim by claim. Not thread-safe.</summary>
internal sealed class OwnerMapBuilder
{
    /// <summary>Blocks of 2 MiB between the lowest and the highest address: 64 TiB.</summary>
    public const int BlockMax = 1 << 25;

    /// <summary>Memfds, since a frame's owner has two bytes.</summary>
    public const int MemfdMax = ushort.MaxValue;

    private const int BlockFrames = 1 << OwnerMap.BlockLg2;

    private readonly ImmutableArray<ObjectId>.Builder _memfds = ImmutableArray.CreateBuilder<ObjectId>();
    private readonly List<ushort[]> _frames = [];
    private int[] _blocks = [];
    private ulong _firstBlock;

    /// <summary>Begins with the claims of a memfd.</summary>
    /// <returns>Whether there is a number left for it.</returns>
    public bool TryBegin(ObjectId memfd)
    {
        bool isRoom = _memfds.Count < MemfdMax;
        if (isRoom)
        {
            _memfds.Add(memfd);
        }

        return isRoom;
    }

    /// <summary>
    /// Claims frames for the memfd that was begun last: O(frames of blocks that it shares).
    /// </summary>
    /// <param name="first">The first frame.</param>
    /// <param name="last">The last one.</param>
    /// <param name="flaw">Why they cannot be its.</param>
    /// <returns>Whether they were nobody's and are its now.</returns>
    public bool TryClaim(ulong first, ulong last, out OwnerFlaw flaw)
    {
        if (!TryReach(first >> OwnerMap.BlockLg2, last >> OwnerMap.BlockLg2))
        {
            flaw = new(null, first << OwnerMap.FrameLg2);
            return false;
        }

        ushort number = (ushort)_memfds.Count;
        for (ulong at = first; at <= last;)
        {
            ulong block = at >> OwnerMap.BlockLg2;
            ulong end = Math.Min(last, (block << OwnerMap.BlockLg2) + BlockFrames - 1);
            int taken = Claim(ref _blocks[(int)(block - _firstBlock)], at, end, number);
            if (taken >= 0)
            {
                ulong frame = (block << OwnerMap.BlockLg2) + (ulong)taken;
                flaw = new(_memfds[Owner(frame) - 1], frame << OwnerMap.FrameLg2);
                return false;
            }

            at = end + 1;
        }

        flaw = default;
        return true;
    }

    /// <summary>The map; blocks that came to have one owner are told as such.</summary>
    public OwnerMap Build()
    {
        List<ushort[]> kept = [];
        int[] blocks = new int[_blocks.Length];
        for (int i = 0; i < blocks.Length; i++)
        {
            blocks[i] = _blocks[i];
            if (_blocks[i] < 0)
            {
                ushort[] frames = _frames[~_blocks[i]];
                bool isOne = frames.AsSpan().IndexOfAnyExcept(frames[0]) < 0;
                blocks[i] = isOne ? frames[0] : ~kept.Count;
                if (!isOne)
                {
                    kept.Add(frames);
                }
            }
        }

        return new(_firstBlock, blocks, [.. kept], _memfds.ToImmutable());
    }

    // The first frame that is somebody's already, by its number in the block; -1 where there is none.
    private int Claim(ref int block, ulong first, ulong last, ushort number)
    {
        int from = (int)first & (BlockFrames - 1);
        int count = (int)(last - first) + 1;
        if (block > OwnerMap.Nobody)
        {
            return from;
        }

        if (block == OwnerMap.Nobody && count == BlockFrames)
        {
            block = number;
            return -1;
        }

        if (block == OwnerMap.Nobody)
        {
            block = ~_frames.Count;
            _frames.Add(new ushort[BlockFrames]);
        }

        Span<ushort> frames = _frames[~block].AsSpan(from, count);
        int taken = frames.IndexOfAnyExcept((ushort)OwnerMap.Nobody);
        if (taken < 0)
        {
            frames.Fill(number);
        }

        return taken < 0 ? -1 : from + taken;
    }

    private int Owner(ulong frame)
    {
        int block = _blocks[(int)((frame >> OwnerMap.BlockLg2) - _firstBlock)];
        return block >= 0 ? block : _frames[~block][(int)frame & (BlockFrames - 1)];
    }

    // Makes the blocks reach, by at least as much again, so that growing costs O(1) for each.
    private bool TryReach(ulong first, ulong last)
    {
        ulong end = _firstBlock + (ulong)_blocks.Length;
        if (_blocks.Length > 0 && first >= _firstBlock && last < end)
        {
            return true;
        }

        bool isFirst = _blocks.Length == 0;
        ulong low = isFirst ? first : Math.Min(first, _firstBlock);
        ulong high = isFirst ? last : Math.Max(last, end - 1);
        if (high - low >= BlockMax)
        {
            return false;
        }

        ulong room = Math.Min((ulong)_blocks.Length, BlockMax - 1 - (high - low));
        bool growsDown = !isFirst && low < _firstBlock;
        ulong grown = growsDown ? low - Math.Min(low, room) : low;
        ulong length = growsDown ? high - grown + 1 : high - low + 1 + room;
        int[] blocks = new int[(int)length];
        _blocks.CopyTo(blocks, (int)(isFirst ? 0 : _firstBlock - grown));
        _blocks = blocks;
        _firstBlock = grown;
        return true;
    }
}
