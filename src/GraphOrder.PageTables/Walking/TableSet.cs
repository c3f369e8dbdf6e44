using System.Numerics;

namespace GraphOrder.PageTables;

/// <summary>
/// The tables that a walk has met, each with its level: what ends cycles, names shared tables, and tells
/// whether a run reaches one, once it is sealed. 16 pages share 16 bytes; a coarser map answers for long
/// runs. Not thread-safe but for questions about ranges, which change nothing.
/// </summary>
internal sealed class TableSet
{
    private const int PagesLg2 = 4;
    private const int CoarsePagesLg2 = 12;
    private const int CoarseBitLg2 = 6;
    private const ulong Streamed = 8;
    private const int NearWords = 1024;

    private readonly BlockMap _pages = new();
    private readonly BlockMap _coarse = new();

    // One bit for each coarse block, those of 1 TiB and more side by side: no for most ranges in one look.
    private readonly ulong[] _near = new ulong[NearWords];
    private int _pageLg2 = 12;
    private ulong _firstPage = ulong.MaxValue;
    private ulong _lastPage;

    /// <summary>Tables in it.</summary>
    public long Count { get; private set; }

    /// <summary>Forgets all.</summary>
    /// <param name="pageLg2">Log2 of the bytes of a table.</param>
    public void Clear(int pageLg2)
    {
        _pages.Clear();
        _pageLg2 = pageLg2;
        _firstPage = ulong.MaxValue;
        _lastPage = 0;
        Count = 0;
    }

    /// <summary>The level of a table; -1 where it has not been met.</summary>
    /// <param name="table">Its address.</param>
    public int LevelOf(ulong table)
    {
        ulong page = table >> _pageLg2;
        return (int)((_pages.Bits(page >> PagesLg2) >> Shift(page)) & 7) - 1;
    }

    /// <summary>Adds a table that has not been met.</summary>
    /// <param name="table">Its address.</param>
    /// <param name="level">Its level, 0 to 5.</param>
    /// <returns>Whether it had not been met; else nothing is changed.</returns>
    public bool TryAdd(ulong table, int level)
    {
        ulong page = table >> _pageLg2;
        ref ulong bits = ref _pages.Add(page >> PagesLg2);
        if (((bits >> Shift(page)) & 7) != 0)
        {
            return false;
        }

        bits |= (ulong)(level + 1) << Shift(page);
        _firstPage = Math.Min(_firstPage, page);
        _lastPage = Math.Max(_lastPage, page);
        Count++;
        return true;
    }

    /// <summary>
    /// Says that all tables have been added: from now on ranges may be asked for. O(tables).
    /// </summary>
    public void Seal()
    {
        _coarse.Clear();
        Array.Clear(_near);
        for (int place = 0; _pages.TryNext(ref place, out ulong block);)
        {
            ulong page = block << PagesLg2;
            ulong coarse = page >> CoarsePagesLg2;
            _coarse.Add(coarse) |= 1UL << (int)((page >> CoarseBitLg2) & 63);
            _near[(coarse >> 6) & (NearWords - 1)] |= 1UL << (int)(coarse & 63);
        }
    }

    /// <summary>Whether a physical range may hold a table: no is certain. O(1).</summary>
    /// <param name="first">The first byte.</param>
    /// <param name="last">The last byte.</param>
    /// <param name="pageLg2">As it was given to <see cref="Clear"/>: a constant of the caller.</param>
    public bool MayHold(ulong first, ulong last, int pageLg2)
    {
        ulong low = first >> (pageLg2 + CoarsePagesLg2);
        ulong high = last >> (pageLg2 + CoarsePagesLg2);
        return low == high ? IsNear(low) : IsNear(low) || IsNear(high) || high - low > 1;
    }

    /// <summary>Whether a physical range lies among the tables, wherever they are: no is certain.</summary>
    /// <param name="first">The first byte.</param>
    /// <param name="last">The last byte.</param>
    public bool MayHoldAny(ulong first, ulong last) =>
        first >> _pageLg2 <= _lastPage && last >> _pageLg2 >= _firstPage;

    /// <summary>Whether a table of this level is in the set and this was not asked before.</summary>
    /// <param name="table">Its address.</param>
    /// <param name="level">Its level.</param>
    public bool TryStream(ulong table, int level)
    {
        ulong page = table >> _pageLg2;
        ref ulong bits = ref _pages.Known(page >> PagesLg2);
        ulong known = bits >> Shift(page);
        bits |= (ulong)(level + 1) == (known & 7) ? Streamed << Shift(page) : 0;
        return (ulong)(level + 1) == (known & 15);
    }

    /// <summary>The lowest table of a physical range.</summary>
    /// <param name="first">The first byte.</param>
    /// <param name="last">The last byte.</param>
    /// <param name="table">The table's address.</param>
    public bool TryFindFirst(ulong first, ulong last, out ulong table)
    {
        ulong page = first >> _pageLg2;
        ulong lastPage = last >> _pageLg2;
        while (_coarse.TryFindFirst(page >> CoarsePagesLg2, lastPage >> CoarsePagesLg2, out ulong block))
        {
            ulong start = Math.Max(page, block << CoarsePagesLg2);
            ulong end = Math.Min(lastPage, (block << CoarsePagesLg2) | Levels.LowMask(CoarsePagesLg2));
            if (TryFindInBlock(start, end, out table))
            {
                table <<= _pageLg2;
                return true;
            }

            if (end == lastPage)
            {
                break;
            }

            page = end + 1;
        }

        table = 0;
        return false;
    }

    /// <summary>The bytes of all tables: O(n log n).</summary>
    public PhysicalRangeSet ToRanges()
    {
        List<PhysicalRange> ranges = [];
        for (int place = 0; _pages.TryNext(ref place, out ulong block);)
        {
            ulong bits = _pages.Bits(block);
            for (int i = 0; i < 1 << PagesLg2; i++)
            {
                if (((bits >> (4 * i)) & 7) != 0)
                {
                    ulong first = ((block << PagesLg2) + (ulong)i) << _pageLg2;
                    ranges.Add(new(first, first + Levels.LowMask(_pageLg2)));
                }
            }
        }

        return new([.. ranges]);
    }

    private bool IsNear(ulong block) =>
        ((_near[unchecked((int)(block >> 6)) & (NearWords - 1)] >> (int)(block & 63)) & 1) != 0;

    private static int Shift(ulong page) => (int)(page & 15) * 4;

    // The two pages lie in one coarse block.
    private bool TryFindInBlock(ulong first, ulong last, out ulong page)
    {
        ulong coarse = _coarse.Bits(first >> CoarsePagesLg2);
        coarse &= ulong.MaxValue << (int)((first >> CoarseBitLg2) & 63);
        coarse &= Levels.LowMask((int)((last >> CoarseBitLg2) & 63) + 1);
        for (; coarse != 0; coarse &= coarse - 1)
        {
            ulong group = (first >> CoarsePagesLg2 << CoarsePagesLg2)
                | ((ulong)BitOperations.TrailingZeroCount(coarse) << CoarseBitLg2);
            ulong from = Math.Max(first, group);
            ulong to = Math.Min(last, group | Levels.LowMask(CoarseBitLg2));
            for (page = from; page <= to; page++)
            {
                if (((_pages.Bits(page >> PagesLg2) >> Shift(page)) & 7) != 0)
                {
                    return true;
                }
            }
        }

        page = 0;
        return false;
    }
}
