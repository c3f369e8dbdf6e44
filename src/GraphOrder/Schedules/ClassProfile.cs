namespace GraphOrder;

/// <summary>
/// How many places of a class are taken at each time: a step function, kept as its break points. Not
/// thread-safe.
/// </summary>
internal sealed class ClassProfile
{
    private readonly int _capacity;
    private readonly List<long> _times = [0];
    private readonly List<int> _taken = [0];

    public ClassProfile(int capacity) => _capacity = capacity;

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        _times.RemoveRange(1, _times.Count - 1);
        _taken.RemoveRange(1, _taken.Count - 1);
        _taken[0] = 0;
    }

    /// <summary>
    /// The first time, not before one given, from which a place is free for so long. O(break points).
    /// </summary>
    public long EarliestFree(long time, long microseconds)
    {
        long start = time;
        for (int i = PieceAt(time); i < _times.Count && _times[i] < start + microseconds; i++)
        {
            if (_taken[i] >= _capacity)
            {
                // The last piece is always free.
                start = _times[i + 1];
            }
        }

        return start;
    }

    /// <summary>Takes a place. O(break points).</summary>
    public void Take(long start, long microseconds)
    {
        int first = BreakAt(start);
        int end = BreakAt(start + microseconds);
        for (int i = first; i < end; i++)
        {
            _taken[i]++;
        }
    }

    private int PieceAt(long time)
    {
        int found = _times.BinarySearch(time);
        return found >= 0 ? found : ~found - 1;
    }

    private int BreakAt(long time)
    {
        int found = _times.BinarySearch(time);
        if (found < 0)
        {
            found = ~found;
            _times.Insert(found, time);
            _taken.Insert(found, _taken[found - 1]);
        }

        return found;
    }
}
