using System.Numerics;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// The record of preserved memory: a radix tree of six levels whose keys hold a block's order and address
/// (include/linux/kho/abi/kexec_handover.h). Read as a whole once, each page at most once. Not thread-safe.
/// </summary>
internal sealed class PreservedMap
{
    private const string What = "A node of the tree of preserved memory";
    private const int Levels = 5;
    private const int LevelBits = 9;
    private const int LeafBits = 15;
    private const int OrderZeroBit = 52;
    private const int OrderMax = 18;
    private const int PageLg2 = 12;
    private const int NodesMax = 1 << 20;
    private const int RangesMax = 1 << 20;

    private readonly HandOverMemory _memory;
    private readonly Dictionary<ulong, ulong> _leaves = [];
    private readonly byte[] _leaf = new byte[HandOverMemory.PageBytes];
    private ulong? _leafRead;
    private uint _orders;

    private PreservedMap(HandOverMemory memory) => _memory = memory;

    /// <summary>The pages of the tree itself; they are not preserved.</summary>
    public HashSet<ulong> Pages { get; } = [];

    /// <summary>What it lists, ascending and joined; null where that is more than is kept.</summary>
    public List<PhysicalRange>? Ranges { get; private set; }

    /// <summary>Reads the tree.</summary>
    /// <exception cref="ImportException">It cannot be read.</exception>
    public static PreservedMap Read(HandOverMemory memory, ulong root)
    {
        PreservedMap map = new(memory);
        map.ReadTree(root);
        map.JoinRanges();
        return map;
    }

    /// <summary>Whether a page lies in a block that is listed.</summary>
    public bool Holds(ulong physical)
    {
        for (uint rest = _orders; rest != 0; rest &= rest - 1)
        {
            int order = BitOperations.TrailingZeroCount(rest);
            if (Lists(physical >> (PageLg2 + order) << (PageLg2 + order), order))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The orders of the listed blocks that begin at an address, as bits.</summary>
    public uint OrdersAt(ulong physical)
    {
        uint found = 0;
        for (uint rest = _orders; rest != 0; rest &= rest - 1)
        {
            int order = BitOperations.TrailingZeroCount(rest);
            bool isAligned = physical >> (PageLg2 + order) << (PageLg2 + order) == physical;
            found |= isAligned && Lists(physical, order) ? 1u << order : 0;
        }

        return found;
    }

    private bool Lists(ulong physical, int order)
    {
        ulong key = (1UL << (OrderZeroBit - order)) | (physical >> (PageLg2 + order));
        if (!_leaves.TryGetValue(key >> LeafBits, out ulong leaf))
        {
            return false;
        }

        if (_leafRead != leaf)
        {
            _memory.Read(leaf, _leaf, What);
            _leafRead = leaf;
        }

        int bit = (int)(key & ((1 << LeafBits) - 1));
        return (_leaf[bit / 8] >> (bit % 8) & 1) != 0;
    }

    private void ReadTree(ulong root)
    {
        byte[] page = new byte[HandOverMemory.PageBytes];
        Stack<(ulong Physical, int Level, ulong Prefix)> rest = new([(root, Levels, 0)]);
        while (rest.TryPop(out (ulong Physical, int Level, ulong Prefix) node))
        {
            HandOverMemory.DemandPage(node.Physical, What);
            if (!Pages.Add(node.Physical) || Pages.Count > NodesMax)
            {
                throw ImportException.Contradicts(What, node.Physical,
                    "the tree has it twice, or has no end");
            }

            if (node.Level == 0)
            {
                _leaves.Add(node.Prefix, node.Physical);
                continue;
            }

            _memory.ReadPage(node.Physical, page, What);
            for (int i = (1 << LevelBits) - 1; i >= 0; i--)
            {
                if (HandOverMemory.Word(page, i * sizeof(ulong)) is not 0 and ulong next)
                {
                    rest.Push((next, node.Level - 1, (node.Prefix << LevelBits) | (uint)i));
                }
            }
        }
    }

    private void JoinRanges()
    {
        List<(ulong First, ulong Bytes)> found = [];
        byte[] page = new byte[HandOverMemory.PageBytes];
        bool isTooMuch = false;
        foreach ((ulong prefix, ulong leaf) in _leaves.OrderBy(known => known.Key))
        {
            _memory.ReadPage(leaf, page, What);
            for (int bit = 0; bit < 1 << LeafBits; bit++)
            {
                if (page[bit / 8] == 0)
                {
                    bit |= 7;
                    continue;
                }

                if ((page[bit / 8] >> (bit % 8) & 1) != 0)
                {
                    Add(found, (prefix << LeafBits) | (uint)bit, leaf, ref isTooMuch);
                }
            }
        }

        if (!isTooMuch)
        {
            Ranges = Joined(found);
        }
    }

    private void Add(List<(ulong First, ulong Bytes)> found, ulong key, ulong leaf, ref bool isTooMuch)
    {
        int order = key == 0 ? -1 : OrderZeroBit - BitOperations.Log2(key);
        if (order is < 0 or > OrderMax)
        {
            throw ImportException.Contradicts(What, leaf, $"key 0x{key:x} is no block");
        }

        _orders |= 1u << order;
        ulong first = (key & ~(1UL << (OrderZeroBit - order))) << (PageLg2 + order);
        ulong bytes = 1UL << (PageLg2 + order);
        if (first >> OrderZeroBit != 0)
        {
            throw ImportException.Contradicts(What, leaf, $"key 0x{key:x} is beyond all memory");
        }

        if (found.Count > 0 && found[^1].First + found[^1].Bytes == first)
        {
            found[^1] = (found[^1].First, found[^1].Bytes + bytes);
        }
        else if (found.Count < RangesMax)
        {
            found.Add((first, bytes));
        }
        else
        {
            isTooMuch = true;
        }
    }

    private static List<PhysicalRange> Joined(List<(ulong First, ulong Bytes)> found)
    {
        found.Sort();
        List<PhysicalRange> joined = [];
        foreach ((ulong first, ulong bytes) in found)
        {
            ulong end = joined.Count == 0 ? 0 : joined[^1].Physical + (ulong)joined[^1].Bytes;
            if (joined.Count > 0 && first < end)
            {
                throw ImportException.Contradicts(What, first, "a block is listed inside another one");
            }

            if (joined.Count > 0 && first == end)
            {
                joined[^1] = joined[^1] with { Bytes = joined[^1].Bytes + (long)bytes };
            }
            else
            {
                joined.Add(new(first, (long)bytes));
            }
        }

        return joined;
    }
}
