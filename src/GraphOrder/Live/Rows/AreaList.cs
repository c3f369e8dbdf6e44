namespace GraphOrder;

/// <summary>The areas of one IOAS by address, none over another. O(log n) to find, O(n) to change.</summary>
internal sealed class AreaList
{
    private LiveArea[] _areas = new LiveArea[4];

    public int Count { get; private set; }

    public LiveArea this[int index] => _areas[index];

    public LiveArea[] ToArray() => _areas[..Count];

    /// <summary>Where the area of this very range stands; else -1.</summary>
    public int IndexOf(IovaRange range)
    {
        int index = FirstFrom(range.First);
        return index < Count && _areas[index].Range == range ? index : -1;
    }

    /// <summary>Whether an area has an address of the range.</summary>
    public bool IsTaken(IovaRange range)
    {
        int index = FirstFrom(range.First);
        return (index < Count && _areas[index].Range.First <= range.Last)
            || (index > 0 && _areas[index - 1].Range.Last >= range.First);
    }

    /// <summary>Adds an area where none is.</summary>
    public void Add(in LiveArea area)
    {
        if (Count == _areas.Length)
        {
            Array.Resize(ref _areas, 2 * Count);
        }

        int index = FirstFrom(area.Range.First);
        Array.Copy(_areas, index, _areas, index + 1, Count - index);
        _areas[index] = area;
        Count++;
    }

    /// <summary>Removes the area at an index.</summary>
    public void RemoveAt(int index)
    {
        Count--;
        Array.Copy(_areas, index + 1, _areas, index, Count - index);
    }

    // The first area that begins at an address or behind it.
    private int FirstFrom(ulong iova)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_areas[middle].Range.First < iova)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
