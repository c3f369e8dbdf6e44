namespace GraphOrder;

/// <summary>
/// Items by number in pages that never move: growing copies nothing, so that no call has to wait for it. A
/// mutable struct: hold it in a field that is not read-only. Not thread-safe.
/// </summary>
internal struct PagedList<T>
{
    private const int PageLg2 = 14;
    private const int PageItems = 1 << PageLg2;
    private const int FirstPageItems = 64;

    private T[][] _pages;
    private int _room;

    /// <summary>An empty list.</summary>
    public PagedList()
    {
        _pages = [new T[FirstPageItems]];
        _room = FirstPageItems;
    }

    /// <summary>How many items there are, those given back among them.</summary>
    public int Count { get; private set; }

    /// <summary>The item of a number below <see cref="Count"/>.</summary>
    public readonly ref T this[int index] => ref _pages[index >> PageLg2][index & (PageItems - 1)];

    /// <summary>Makes room for one item more, which holds anything until it is written. O(1): a page at most.
    /// </summary>
    /// <returns>Its number.</returns>
    public int Add()
    {
        if (Count == _room)
        {
            Grow();
        }

        return Count++;
    }

    // Only the first page grows, so that a small list stays small.
    private void Grow()
    {
        if (_room < PageItems)
        {
            Array.Resize(ref _pages[0], 2 * _room);
            _room *= 2;
            return;
        }

        int page = _room >> PageLg2;
        if (page == _pages.Length)
        {
            Array.Resize(ref _pages, 2 * page);
        }

        // Whoever adds an item writes all of it.
        _pages[page] = GC.AllocateUninitializedArray<T>(PageItems);
        _room += PageItems;
    }
}
