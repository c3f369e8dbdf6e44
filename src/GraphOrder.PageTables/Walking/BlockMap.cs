namespace GraphOrder.PageTables;

/// <summary>
/// 64 bits for each block number, by open addressing. Numbers come from images that nobody trusts, so they
/// are mixed before they choose a place. Grows by doubling; cleared, it keeps its memory. Several threads may
/// read it while none changes it.
/// </summary>
internal sealed class BlockMap
{
    private const int PlacesMin = 64;

    private ulong[] _places = new ulong[2 * PlacesMin];

    // What was looked for last, where its place is, and what stands for a block that is not known.
    private ulong _lastBlock;
    private int _lastPlace = -1;
    private ulong _nothing;

    /// <summary>Blocks that it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets all blocks.</summary>
    public void Clear()
    {
        Array.Clear(_places);
        Count = 0;
        _lastPlace = -1;
    }

    /// <summary>The bits of a block; 0 where it is unknown. O(1) expected.</summary>
    public ulong Bits(ulong block)
    {
        int place = Find(block);
        return _places[place] == 0 ? 0 : _places[place + 1];
    }

    /// <summary>
    /// The bits of a known block, to be changed, or zero that is not kept; valid until the next call. O(1). A
    /// change, even where nothing is written.
    /// </summary>
    public ref ulong Known(ulong block)
    {
        int place = FindAgain(block);
        _nothing = 0;
        return ref _places[place] == 0 ? ref _nothing : ref _places[place + 1];
    }

    /// <summary>The bits of a block, to be changed; valid until the next call. O(1) expected.</summary>
    public ref ulong Add(ulong block)
    {
        int place = FindAgain(block);
        if (_places[place] == 0)
        {
            if (4 * (Count + 1) > _places.Length)
            {
                Grow();
                place = FindAgain(block);
            }

            _places[place] = block + 1;
            _places[place + 1] = 0;
            Count++;
        }

        return ref _places[place + 1];
    }

    /// <summary>The lowest block of a range that is known: O(min(range, places)).</summary>
    /// <param name="first">The first block.</param>
    /// <param name="last">The last block.</param>
    /// <param name="block">The block.</param>
    public bool TryFindFirst(ulong first, ulong last, out ulong block)
    {
        block = ulong.MaxValue;
        if (last - first < (ulong)_places.Length)
        {
            for (ulong number = first; number <= last; number++)
            {
                if (_places[Find(number)] != 0)
                {
                    block = number;
                    return true;
                }
            }

            return false;
        }

        for (int place = 0; place < _places.Length; place += 2)
        {
            ulong number = _places[place] - (_places[place] == 0 ? 0UL : 1);
            bool isInside = _places[place] != 0 && number >= first && number <= last;
            block = isInside ? Math.Min(block, number) : block;
        }

        return block != ulong.MaxValue;
    }

    /// <summary>The next block that it holds, in no order.</summary>
    /// <param name="place">Where to go on: 0 at first.</param>
    /// <param name="block">The block.</param>
    public bool TryNext(ref int place, out ulong block)
    {
        while (place < _places.Length && _places[place] == 0)
        {
            place += 2;
        }

        bool isThere = place < _places.Length;
        block = isThere ? _places[place] - 1 : 0;
        place += 2;
        return isThere;
    }

    // Not to be asked by several threads at once: it remembers.
    private int FindAgain(ulong block)
    {
        if (block != _lastBlock || _lastPlace < 0)
        {
            _lastBlock = block;
            _lastPlace = Find(block);
        }

        return _lastPlace;
    }

    private int Find(ulong block)
    {
        ulong mixed = unchecked((block ^ (block >> 29)) * 0x9E3779B97F4A7C15);
        int mask = _places.Length - 2;
        int place = ((int)(mixed >> 34) * 2) & mask;
        while (_places[place] != 0 && _places[place] != block + 1)
        {
            place = (place + 2) & mask;
        }

        return place;
    }

    private void Grow()
    {
        ulong[] old = _places;
        _places = new ulong[2 * old.Length];
        _lastPlace = -1;
        for (int place = 0; place < old.Length; place += 2)
        {
            if (old[place] != 0)
            {
                int to = Find(old[place] - 1);
                _places[to] = old[place];
                _places[to + 1] = old[place + 1];
            }
        }
    }
}
