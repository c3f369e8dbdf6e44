namespace GraphOrder;

/// <summary>
/// Records by number, in pages that one version shares with the next: a version more costs the pages in which
/// something has changed, and a list of all pages. Immutable.
/// </summary>
internal sealed class FrozenPages<T>
    where T : class
{
    private const int PageLg2 = 7;
    private const int PageItems = 1 << PageLg2;

    private readonly T?[][] _pages;

    private FrozenPages(T?[][] pages) => _pages = pages;

    /// <summary>Nothing.</summary>
    public static FrozenPages<T> Empty { get; } = new([]);

    /// <summary>How many numbers there is room for.</summary>
    public int Count => _pages.Length << PageLg2;

    /// <summary>The record of a number; null where there is none.</summary>
    public T? this[int number] => unchecked((uint)number) < (uint)Count
        ? _pages[number >> PageLg2][number & (PageItems - 1)]
        : null;

    /// <summary>The next version.</summary>
    /// <param name="numbers">Where something may have changed, each once.</param>
    /// <param name="recordOf">What is there now.</param>
    public FrozenPages<T> With(List<int> numbers, Func<int, T?> recordOf)
    {
        int pageCount = _pages.Length;
        foreach (int number in numbers)
        {
            pageCount = Math.Max(pageCount, (number >> PageLg2) + 1);
        }

        T?[][] pages = new T?[pageCount][];
        _pages.CopyTo(pages, 0);
        for (int page = _pages.Length; page < pageCount; page++)
        {
            pages[page] = new T?[PageItems];
        }

        foreach (int number in numbers)
        {
            int page = number >> PageLg2;
            if (page < _pages.Length && pages[page] == _pages[page])
            {
                pages[page] = [.. _pages[page]];
            }

            pages[page][number & (PageItems - 1)] = recordOf(number);
        }

        return new FrozenPages<T>(pages);
    }

    /// <summary>All records by number.</summary>
    public IEnumerable<T> All()
    {
        foreach (T?[] page in _pages)
        {
            foreach (T? record in page)
            {
                if (record is not null)
                {
                    yield return record;
                }
            }
        }
    }
}
