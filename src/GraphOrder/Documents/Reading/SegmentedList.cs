namespace GraphOrder;

/// <summary>
/// A list that grows by segments: nothing is copied as it grows, and at most one segment is not filled. Not
/// thread-safe.
/// </summary>
internal sealed class SegmentedList<T>
{
    private const int FirstLg2 = 4;
    private const int SegmentLg2 = 13;
    private const int SegmentLength = 1 << SegmentLg2;

    private T[][] _segments = [new T[1 << FirstLg2]];
    private T[] _last;
    private int _lastNumber;
    private int _lastCount;

    /// <summary>An empty list.</summary>
    public SegmentedList() => _last = _segments[0];

    /// <summary>How many entries there are.</summary>
    public int Count => (_lastNumber << SegmentLg2) + _lastCount;

    /// <summary>How many segments hold them.</summary>
    public int SegmentCount => _lastNumber + 1;

    /// <summary>An entry.</summary>
    public ref T this[int index] => ref _segments[index >> SegmentLg2][index & (SegmentLength - 1)];

    /// <summary>The entries of a segment, for whoever walks many.</summary>
    public Span<T> Segment(int number) =>
        _segments[number].AsSpan(0, number == _lastNumber ? _lastCount : SegmentLength);

    /// <summary>Adds an entry.</summary>
    public void Add(in T entry) => Add() = entry;

    /// <summary>Adds an entry that the caller writes whole.</summary>
    public ref T Add()
    {
        if (_lastCount == _last.Length)
        {
            Grow();
        }

        return ref _last[_lastCount++];
    }

    /// <summary>Takes the last entries away again, so that so many are left.</summary>
    public void Truncate(int count)
    {
        if (count < Count)
        {
            _lastNumber = Math.Max(0, count - 1) >> SegmentLg2;
            _lastCount = count - (_lastNumber << SegmentLg2);
            _last = _segments[_lastNumber];
        }
    }

    /// <summary>The entries by reference.</summary>
    public Enumerator GetEnumerator() => new(this);

    private void Grow()
    {
        if (_lastCount < SegmentLength)
        {
            Array.Resize(ref _segments[_lastNumber], 2 * _lastCount);
        }
        else
        {
            _lastNumber++;
            _lastCount = 0;
            if (_lastNumber == _segments.Length)
            {
                Array.Resize(ref _segments, 2 * _lastNumber);
            }

            // One that was left when entries were taken away serves again.
            _segments[_lastNumber] ??= new T[SegmentLength];
        }

        _last = _segments[_lastNumber];
    }

    /// <summary>Walks the entries.</summary>
    public struct Enumerator(SegmentedList<T> list)
    {
        private int _index = -1;

        /// <summary>The entry.</summary>
        public readonly ref T Current => ref list[_index];

        /// <summary>Goes to the next one.</summary>
        public bool MoveNext() => ++_index < list.Count;
    }
}
